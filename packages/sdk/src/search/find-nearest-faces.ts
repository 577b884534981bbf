import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { selectFaces, toFace } from '../catalog/face-row.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { SimilarFace } from '../model/search.ts';
import { encodeVector, readVector } from '../values/vector-codec.ts';
import { l2Distance } from './distance.ts';
import type { Probe } from './resolve-probe.ts';
import { applyIndexSettings, findVectorIndex, indexSearchSettings, type VectorIndex } from './vector-index.ts';

/**
 * Up to this many matching rows an exact scan answers; above, an approximate index does, where there is one. Measured in November
 * 2026 on two cores: an exact scan of 50,000 vectors of 128 numbers takes 10 ms of CPU, so one of 20,000 takes 4; an index under a
 * filter that leaves few rows finds as little as 2.5 % of the nearest, the exact scan of those rows all of them in a millisecond.
 */
export const EXACT_SCAN_MAX_ROWS = 20_000;

/** Rows fetched beyond those asked for: distances that differ in the seventh digit are put in order here. */
const SPARE_ROWS = 8;
/** An index keeps hnsw's vectors in 16 bits and its order is approximate: twice the rows are ranked anew. */
const INDEX_OVERSAMPLING = 2;
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
  const index = await findVectorIndex(context, probe.spaceId);
  if (index && (await hasMoreMatches(context, probe, options, EXACT_SCAN_MAX_ROWS))) {
    const faces = await findByIndex(context, probe, index, options);
    if (faces.length === options.limit) return faces;
  }
  return findExactly(context, probe, options);
}

async function findExactly(context: LibraryContext, probe: Probe, options: NearestOptions): Promise<SimilarFace[]> {
  // "+ 0" keeps PostgreSQL from using an approximate index for the order.
  const distance = sql`(e.embedding <-> ${encodeVector(probe.vector)}::vector) + 0`;
  for (let fetched = options.limit + SPARE_ROWS; ; fetched *= GROWTH) {
    const { rows, present } = await fetchNearest(context, probe, { ...options, order: sql`${distance}, e.face_id`, fetched });
    if (present.length >= options.limit || rows < fetched) return present.slice(0, options.limit);
  }
}

/** May find fewer than asked for: a scan of the index gives up after so many rows. */
async function findByIndex(
  context: LibraryContext,
  probe: Probe,
  index: VectorIndex,
  options: NearestOptions,
): Promise<SimilarFace[]> {
  const fetched = (options.limit + SPARE_ROWS) * INDEX_OVERSAMPLING;
  const order = sql`${sql.raw(index.expression)} <-> ${encodeVector(probe.vector)}::${sql.raw(index.type)}`;
  return context.transaction(async (transaction) => {
    await applyIndexSettings(transaction, indexSearchSettings(index, fetched));
    const { present } = await fetchNearest(transaction, probe, { ...options, order, fetched });
    return present.slice(0, options.limit);
  });
}

/** `rows` counts those of photos that are gone, too. */
async function fetchNearest(
  context: LibraryContext,
  probe: Probe,
  options: NearestOptions & { order: RawBuilder<unknown>; fetched: number },
): Promise<{ rows: number; present: SimilarFace[] }> {
  const nearest = sql<{ face_id: string; embedding: string }>`(
    SELECT e.face_id, e.embedding FROM ${matching(context, probe, options.filter)}
    ORDER BY ${options.order} LIMIT ${options.fetched})`.as('nearest');
  const rows = await selectFaces(context)
    .innerJoin(nearest, 'nearest.face_id', 'faces.face_id')
    .innerJoin('photos', 'photos.photo_id', 'faces.photo_id')
    .select([sql<Uint8Array>`vector_send(nearest.embedding)`.as('vector'), options.filter.photos.as('present')])
    .execute({ signal: options.signal, inflightQueryAbortStrategy: 'cancel query' });
  const present = rows
    .filter((row) => row.present)
    .map((row) => ({ face: toFace(row), distance: l2Distance(probe.vector, readVector(row.vector)), space: probe.space }))
    .sort((a, b) => a.distance - b.distance || (a.face.faceId < b.face.faceId ? -1 : 1));
  return { rows: rows.length, present };
}

/**
 * FROM and WHERE over the vectors that may be found, as `e`. Without filters the narrow table of vectors is scanned alone; photos
 * that are gone are left out afterwards.
 */
function matching(context: LibraryContext, probe: Probe, filter: NearestFilter): RawBuilder<unknown> {
  const tables = [
    sql`face_embeddings e`,
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

async function hasMoreMatches(context: LibraryContext, probe: Probe, options: NearestOptions, most: number): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (SELECT FROM ${matching(context, probe, options.filter)} LIMIT ${most + 1}) AS counted`.execute(
    context.db,
    { signal: options.signal, inflightQueryAbortStrategy: 'cancel query' },
  );
  return rows[0]!.count > most;
}
