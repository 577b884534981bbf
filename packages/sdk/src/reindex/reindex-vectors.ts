import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { ReindexOptions, ReindexResult } from '../model/photo-library.ts';
import { forgetServingIndexes } from '../search/serving-index.ts';
import { findVectorIndex, findVectorIndexes, indexSearchSettings, type VectorIndex } from '../search/vector-index.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { measureRecall } from './measure-recall.ts';
import { HNSW_BUILD, planVectorIndex } from './plan-vector-index.ts';
import { dropIndexes, replaceIndex } from './replace-index.ts';

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
  if (kind !== 'ivfflat' && kind !== 'hnsw') throw InvalidInputError.expected("'ivfflat' or 'hnsw'", 'kind', kind);
  const mostMegabytes = MOST_BUILD_MEGABYTES[databaseKind];
  const results: ReindexResult[] = [];
  for (const space of await listSpaces(context)) {
    signal?.throwIfAborted();
    const [existing = null, ...leftovers] = await findVectorIndexes(context, space.spaceId);
    if (space.rows === 0 && !existing) continue;
    const plan = planVectorIndex({ ...space, kind, existing, force });
    const former = existing?.name ?? null;
    if (!dryRun && plan.action !== 'skipped') {
      const step = plan.build ? `building ${kind} over ${space.rows} vectors` : 'dropping the index';
      onProgress?.({ step: `${space.name}: ${step}` });
      if (plan.build) await replaceIndex(context, { ...space, former }, plan.build, { mostMegabytes, signal });
      else await dropIndexes(context, space.spaceId, { keep: null, former }, signal);
      forgetServingIndexes(context);
    } else if (!dryRun && leftovers.length > 0) {
      await dropIndexes(context, space.spaceId, { keep: former, former: null }, signal);
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

function describeSettings(index: VectorIndex): Record<string, number> {
  const built: Record<string, number> = index.lists === null ? { ...HNSW_BUILD } : { lists: index.lists };
  const asked = Object.entries(indexSearchSettings(index, 10)).map(
    ([name, value]) => [name.replace(/^.*\./, ''), Number(value)] as const,
  );
  return { ...built, ...Object.fromEntries(asked.filter(([, value]) => Number.isFinite(value))) };
}
