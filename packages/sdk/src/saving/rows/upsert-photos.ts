import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { savedColumns } from '../../schema/saved-columns.ts';
import { newId } from '../../values/new-id.ts';
import type { PreparedFile, PreparedPhoto } from './prepare-photo.ts';

const MERGED = {
  last: (name: string) => `excluded.${name}`,
  'last-known': (name: string) => `coalesce(excluded.${name}, photos.${name})`,
};
const merged = savedColumns.flatMap(({ name, fold }) =>
  fold === 'last' || fold === 'last-known' ? [{ name, value: MERGED[fold](name) }] : [],
);
const columns = sql.raw(savedColumns.map(({ name }) => name).join(', '));
const storedValues = sql.raw(merged.map(({ name }) => `photos.${name}`).join(', '));
const mergedValues = sql.raw(merged.map(({ value }) => value).join(', '));
const assignments = sql.raw(merged.map(({ name, value }) => `${name} = ${value}`).join(', '));

export interface UpsertedPhoto {
  photoId: string;
  change: 'created' | 'updated' | 'none';
}

/**
 * Inserts photos, or adds to those of the same content what is new of it; what their files say is for `derivePhotos`. Locks their rows until the transaction ends, in the order of
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
    path: photo.file && pathOf(photo.file),
    run_id: runId,
  }));
  const written = await sql<{ sha256: Uint8Array; created: boolean }>`
    INSERT INTO photos (photo_id, library_id, sha256, path, run_id, ${columns})
    SELECT photo_id, library_id, sha256, path, run_id, ${columns}
    FROM jsonb_populate_recordset(NULL::photos, ${JSON.stringify(rows)}::jsonb)
    ORDER BY sha256
    ON CONFLICT (library_id, sha256) DO UPDATE SET ${assignments}
      WHERE (${mergedValues}) IS DISTINCT FROM (${storedValues})
    RETURNING sha256, xmax = 0 AS created`.execute(context.db);
  const changes = new Map(written.rows.map((row) => [toHex(row.sha256), row.created ? 'created' : 'updated'] as const));
  const ids = await findPhotoIds(
    context,
    photos.map((photo) => photo.sha256),
  );
  return new Map(photos.map(({ sha256 }) => [sha256, { photoId: ids.get(sha256)!, change: changes.get(sha256) ?? 'none' }]));
}

/** As `refreshPhotos` finds it for a photo of this file alone: a new one then needs to be written only once. */
function pathOf({ root, path }: PreparedFile): string {
  return `${root.replace(/\/+$/, '')}/${path}`;
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
