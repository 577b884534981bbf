import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';

/**
 * The model of the stretches, by the wall clock or else in UTC, in which photos of any camera came or changed that tell an instant: those known as one alone
 * are to be looked at again.
 */
export const ANY_CAMERA = '';

/** A stretch of a camera's time, by its wall clock, in which photos came or changed. */
export interface CameraSpan {
  camera_make: string;
  camera_model: string;
  first_local: string;
  last_local: string;
}

/** The source of a time that is none of the shot. */
export const TIME_OF_FILE = 'file:mtime';

const placeOfInstant = sql`coalesce(shot_local, shot_ts AT TIME ZONE 'UTC')`;

/** The stretches, one a camera and one for any, that stored photos of these content hashes (hex) lie in. */
export async function spansOf(context: LibraryContext, hashes: readonly string[]): Promise<CameraSpan[]> {
  if (hashes.length === 0) return [];
  const { rows } = await sql<CameraSpan>`
    SELECT coalesce(camera_make, '') AS camera_make, camera_model, min(shot_local)::text AS first_local, max(shot_local)::text AS last_local
    FROM photos
    WHERE library_id = ${context.libraryId} AND camera_model IS NOT NULL AND shot_local IS NOT NULL
      AND sha256 = ANY (SELECT decode(hash, 'hex') FROM unnest(${[...hashes]}::text[]) AS hash)
    GROUP BY 1, 2
    UNION ALL
    SELECT '', ${ANY_CAMERA}, min(${placeOfInstant})::text, max(${placeOfInstant})::text
    FROM photos
    WHERE library_id = ${context.libraryId} AND shot_ts IS NOT NULL AND shot_ts_source IS DISTINCT FROM ${TIME_OF_FILE}
      AND sha256 = ANY (SELECT decode(hash, 'hex') FROM unnest(${[...hashes]}::text[]) AS hash)
    HAVING count(*) > 0`.execute(context.db);
  return rows;
}

/** Remembers that the neighbours of these photos are to be looked at again; whoever ends a run does so. */
export async function noteUnsettled(context: LibraryContext, spans: readonly CameraSpan[]): Promise<void> {
  if (spans.length === 0) return;
  await sql`
    INSERT INTO unsettled_spans (library_id, camera_make, camera_model, first_local, last_local)
    SELECT ${context.libraryId}, span.camera_make, span.camera_model, min(span.first_local), max(span.last_local)
    FROM jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
      AS span(camera_make text, camera_model text, first_local timestamp, last_local timestamp)
    GROUP BY 2, 3`.execute(context.db);
}
