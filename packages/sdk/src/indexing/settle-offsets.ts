import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { NEIGHBOURS, ownDates, type StoredCandidate } from '../saving/readings/fillings.ts';
import { ANY_CAMERA, type CameraSpan } from '../saving/rows/unsettled-spans.ts';
import { instantsToSettle } from './instants-to-settle.ts';
import type { UnsettledPhoto } from './unsettled-photo.ts';

/**
 * How far, on the camera's own clock, the nearest photos may be whose offset a photo takes over. The clock of a camera is set at most when
 * a journey begins or ends: with the same offset before and after within half a day's outing, it was not set in between.
 */
const LARGEST_GAP = '6 hours';

/**
 * Gives photos whose clock says no offset from UTC that of their neighbours: the nearest photos of the same camera before and after, when
 * both are near and agree. Offsets that were taken over are never passed on, a zone is never named by them, and one is taken back when its
 * neighbours no longer say so. A shot known as an instant alone takes the offset of the photos around it, of any camera, and with it its place in the timeline. So the outcome depends on the photos alone, not on the order they came in. Only stretches of time in which
 * photos came or changed are looked at.
 */
export async function settleOffsets(context: LibraryContext, options: { signal?: AbortSignal } = {}): Promise<void> {
  for (;;) {
    options.signal?.throwIfAborted();
    const camera = await anyUnsettledCamera(context);
    if (!camera) return;
    await context.transaction((transaction) => settleCamera(transaction, camera));
  }
}

type Camera = Pick<CameraSpan, 'camera_make' | 'camera_model'>;

async function anyUnsettledCamera(context: LibraryContext): Promise<Camera | undefined> {
  return await context.db
    .selectFrom('unsettled_spans')
    .select(['camera_make', 'camera_model'])
    .where('library_id', '=', context.libraryId)
    .limit(1)
    .executeTakeFirst();
}

/** Whoever else settles this camera waits here, and then finds nothing left to do. */
async function settleCamera(context: LibraryContext, { camera_make, camera_model }: Camera): Promise<void> {
  const { rows } = await sql<{ first_local: string | null; last_local: string | null }>`
    WITH taken AS (
      DELETE FROM unsettled_spans
      WHERE library_id = ${context.libraryId} AND camera_make = ${camera_make} AND camera_model = ${camera_model}
      RETURNING first_local, last_local
    )
    SELECT min(first_local)::text AS first_local, max(last_local)::text AS last_local FROM taken`.execute(context.db);
  const { first_local = null, last_local = null } = rows[0] ?? {};
  if (first_local === null || last_local === null) return;
  const span = { camera_make, camera_model, first_local, last_local };
  const photos = await (camera_model === ANY_CAMERA ? instantsToSettle(context, span) : photosToSettle(context, span));
  await saveOffsets(context, photos.map(settle));
}

/**
 * Photos of a camera whose stored offset is not the one that their neighbours give. A known offset travels with its time in an array, so
 * that the latest before and the earliest after come out of one aggregate; PostgreSQL's window functions cannot skip rows. Rows are locked
 * in the order in which photos are saved.
 */
async function photosToSettle(context: LibraryContext, span: CameraSpan): Promise<UnsettledPhoto[]> {
  const { rows } = await sql<UnsettledPhoto>`
    WITH clock AS (
      SELECT photo_id, shot_local, shot_offset_min, shot_offset_source,
        extract(epoch FROM shot_local) AS seconds,
        shot_offset_min IS NOT NULL AND shot_offset_source IS DISTINCT FROM ${NEIGHBOURS} AND shot_offset_source IS DISTINCT FROM 'takeout' AS certain
      FROM photos
      WHERE library_id = ${context.libraryId} AND camera_model = ${span.camera_model} AND coalesce(camera_make, '') = ${span.camera_make}
        AND shot_local BETWEEN ${span.first_local}::timestamp - 2 * ${LARGEST_GAP}::interval
          AND ${span.last_local}::timestamp + 2 * ${LARGEST_GAP}::interval
        AND shot_ts_precision IN ('subsecond', 'second', 'minute')
        AND (shot_ts_source LIKE 'exif:%' OR shot_ts_source LIKE 'xmp:exif:%')
        AND deleted_ts IS NULL
    ), neighbours AS (
      SELECT *,
        max(ARRAY[seconds, shot_offset_min]) FILTER (WHERE certain) OVER (ORDER BY shot_local) AS before,
        min(ARRAY[seconds, shot_offset_min]) FILTER (WHERE certain) OVER (ORDER BY shot_local DESC) AS after
      FROM clock
    ), settled AS (
      SELECT *,
        CASE WHEN before[2] = after[2]
          AND greatest(seconds - before[1], after[1] - seconds) <= extract(epoch FROM ${LARGEST_GAP}::interval)
        THEN before[2]::int END AS offset_minutes
      FROM neighbours
      WHERE NOT certain AND shot_local BETWEEN ${span.first_local}::timestamp - ${LARGEST_GAP}::interval
        AND ${span.last_local}::timestamp + ${LARGEST_GAP}::interval
    )
    SELECT photo_id, photos.shot_ts_source, photos.shot_candidates, offset_minutes FROM settled JOIN photos USING (photo_id)
    WHERE offset_minutes IS DISTINCT FROM CASE WHEN settled.shot_offset_source = ${NEIGHBOURS} THEN settled.shot_offset_min END
    ORDER BY photos.sha256 FOR UPDATE OF photos`.execute(context.db);
  return rows;
}

interface SettledOffset {
  photo_id: string;
  shot_offset_min: number | null;
  shot_offset_source: string | null;
  shot_candidates: StoredCandidate[];
}

/** The neighbours' offset as one more candidate; or, without one, what the photo's own reading says. */
function settle({ photo_id, shot_ts_source, shot_candidates, offset_minutes }: UnsettledPhoto): SettledOffset {
  const { own, reading } = ownDates(shot_candidates, shot_ts_source);
  const { local = null, at = null, offsetMinutes = null, offsetSource = null } = reading ?? {};
  if (offset_minutes === null || (local === null && at === null)) {
    return { photo_id, shot_offset_min: offsetMinutes, shot_offset_source: offsetSource, shot_candidates: own };
  }
  const instant = local === null ? Date.parse(at!) : Date.parse(`${local}Z`) - offset_minutes * 60_000;
  const told = { local, at: new Date(instant).toISOString(), offsetMinutes: offset_minutes };
  const candidate = { source: NEIGHBOURS, ...told, offsetSource: NEIGHBOURS };
  return {
    photo_id,
    shot_offset_min: offset_minutes,
    shot_offset_source: NEIGHBOURS,
    shot_candidates: [candidate, ...own],
  };
}

async function saveOffsets(context: LibraryContext, photos: readonly SettledOffset[]): Promise<void> {
  if (photos.length === 0) return;
  await sql`
    UPDATE photos SET shot_offset_min = settled.shot_offset_min, shot_offset_source = settled.shot_offset_source,
      shot_candidates = settled.shot_candidates,
      shot_ts = CASE WHEN shot_local IS NULL THEN shot_ts
        ELSE (photos.shot_local - make_interval(mins => settled.shot_offset_min)) AT TIME ZONE 'UTC' END
    FROM jsonb_to_recordset(${JSON.stringify(photos)}::jsonb)
      AS settled(photo_id uuid, shot_offset_min smallint, shot_offset_source text, shot_candidates jsonb)
    WHERE photos.photo_id = settled.photo_id`.execute(context.db);
}
