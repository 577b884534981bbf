import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { byteaLiteral } from '../values/bytea-literal.ts';
import type { PreparedPhoto } from './rows/prepare-photo.ts';
import { replaceContent } from './rows/replace-content.ts';

/** A picture that comes with RAW files of its name. */
export interface PictureOfRaw {
  rootId: string;
  rawPaths: readonly Uint8Array[];
  photo: PreparedPhoto;
}

/**
 * Makes photos known by their RAW file alone those of a picture that has come beside it: the photo stays, with its faces, labels and history, and
 * has the picture's content from now on. Not where the library holds the picture's content already: two photos that both have a history stay two.
 */
export async function adoptRawPhotos(context: LibraryContext, pictures: readonly PictureOfRaw[]): Promise<void> {
  const pairs = pictures.flatMap(({ rootId, rawPaths, photo }) =>
    rawPaths.map((pathBytes) => ({
      root_id: rootId,
      path_bytes: byteaLiteral(pathBytes),
      sha256: `\\x${photo.sha256}`,
    })),
  );
  if (pairs.length === 0) return;
  const pictureOf = new Map(pictures.map(({ photo }) => [photo.sha256, photo]));
  // Of several RAW files one gives its photo; of several pictures of one content the first by its RAW file takes it.
  const { rows } = await sql<{ photo_id: string; sha256: string; width: number; height: number }>`
    WITH raw AS (
      SELECT DISTINCT ON (pair.sha256) file.file_id, photo.photo_id, photo.sha256 AS raw_sha256, photo.width, photo.height, pair.sha256
      FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) AS pair (root_id uuid, path_bytes bytea, sha256 bytea)
        JOIN photo_files file ON file.root_id = pair.root_id AND sha256(file.path_bytes) = sha256(pair.path_bytes)
        JOIN photos photo USING (photo_id)
      WHERE file.kind = 'original'
        AND NOT EXISTS (SELECT FROM photo_files other
          WHERE other.photo_id = photo.photo_id AND other.file_id <> file.file_id AND other.missing_since IS NULL)
        AND NOT EXISTS (SELECT FROM photos taken WHERE taken.library_id = ${context.libraryId} AND taken.sha256 = pair.sha256)
      ORDER BY pair.sha256, file.path_bytes
    ), file AS (
      UPDATE photo_files SET kind = 'raw', sha256 = raw.raw_sha256 FROM raw WHERE photo_files.file_id = raw.file_id
    )
    SELECT DISTINCT ON (photo_id) photo_id, encode(sha256, 'hex') AS sha256, width, height FROM raw ORDER BY photo_id, sha256`.execute(
    context.db,
  );
  for (const { photo_id, sha256, ...size } of rows) await replaceContent(context, photo_id, size, pictureOf.get(sha256)!);
}
