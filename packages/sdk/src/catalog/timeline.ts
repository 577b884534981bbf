import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Photos } from '../model/photos.ts';
import type { Timeline } from '../model/timeline.ts';
import { encodeCursor } from '../values/cursor.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { PHOTO_FILTER, photoCondition } from './photo-filter.ts';

type TimelineOptions = NonNullable<Parameters<Photos['timeline']>[0]>;

const TIMELINE_OPTIONS: KnownNames<TimelineOptions> = { ...PHOTO_FILTER, order: true, signal: true };

/** Comes before every photo of a moment in either direction of the list. */
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
/** What the order of the list takes for the time of a photo that has none. */
const NO_TIME = '0001-01-01 00:00:00';

/** See `Photos.timeline`. */
export async function readTimeline(context: LibraryContext, options: TimelineOptions): Promise<Timeline> {
  refuseUnknown<TimelineOptions>(options, TIMELINE_OPTIONS, 'the options of photos.timeline');
  const { order = 'newest', signal } = options;
  if (order !== 'newest' && order !== 'oldest') throw InvalidInputError.expected("'newest' or 'oldest'", 'order', order);
  const direction = order === 'newest' ? sql`DESC` : sql`ASC`;
  const { rows } = await sql<{ month: string | null; photos: number; begin: string; end: string }>`
    SELECT CASE WHEN NOT "isUnknown" THEN to_char(month, 'YYYY-MM') END AS month, count(*)::int AS photos,
      month::text AS begin, (month + interval '1 month')::text AS "end"
    FROM (
      SELECT date_trunc('month', photos.sort_ts) AS month, photos.sort_ts = ${NO_TIME}::timestamp AS "isUnknown"
      FROM photos WHERE ${photoCondition(context.libraryId, options)}
    ) AS dated GROUP BY dated.month, "isUnknown" ORDER BY dated.month ${direction}, "isUnknown"`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return {
    total: rows.reduce((sum, { photos }) => sum + photos, 0),
    months: rows.map(({ month, photos, begin, end }, i) => ({
      month,
      photos,
      cursor: i === 0 ? null : encodeCursor(order, [order === 'newest' ? end : begin, LOWEST_ID]),
    })),
  };
}
