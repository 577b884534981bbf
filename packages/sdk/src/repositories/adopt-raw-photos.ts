import { sql } from 'kysely';
import type { LibraryContext } from '../library-context.ts';
import type { PreparedPhoto } from './prepare-photo.ts';
import { scaleFaces } from './scale-faces.ts';

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
  for (const { rootId, rawPaths, photo } of pictures) {
    for (const pathBytes of rawPaths) {
      const { rows } = await sql<{ photo_id: string; width: number; height: number }>`
        WITH raw AS (
          SELECT file.file_id, photo.photo_id, photo.sha256, photo.width, photo.height
          FROM photo_files file JOIN photos photo USING (photo_id)
          WHERE file.root_id = ${rootId} AND sha256(file.path_bytes) = sha256(${pathBytes}::bytea) AND file.kind = 'original'
            AND NOT EXISTS (SELECT FROM photo_files other
              WHERE other.photo_id = photo.photo_id AND other.file_id <> file.file_id AND other.missing_since IS NULL)
            AND NOT EXISTS (SELECT FROM photos taken
              WHERE taken.library_id = ${context.libraryId} AND taken.sha256 = decode(${photo.sha256}, 'hex'))
        ), file AS (
          UPDATE photo_files SET kind = 'raw', sha256 = raw.sha256 FROM raw WHERE photo_files.file_id = raw.file_id
        )
        UPDATE photos SET sha256 = decode(${photo.sha256}, 'hex'), ext = ${photo.columns.ext as string}
        FROM raw WHERE photos.photo_id = raw.photo_id
        RETURNING raw.photo_id, raw.width, raw.height`.execute(context.db);
      for (const { photo_id, ...size } of rows) await scaleFaces(context, photo_id, size, photo);
    }
  }
}
