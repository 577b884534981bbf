import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { newId } from '../../values/new-id.ts';
import type { PreparedPhoto } from './prepare-photo.ts';

/** Facts that a later reading may add to or correct, but whose absence says nothing: the stored value stays. */
const ADDABLE = [
  'phash',
  'latitude',
  'longitude',
  'altitude',
  'camera_make',
  'camera_model',
  'lens',
  'title',
  'caption',
  'rating',
  'exif',
  'thumbhash',
] as const;
/** Facts of the content itself: any later reading is as good. */
const REPLACEABLE = ['filesize', 'mime', 'width', 'height', 'orientation'] as const;
/** Facts about a file, of which a photo may have several: the smallest wins, so that their order does not matter. */
const SMALLEST = ['ext', 'created_ts', 'modified_ts'] as const;
/** These belong together: one date must not be explained by the source of another. */
const SHOT = [
  'shot_ts',
  'shot_local',
  'shot_offset_min',
  'shot_offset_source',
  'shot_tz',
  'shot_ts_source',
  'shot_ts_precision',
  'shot_candidates',
  'shot_rules',
] as const;

/** The position in words: it stays and goes with the position. */
const PLACE = ['place_city', 'place_region', 'place_country', 'place_country_code', 'place_source'] as const;

const COLUMNS = [...ADDABLE, ...REPLACEABLE, ...SMALLEST, ...SHOT, ...PLACE, 'keywords'] as const;

/**
 * A new reading replaces the shot time, unless it did not look into the metadata that the stored one came from, or both are dates of
 * copies of the file, of which the earliest is nearest to the shot. One by other date rules replaces it even so.
 */
const NEW_SHOT_WINS = `(NOT (excluded.exif IS NULL AND photos.exif IS NOT NULL)
  AND (excluded.shot_rules IS DISTINCT FROM photos.shot_rules OR (excluded.shot_ts_source IS NOT NULL
    AND NOT (excluded.shot_ts_source LIKE 'file:%' AND photos.shot_ts_source LIKE 'file:%' AND photos.shot_local <= excluded.shot_local))))`;

/** A reading without a place in words leaves the stored one, unless that is the place of another position. */
const STORED_PLACE_STAYS = `(excluded.latitude IS NULL OR (excluded.place_source IS NULL
  AND (excluded.latitude, excluded.longitude) IS NOT DISTINCT FROM (photos.latitude, photos.longitude)))`;

const merged: Record<string, string> = {
  ...Object.fromEntries(ADDABLE.map((column) => [column, `coalesce(excluded.${column}, photos.${column})`])),
  ...Object.fromEntries(REPLACEABLE.map((column) => [column, `excluded.${column}`])),
  ...Object.fromEntries(SMALLEST.map((column) => [column, `least(excluded.${column}, photos.${column})`])),
  ...Object.fromEntries(
    SHOT.map((column) => [column, `CASE WHEN ${NEW_SHOT_WINS} THEN excluded.${column} ELSE photos.${column} END`]),
  ),
  ...Object.fromEntries(
    PLACE.map((column) => [column, `CASE WHEN ${STORED_PLACE_STAYS} THEN photos.${column} ELSE excluded.${column} END`]),
  ),
  keywords: `CASE WHEN excluded.keywords = '{}' THEN photos.keywords ELSE excluded.keywords END`,
};

const assignments = sql.raw(COLUMNS.map((column) => `${column} = ${merged[column]}`).join(', '));
const mergedRow = sql.raw(COLUMNS.map((column) => merged[column]).join(', '));
const storedRow = sql.raw(COLUMNS.map((column) => `photos.${column}`).join(', '));
const columns = sql.raw(COLUMNS.join(', '));

export interface UpsertedPhoto {
  photoId: string;
  change: 'created' | 'updated' | 'none';
}

/**
 * Inserts photos, or adds what is new to those of the same content. Locks their rows until the transaction ends, in the order of
 * their hashes, so that two programs saving the same photos wait for each other instead of deadlocking.
 */
export async function upsertPhotos(
  context: LibraryContext,
  photos: readonly PreparedPhoto[],
  runId: string | null,
): Promise<Map<string, UpsertedPhoto>> {
  const rows = photos.map((photo) => ({
    ...photo.columns,
    photo_id: newId(),
    library_id: context.libraryId,
    sha256: `\\x${photo.sha256}`,
    run_id: runId,
  }));
  const written = await sql<{ sha256: Uint8Array; created: boolean }>`
    INSERT INTO photos (photo_id, library_id, sha256, run_id, ${columns})
    SELECT photo_id, library_id, sha256, run_id, ${columns}
    FROM jsonb_populate_recordset(NULL::photos, ${JSON.stringify(rows)}::jsonb)
    ORDER BY sha256
    ON CONFLICT (library_id, sha256) DO UPDATE SET ${assignments}
      WHERE (${mergedRow}) IS DISTINCT FROM (${storedRow})
    RETURNING sha256, xmax = 0 AS created`.execute(context.db);
  const changes = new Map(written.rows.map((row) => [toHex(row.sha256), row.created ? 'created' : 'updated'] as const));
  const ids = await findPhotoIds(
    context,
    photos.map((photo) => photo.sha256),
  );
  return new Map(photos.map(({ sha256 }) => [sha256, { photoId: ids.get(sha256)!, change: changes.get(sha256) ?? 'none' }]));
}

/** Photo ids by content hash (hex); unknown hashes are absent. */
export async function findPhotoIds(context: LibraryContext, hashes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ photo_id: string; sha256: Uint8Array }>`
    SELECT photo_id, sha256 FROM photos
    WHERE library_id = ${context.libraryId}
      AND sha256 = ANY (SELECT decode(hash, 'hex') FROM unnest(${[...hashes]}::text[]) AS hash)`.execute(context.db);
  return new Map(rows.map((row) => [toHex(row.sha256), row.photo_id]));
}

/** Ids of the photos that have a RAW file of these hashes (hex) beside their picture. */
export async function findPhotoIdsOfRaw(context: LibraryContext, hashes: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ photo_id: string; sha256: Uint8Array }>`
    SELECT photo_id, sha256 FROM photo_files
    WHERE library_id = ${context.libraryId}
      AND sha256 = ANY (SELECT decode(hash, 'hex') FROM unnest(${[...hashes]}::text[]) AS hash)
    ORDER BY file_id DESC`.execute(context.db);
  return new Map(rows.map((row) => [toHex(row.sha256), row.photo_id]));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
