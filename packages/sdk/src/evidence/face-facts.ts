import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { IgnoredReason } from '../model/ignored-reason.ts';
import type { LabelSource } from '../model/labels.ts';

/** What is known of a face, apart from its vector. */
export interface FaceFacts {
  readonly faceId: string;
  readonly photoId: string;
  readonly isPhotoDeleted: boolean;
  /** All files of the photo are gone; they may come back. */
  readonly isPhotoMissing: boolean;
  /** Wall clock of the shot, such as `2019-07-14 18:03:11`; null when nothing tells it. */
  readonly shotLocal: string | null;
  readonly shotPrecision: 'subsecond' | 'second' | 'minute' | 'day' | 'month' | 'year' | null;
  /** Degrees. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly ignored: boolean;
  readonly ignoredReason: IgnoredReason | null;
  readonly personId: string | null;
  readonly source: LabelSource | null;
  /** People that this face is not. */
  readonly rejected: readonly string[];
}

interface Row extends Omit<FaceFacts, 'rejected'> {
  /** null for nobody, as nearly always: an empty array takes longer to read than the rest of the row. */
  rejected: readonly string[] | null;
}

const NOBODY: readonly string[] = [];

/** What is known of the faces that `which` selects: a condition and more about `faces`. In the order of their ids. */
export async function readFacts(context: LibraryContext, which: RawBuilder<unknown>, signal?: AbortSignal): Promise<FaceFacts[]> {
  const { rows } = await sql<Row>`
    SELECT face.face_id AS "faceId", face.photo_id AS "photoId", photo.deleted_ts IS NOT NULL AS "isPhotoDeleted",
      photo.missing_since IS NOT NULL AS "isPhotoMissing", photo.shot_local AS "shotLocal", photo.shot_ts_precision AS "shotPrecision",
      photo.latitude, photo.longitude, face.ignored, face.ignored_reason AS "ignoredReason", label.person_id AS "personId", label.label_source AS source,
      (SELECT array_agg(person_id::text) FROM face_rejections rejection WHERE rejection.face_id = face.face_id) AS rejected
    FROM (SELECT face_id, photo_id, ignored, ignored_reason FROM faces WHERE library_id = ${context.libraryId} AND ${which}) AS face
      JOIN photos photo ON photo.photo_id = face.photo_id
      LEFT JOIN face_labels label ON label.face_id = face.face_id`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  for (const row of rows) row.rejected ??= NOBODY;
  return (rows as FaceFacts[]).sort((a, b) => (a.faceId < b.faceId ? -1 : 1));
}
