import { sql } from 'kysely';
import type { LibraryContext } from '../library-context.ts';
import { byteaLiteral, type PreparedPhoto } from '../repositories/prepare-photo.ts';
import { findRoot } from '../repositories/save-roots.ts';
import { type Likeness, likenessOf, type PictureFacts } from './same-picture.ts';

/** A photo that is another state of one about to be saved. */
export interface EarlierPhoto {
  /** Place in the batch of the photo about to be saved. */
  readonly index: number;
  readonly photoId: string;
  /** Of its content, hex. */
  readonly sha256: string;
  readonly likeness: Exclude<Likeness, null>;
  readonly width: number;
  readonly height: number;
  /** The file that holds it, at the path of the photo about to be saved; null when that is known from the past. */
  readonly fileId: string | null;
  /** Whether no other file holds it, and no photo the new content: it can go on with that. */
  readonly isFree: boolean;
}

interface Row extends PictureFacts {
  index: number;
  photoId: string;
  sha256: string;
  fileId: string | null;
  isFree: boolean;
  isFormerContent: boolean;
}

/**
 * The photos of which those about to be saved are later states, or earlier ones that have come back: what lies at their paths, what lay
 * there when they were first seen, and what had their content before it was edited.
 */
export async function findEarlierPhotos(context: LibraryContext, photos: readonly PreparedPhoto[]): Promise<EarlierPhoto[]> {
  const places = await placesOf(context, photos);
  const { rows } = await sql<Row>`
    WITH RECURSIVE incoming AS (
      SELECT place.*, decode(hash, 'hex') AS sha256
      FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS place (index int, root_id uuid, path_bytes bytea, hash text)
    ), direct AS (
      SELECT index, file.photo_id, file.file_id, false AS is_former,
        NOT EXISTS (SELECT FROM photos taken WHERE taken.library_id = ${context.libraryId} AND taken.sha256 = incoming.sha256)
        AND NOT EXISTS (SELECT FROM photo_files other WHERE other.photo_id = file.photo_id AND other.file_id <> file.file_id
          AND other.kind = 'original' AND other.missing_since IS NULL) AS is_free
      FROM incoming JOIN photo_files file
        ON file.root_id = incoming.root_id AND sha256(file.path_bytes) = sha256(incoming.path_bytes) AND file.kind = 'original'
      UNION ALL
      SELECT index, event.other_photo_id, NULL, false, false
      FROM incoming JOIN photos photo ON photo.library_id = ${context.libraryId} AND photo.sha256 = incoming.sha256
        JOIN file_events event ON event.photo_id = photo.photo_id AND event.kind IN ('edited', 'replaced')
      WHERE event.other_photo_id IS NOT NULL
      UNION ALL
      SELECT index, event.photo_id, NULL, true, false
      FROM incoming JOIN file_events event
        ON event.library_id = ${context.libraryId} AND event.former_sha256 = incoming.sha256
    ), earlier AS (
      SELECT * FROM direct
      UNION
      SELECT index, event.other_photo_id, NULL, false, false
      FROM earlier JOIN file_events event ON event.photo_id = earlier.photo_id AND event.kind IN ('edited', 'replaced')
      WHERE event.other_photo_id IS NOT NULL
    )
    SELECT DISTINCT ON (index, photo_id) index, photo_id AS "photoId", file_id AS "fileId", is_free AS "isFree",
      is_former AS "isFormerContent", encode(photo.sha256, 'hex') AS sha256, phash::text AS phash, encode(thumbhash, 'hex') AS thumbhash, width, height,
      nullif(concat_ws(' ', camera_make, camera_model), '') AS camera,
      CASE WHEN shot_ts_precision IN ('second', 'subsecond') AND shot_ts_source NOT LIKE 'file:%'
        THEN floor(extract(epoch FROM shot_local))::float8 END AS "shotSeconds"
    FROM earlier JOIN incoming USING (index) JOIN photos photo USING (photo_id)
    WHERE photo.sha256 <> incoming.sha256
    ORDER BY index, photo_id, is_free DESC, file_id`.execute(context.db);
  return rows.flatMap((row) => {
    const likeness = row.isFormerContent ? 'shot' : likenessOf(row, factsOf(photos[row.index]!));
    return likeness === null ? [] : [{ ...row, likeness }];
  });
}

async function placesOf(context: LibraryContext, photos: readonly PreparedPhoto[]): Promise<object[]> {
  const roots = new Map<string, string | null>();
  for (const { file } of photos) {
    if (file && !roots.has(file.root)) roots.set(file.root, await findRoot(context, file.root));
  }
  return photos.map(({ sha256, file }, index) => ({
    index,
    root_id: file && roots.get(file.root)!,
    path_bytes: file && byteaLiteral(file.pathBytes),
    hash: sha256,
  }));
}

const CAMERA_PRECISIONS: readonly unknown[] = ['second', 'subsecond'];

function factsOf({ columns, width, height }: PreparedPhoto): PictureFacts {
  const { phash, thumbhash, camera_make, camera_model, shot_local, shot_ts_source, shot_ts_precision } = columns as Record<
    string,
    string | null
  >;
  const isOfCamera = CAMERA_PRECISIONS.includes(shot_ts_precision) && shot_ts_source?.startsWith('file:') === false;
  return {
    phash: phash ?? null,
    thumbhash: thumbhash?.slice('\\x'.length) ?? null,
    width,
    height,
    camera: [camera_make, camera_model].filter((part) => part != null).join(' ') || null,
    shotSeconds: isOfCamera && shot_local != null ? Math.floor(Date.parse(`${shot_local}Z`) / MILLIS) : null,
  };
}

const MILLIS = 1_000;
