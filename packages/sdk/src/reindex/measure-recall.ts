import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { indexSearchSettings, underSettings, type VectorIndex } from '../search/vector-index.ts';

/** Enough to tell .95 from .98: the standard error of the share among 500 neighbours is at most 0.01 there. */
const PROBES = 50;
const NEIGHBOURS = 10;
/** As the search does, more are fetched from the index than asked for, and ranked anew in full precision. */
const FETCHED = NEIGHBOURS * 2;
/** Two distances closer than float32 can tell are the same. */
const SAME_DISTANCE = 1e-6;

/** Share of the ten nearest faces that the index finds, over a sample of stored faces as probes. */
export async function measureRecall(
  context: LibraryContext,
  spaceId: string,
  index: VectorIndex,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const { rows: probes } = await sql<{ face_id: string }>`
    SELECT face_id FROM face_embeddings WHERE space_id = ${spaceId} ORDER BY md5(face_id::text) LIMIT ${PROBES}`.execute(
    context.db,
  );
  return context.transaction(async (transaction) => {
    let found = 0;
    let there = 0;
    const under = await underSettings(transaction, indexSearchSettings(index, FETCHED));
    // Otherwise PostgreSQL may find a scan cheaper and the index would not be measured.
    await sql`SET LOCAL enable_seqscan = off`.execute(transaction.db);
    for (const { face_id } of probes) {
      signal?.throwIfAborted();
      const exact = await distances(transaction, exactly(spaceId, face_id));
      const approximate = await distances(transaction, byIndex(spaceId, face_id, index, under));
      const farthest = exact.at(-1) ?? 0;
      there += exact.length;
      found += approximate.filter((distance) => distance <= farthest + SAME_DISTANCE).length;
    }
    return there === 0 ? null : found / there;
  });
}

async function distances(context: LibraryContext, query: ReturnType<typeof exactly>): Promise<number[]> {
  const { rows } = await query.execute(context.db);
  return rows.map((row) => row.distance);
}

function exactly(spaceId: string, faceId: string) {
  return sql<{ distance: number }>`
    WITH probe AS MATERIALIZED (SELECT embedding FROM face_embeddings WHERE face_id = ${faceId} AND space_id = ${spaceId})
    SELECT (e.embedding <-> (SELECT embedding FROM probe)) + 0 AS distance
    FROM face_embeddings e WHERE e.space_id = ${spaceId} AND e.face_id <> ${faceId}
    ORDER BY 1 LIMIT ${NEIGHBOURS}`;
}

function byIndex(spaceId: string, faceId: string, index: VectorIndex, under: RawBuilder<SqlBool>) {
  return sql<{ distance: number }>`
    WITH probe AS MATERIALIZED (SELECT embedding FROM face_embeddings WHERE face_id = ${faceId} AND space_id = ${spaceId}),
    nearest AS MATERIALIZED (
      SELECT e.embedding FROM face_embeddings e WHERE e.space_id = ${spaceId} AND e.face_id <> ${faceId} AND ${under}
      ORDER BY ${sql.raw(index.expression)} <-> (SELECT embedding::${sql.raw(index.type)} FROM probe) LIMIT ${FETCHED})
    SELECT (embedding <-> (SELECT embedding FROM probe)) + 0 AS distance FROM nearest ORDER BY 1 LIMIT ${NEIGHBOURS}`;
}
