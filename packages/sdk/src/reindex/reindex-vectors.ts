import { CompiledQuery, sql } from 'kysely';
import { readVectorVersion } from '../database/ensure-vector-extension.ts';
import { isOlderVersion } from '../database/is-older-version.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { ReindexOptions, ReindexResult } from '../model/photo-library.ts';
import { forgetServingIndexes } from '../search/serving-index.ts';
import { findVectorIndex, indexSearchSettings, type VectorIndex } from '../search/vector-index.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { measureRecall } from './measure-recall.ts';
import { HNSW_BUILD, planVectorIndex, type VectorIndexPlan } from './plan-vector-index.ts';

/** A parallel hnsw build before this pgvector may write outside its memory (CVE-2026-3172). */
const PARALLEL_BUILD_SAFE_FROM = [0, 8, 2];
/** An hnsw build slows down many times over when its graph does not fit: about 550 bytes a vector of 128 half floats. */
const BUILD_BYTES_PER_NUMBER = 5;
const LEAST_BUILD_MEGABYTES = 64;
/** WebAssembly has 2 GB for everything; a server's owner has set what others may take. */
const MOST_BUILD_MEGABYTES = { embedded: 256, server: 2048 };

interface Space {
  spaceId: string;
  name: string;
  dimension: number;
  rows: number;
}

/** Gives every embedding space the vector index it deserves, and measures what the index finds. */
export async function reindexVectors(
  context: LibraryContext,
  databaseKind: 'embedded' | 'server',
  options: ReindexOptions,
): Promise<ReindexResult[]> {
  refuseUnknown<ReindexOptions>(
    options,
    { kind: true, force: true, dryRun: true, signal: true, onProgress: true },
    'the options of reindexVectors',
  );
  const { kind = context.settings.vectorIndex, force = false, dryRun = false, signal, onProgress } = options;
  const results: ReindexResult[] = [];
  for (const space of await listSpaces(context)) {
    signal?.throwIfAborted();
    const existing = await findVectorIndex(context, space.spaceId);
    if (space.rows === 0 && !existing) continue;
    const plan = planVectorIndex({ ...space, kind, existing, force });
    if (!dryRun && plan.action !== 'skipped') {
      onProgress?.({
        step: `${space.name}: ${plan.action === 'dropped' ? 'dropping the index' : `building ${kind} over ${space.rows} vectors`}`,
      });
      await replaceIndex(context, space, existing, plan, MOST_BUILD_MEGABYTES[databaseKind], signal);
      forgetServingIndexes(context);
    }
    const index = dryRun ? existing : await findVectorIndex(context, space.spaceId);
    if (index && !dryRun) onProgress?.({ step: `${space.name}: measuring recall` });
    results.push({
      space: space.name,
      rows: space.rows,
      action: plan.action,
      kind: index?.kind ?? null,
      reason: plan.reason,
      recallAt10: index && !dryRun ? await measureRecall(context, space.spaceId, index, signal) : null,
      settings: index ? describeSettings(index) : {},
    });
  }
  return results;
}

async function listSpaces(context: LibraryContext): Promise<Space[]> {
  const { rows } = await sql<Space>`
    SELECT space_id AS "spaceId", name, dimension,
      (SELECT count(*)::int FROM face_embeddings e WHERE e.space_id = s.space_id) AS rows
    FROM embedding_spaces s ORDER BY space_id`.execute(context.db);
  return rows;
}

/** The new index stands in for the old one in one step: no search ever finds neither. */
async function replaceIndex(
  context: LibraryContext,
  space: Space,
  existing: VectorIndex | null,
  plan: VectorIndexPlan,
  mostMegabytes: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const version = await readVectorVersion(context.db);
  await context.transaction(async ({ db }) => {
    const run = (statement: string) =>
      db.executeQuery(CompiledQuery.raw(statement), { signal, inflightQueryAbortStrategy: 'cancel query' });
    if (existing) await run(`DROP INDEX ${existing.name}`);
    if (plan.build) {
      const { kind, type, parameters } = plan.build;
      const needed = Math.ceil((space.rows * space.dimension * BUILD_BYTES_PER_NUMBER) / 2 ** 20);
      const megabytes = Math.min(mostMegabytes, Math.max(LEAST_BUILD_MEGABYTES, needed));
      await run(`SET LOCAL statement_timeout = 0`);
      await run(`SET LOCAL maintenance_work_mem = '${megabytes}MB'`);
      if (isOlderVersion(version, PARALLEL_BUILD_SAFE_FROM)) await run('SET LOCAL max_parallel_maintenance_workers = 0');
      const settings = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
      await run(`CREATE INDEX face_embeddings_${kind}_${space.spaceId.replaceAll('-', '')} ON face_embeddings
        USING ${kind} ((embedding::${type}) ${type.replace(/\(.*/, '')}_l2_ops) WITH (${settings.join(', ')})
        WHERE space_id = '${space.spaceId}'`);
    }
    await run('ANALYZE face_embeddings');
  });
}

function describeSettings(index: VectorIndex): Record<string, number> {
  const built: Record<string, number> = index.lists === null ? { ...HNSW_BUILD } : { lists: index.lists };
  const asked = Object.entries(indexSearchSettings(index, 10)).map(
    ([name, value]) => [name.replace(/^.*\./, ''), Number(value)] as const,
  );
  return { ...built, ...Object.fromEntries(asked.filter(([, value]) => Number.isFinite(value))) };
}
