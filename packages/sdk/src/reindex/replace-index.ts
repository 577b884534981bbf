import { CompiledQuery, sql } from 'kysely';
import { readVectorVersion } from '../database/ensure-vector-extension.ts';
import { isOlderVersion } from '../database/is-older-version.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { findVectorIndexes, type VectorIndex } from '../search/vector-index.ts';
import type { VectorIndexPlan } from './plan-vector-index.ts';

/** A parallel hnsw build before this pgvector may write outside its memory (CVE-2026-3172). */
const PARALLEL_BUILD_SAFE_FROM = [0, 8, 2];
/** An hnsw build slows down many times over when its graph does not fit: about 550 bytes a vector of 128 half floats. */
const BUILD_BYTES_PER_NUMBER = 5;
const LEAST_BUILD_MEGABYTES = 64;

/** Under which indexes are built and dropped, one run at a time. Any constant does, so long as it stays. */
const INDEX_LOCK = 'photoorg vector indexes';

interface SpaceToIndex {
  readonly spaceId: string;
  readonly dimension: number;
  readonly rows: number;
  /** Name of the index that serves it now; null for none. */
  readonly former: string | null;
}

/**
 * Builds an index, and only then drops the former ones, in a transaction of its own: a search reads on while an index is built, and would
 * wait for as long behind one that is dropped first. A run that is killed between the two leaves both, of which the newer one serves.
 */
export async function replaceIndex(
  context: LibraryContext,
  space: SpaceToIndex,
  { kind, type, parameters }: NonNullable<VectorIndexPlan['build']>,
  { mostMegabytes, signal }: { mostMegabytes: number; signal: AbortSignal | undefined },
): Promise<void> {
  const version = await readVectorVersion(context.db);
  const needed = Math.ceil((space.rows * space.dimension * BUILD_BYTES_PER_NUMBER) / 2 ** 20);
  const megabytes = Math.min(mostMegabytes, Math.max(LEAST_BUILD_MEGABYTES, needed));
  const settings = Object.entries(parameters).map(([name, value]) => `${name} = ${value}`);
  const built = await context.transaction(async (transaction) => {
    await execute(transaction, 'SET LOCAL statement_timeout = 0', signal);
    await lockIndexes(transaction, signal);
    const name = freeName(kind, space.spaceId, await findVectorIndexes(transaction, space.spaceId));
    await execute(transaction, `SET LOCAL maintenance_work_mem = '${megabytes}MB'`, signal);
    if (isOlderVersion(version, PARALLEL_BUILD_SAFE_FROM)) {
      await execute(transaction, 'SET LOCAL max_parallel_maintenance_workers = 0', signal);
    }
    const statement = `CREATE INDEX ${name} ON face_embeddings
      USING ${kind} ((embedding::${type}) ${type.replace(/\(.*/, '')}_l2_ops) WITH (${settings.join(', ')})
      WHERE space_id = '${space.spaceId}'`;
    await execute(transaction, statement, signal);
    return name;
  });
  await dropIndexes(context, space.spaceId, { keep: built, former: space.former }, signal);
}

/**
 * Drops the former index of a space, and whatever else an earlier run left there; what somebody made by hand beside those stays. None at all
 * when `keep` is gone: another run has put its own in the place of it.
 */
export async function dropIndexes(
  context: LibraryContext,
  spaceId: string,
  { keep, former }: { keep: string | null; former: string | null },
  signal: AbortSignal | undefined,
): Promise<void> {
  await context.transaction(async (transaction) => {
    // Not by the lock of the table: behind a run that waits for that, every search would wait too.
    await lockIndexes(transaction, signal);
    const names = (await findVectorIndexes(transaction, spaceId)).map(({ name }) => name);
    if (keep !== null && !names.includes(keep)) return;
    const dropped = names.filter((name) => name !== keep && (name === former || isOurs(name, spaceId)));
    for (const name of dropped) await sql`DROP INDEX ${sql.id(name)}`.execute(transaction.db);
  });
  await execute(context, 'ANALYZE face_embeddings', signal);
}

function baseName(kind: VectorIndex['kind'], spaceId: string): string {
  return `face_embeddings_${kind}_${spaceId.replaceAll('-', '')}`;
}

/** The new index stands beside the former one for a while. */
function freeName(kind: VectorIndex['kind'], spaceId: string, taken: readonly VectorIndex[]): string {
  const base = baseName(kind, spaceId);
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!taken.some((index) => index.name === name)) return name;
  }
}

function isOurs(name: string, spaceId: string): boolean {
  return (['hnsw', 'ivfflat'] as const).some((kind) => name.startsWith(baseName(kind, spaceId)));
}

async function lockIndexes({ db }: LibraryContext, signal: AbortSignal | undefined): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${INDEX_LOCK}, 0))`.execute(db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
}

async function execute({ db }: LibraryContext, statement: string, signal: AbortSignal | undefined): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement), { signal, inflightQueryAbortStrategy: 'cancel query' });
}
