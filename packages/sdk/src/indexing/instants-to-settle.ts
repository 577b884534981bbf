import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { NEIGHBOURS } from '../saving/readings/fillings.ts';
import { type CameraSpan, TIME_OF_FILE } from '../saving/rows/unsettled-spans.ts';
import type { UnsettledPhoto } from './unsettled-photo.ts';

/**
 * How far the nearest photos may be whose offset an instant takes over: who had one clock before and after a night spent it there. Without one the instant
 * stands by UTC, which is farther off nearly everywhere.
 */
const LARGEST_GAP = '12 hours';

/** Clocks go ahead of UTC by so much at most, and behind it by less: how far a place in the timeline is from its instant. */
const LARGEST_OFFSET = '14 hours';

/**
 * Photos known as an instant alone whose stored offset is not the one that their neighbours give: the nearest photos before and after, of any camera, since
 * such photos seldom tell theirs (Pixel names, Takeout, GPS). Times of files are no instants of a shot.
 */
export async function instantsToSettle(
  context: LibraryContext,
  { first_local, last_local }: Pick<CameraSpan, 'first_local' | 'last_local'>,
): Promise<UnsettledPhoto[]> {
  const { rows } = await sql<UnsettledPhoto>`
    WITH span AS (
      SELECT ${first_local}::timestamp - ${LARGEST_OFFSET}::interval - ${LARGEST_GAP}::interval AS first,
        ${last_local}::timestamp + ${LARGEST_OFFSET}::interval + ${LARGEST_GAP}::interval AS last
    ), clock AS (
      SELECT photo_id, sort_ts, shot_offset_min, shot_offset_source, extract(epoch FROM shot_ts) AS seconds, shot_local IS NOT NULL AS certain
      FROM photos, span
      WHERE library_id = ${context.libraryId} AND deleted_ts IS NULL AND shot_ts IS NOT NULL
        AND sort_ts BETWEEN first - ${LARGEST_GAP}::interval AND last + ${LARGEST_GAP}::interval
        AND CASE WHEN shot_local IS NULL
          THEN shot_ts_source <> ${TIME_OF_FILE} AND (shot_offset_min IS NULL OR shot_offset_source = ${NEIGHBOURS})
          ELSE shot_offset_source IN ('tag', 'gps', 'zone', 'rule') AND shot_ts_precision IN ('subsecond', 'second', 'minute')
            AND (shot_ts_source LIKE 'exif:%' OR shot_ts_source LIKE 'xmp:exif:%' OR shot_offset_source = 'zone') END
    ), neighbours AS (
      SELECT *,
        max(ARRAY[seconds, shot_offset_min]) FILTER (WHERE certain) OVER (ORDER BY seconds) AS before,
        min(ARRAY[seconds, shot_offset_min]) FILTER (WHERE certain) OVER (ORDER BY seconds DESC) AS after
      FROM clock
    ), settled AS (
      SELECT *,
        CASE WHEN before[2] = after[2]
          AND greatest(seconds - before[1], after[1] - seconds) <= extract(epoch FROM ${LARGEST_GAP}::interval)
        THEN before[2]::int END AS offset_minutes
      FROM neighbours, span
      WHERE NOT certain AND sort_ts BETWEEN first AND last
    )
    SELECT photo_id, photos.shot_ts_source, photos.shot_candidates, offset_minutes FROM settled JOIN photos USING (photo_id)
    WHERE offset_minutes IS DISTINCT FROM settled.shot_offset_min
    ORDER BY photos.sha256 FOR UPDATE OF photos`.execute(context.db);
  return rows;
}
