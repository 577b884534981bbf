import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { selectFaces, toFace } from '../catalog/face-row.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { SimilarFace } from '../model/search.ts';
import { encodeVector, readVector } from '../values/vector-codec.ts';
import { l2Distance } from './distance.ts';
import type { Probe } from './resolve-probe.ts';
import { servingIndex } from './serving-index.ts';
import { indexSearchSettings, underSettings, type VectorIndex } from './vector-index.ts';

/**
 * Up to this many matching rows an exact scan answers; above, an approximate index does, where there is one. Measured in November
 * 2026 on two cores: an exact scan of 50,000 vectors of 128 numbers takes 10 ms of CPU, so one of 20,000 takes 4; an index under a
 * filter that leaves few rows finds as little as 2.5 % of the nearest, the exact scan of those rows all of them in a millisecond.
 */
export const EXACT_SCAN_MAX_ROWS = 20_000;

/**
 * Share of the rows that may match and still be scanned exactly. What matches must be joined with its photo to be scanned, which takes ten
 * times as long as the distances; an index that goes on until enough match finds them as well as without a filter.
 */
const EXACT_SCAN_MAX_SHARE = 0.05;
/** Rows that tell about how many match. */
const SAMPLED_ROWS = 150;

/** Rows fetched beyond those asked for: distances that differ in the seventh digit, or in the fourth of an index in 16 bits, are put in order here. */
const SPARE_ROWS = 8;
/** When photos that are gone leave too few rows, so many times more are fetched. */
const GROWTH = 4;

/** Which faces may be found. */
export interface NearestFilter {
  /** On `photos`: at least that they are neither deleted nor missing. */
  readonly photos: RawBuilder<SqlBool>;
  /** False when `photos` leaves out nothing but what is gone: nearly every row passes. */
  readonly selectsPhotos: boolean;
  /** On `face_labels` as `label`; none for faces with any label or none. */
  readonly labels: readonly RawBuilder<SqlBool>[];
}

interface NearestOptions {
  readonly limit: number;
  readonly filter: NearestFilter;
  readonly signal?: AbortSignal;
}

/** The nearest faces to the probe in its space, by distance and then id: exactly, or by an index where the rows are too many. */
export async function findNearestFaces(context: LibraryContext, probe: Probe, options: NearestOptions): Promise<SimilarFace[]> {
  const index = await servingIndex(context, probe.spaceId, EXACT_SCAN_MAX_ROWS);
  if (index && (!isSelective(options.filter) || (await hasManyMatches(context, probe, options, index.rows)))) {
    const faces = await findByIndex(context, probe, index, options);
    if (faces.length === options.limit) return faces;
  }
  return findExactly(context, probe, options);
}

function isSelective({ selectsPhotos, labels }: NearestFilter): boolean {
  return selectsPhotos || labels.length > 0;
}

async function findExactly(context: LibraryContext, probe: Probe, options: NearestOptions): Promise<SimilarFace[]> {
  // "+ 0" keeps PostgreSQL from using an approximate index for the order.
  const distance = sql`(e.embedding <-> ${encodeVector(probe.vector)}::vector) + 0`;
  for (let fetched = options.limit + SPARE_ROWS; ; fetched *= GROWTH) {
    const { rows, present } = await fetchNearest(context, probe, { ...options, order: sql`${distance}, e.face_id`, fetched });
    if (present.length >= options.limit || rows < fetched) return present.slice(0, options.limit);
  }
}

/**
 * May find fewer than asked for: a scan of the index gives up after so many rows. Where a filter takes hardly any away, one that stops at its first candidates
 * nearly always has enough, in three quarters of the time.
 */
async function findByIndex(
  context: LibraryContext,
  probe: Probe,
  index: VectorIndex,
  options: NearestOptions,
): Promise<SimilarFace[]> {
  const fetched = options.limit + SPARE_ROWS;
  const order = sql`${sql.raw(index.expression)} <-> ${encodeVector(probe.vector)}::${sql.raw(index.type)}`;
  for (const beyond of isSelective(options.filter) ? [true] : [false, true]) {
    const under = await underSettings(context, indexSearchSettings(index, fetched, { beyond }));
    const { rows, present } = await fetchNearest(context, probe, { ...options, order, fetched, under });
    if (beyond || rows === fetched) return present.slice(0, options.limit);
  }
  return [];
}

/**
 * The vectors first, over their narrow table alone, and then the faces of the best of them: PostgreSQL plans two small queries in a third of the time of
 * one over five tables. Only the nearest vectors are encoded: beside the order, `vector_send` would run for every row. `rows` counts those of photos that
 * are gone, too.
 */
async function fetchNearest(
  context: LibraryContext,
  probe: Probe,
  options: NearestOptions & { order: RawBuilder<unknown>; fetched: number; under?: RawBuilder<SqlBool> },
): Promise<{ rows: number; present: SimilarFace[] }> {
  const { signal, filter } = options;
  const { rows: nearest } = await sql<{ faceId: string; vector: Uint8Array }>`
    SELECT face_id AS "faceId", vector_send(embedding) AS vector FROM (
      SELECT e.face_id, e.embedding FROM ${matching(context, probe, filter)} AND ${options.under ?? sql`true`}
      ORDER BY ${options.order} LIMIT ${options.fetched}) AS nearest`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  if (nearest.length === 0) return { rows: 0, present: [] };
  const ranked = nearest
    .map(({ faceId, vector }) => ({ faceId, distance: l2Distance(probe.vector, readVector(vector)) }))
    .sort((a, b) => a.distance - b.distance || (a.faceId < b.faceId ? -1 : 1));
  const present: SimilarFace[] = [];
  // Few are of photos that are gone: a second look is hardly ever needed.
  for (let start = 0; start < ranked.length && present.length < options.limit; start += options.limit) {
    present.push(...(await readPresent(context, probe, options, ranked.slice(start, start + options.limit))));
  }
  return { rows: nearest.length, present };
}

/** The faces of a ranking whose photos may be found, in its order. */
async function readPresent(
  context: LibraryContext,
  { space }: Probe,
  { filter, signal }: NearestOptions,
  ranked: readonly { faceId: string; distance: number }[],
): Promise<SimilarFace[]> {
  const rows = await selectFaces(context)
    .innerJoin('photos', 'photos.photo_id', 'faces.photo_id')
    .where(sql<boolean>`faces.face_id = ANY (${ranked.map(({ faceId }) => faceId)}::uuid[])`)
    .where(filter.photos)
    .execute({ signal, inflightQueryAbortStrategy: 'cancel query' });
  const faces = new Map(rows.map((row) => [row.face_id, toFace(row)]));
  return ranked.flatMap(({ faceId, distance }) => {
    const face = faces.get(faceId);
    return face ? [{ face, distance, space }] : [];
  });
}

/**
 * FROM and WHERE over the vectors that may be found, as `e`. Without filters the narrow table of vectors is scanned alone; photos
 * that are gone are left out afterwards.
 */
function matching(
  context: LibraryContext,
  probe: Probe,
  filter: NearestFilter,
  vectors = sql`face_embeddings e`,
): RawBuilder<unknown> {
  const tables = [
    vectors,
    ...(filter.selectsPhotos
      ? [sql`JOIN faces ON faces.face_id = e.face_id`, sql`JOIN photos ON photos.photo_id = faces.photo_id`]
      : []),
    ...(filter.labels.length > 0 ? [sql`LEFT JOIN face_labels label ON label.face_id = e.face_id`] : []),
  ];
  const conditions = [
    sql`e.space_id = ${probe.spaceId}`,
    sql`e.library_id = ${context.libraryId}`,
    ...(probe.faceId === null ? [] : [sql`e.face_id <> ${probe.faceId}`]),
    ...(filter.selectsPhotos ? [filter.photos] : []),
    ...filter.labels,
  ];
  return sql`${sql.join(tables, sql` `)} WHERE ${sql.join(conditions, sql` AND `)}`;
}

/** By a sample of the table's pages: counting them all takes as long as scanning them. */
async function hasManyMatches(context: LibraryContext, probe: Probe, options: NearestOptions, rows: number): Promise<boolean> {
  const share = Math.min(1, SAMPLED_ROWS / rows);
  const sampled = matching(context, probe, options.filter, sql`face_embeddings e TABLESAMPLE SYSTEM (${100 * share})`);
  const { rows: counted } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sampled}`.execute(context.db, {
    signal: options.signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  const matches = counted[0]!.count / share;
  return matches > Math.min(EXACT_SCAN_MAX_ROWS, EXACT_SCAN_MAX_SHARE * rows);
}
