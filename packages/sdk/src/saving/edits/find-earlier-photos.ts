import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { byteaLiteral } from '../../values/bytea-literal.ts';
import type { PhotoToStore } from '../rows/photo-to-store.ts';
import { findRoot } from '../rows/save-roots.ts';
import { factsOf, pictureFacts } from './picture-facts.ts';
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
  /** The file that holds it, at the path of the photo about to be saved or moved there; null when that is known from the past. */
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
 * The photos of which those about to be saved are later states, or earlier ones that have come back: what lies at their paths or was moved
 * there, what lay there when they were first seen, and what had their content before it was edited.
 */
export async function findEarlierPhotos(context: LibraryContext, photos: readonly PhotoToStore[]): Promise<EarlierPhoto[]> {
  const places = await placesOf(context, photos);
  const { rows } = await sql<Row>`
    WITH RECURSIVE incoming AS (
      SELECT place.*, decode(hash, 'hex') AS sha256
      FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS place (index int, root_id uuid, path_bytes bytea, moved_from uuid, hash text)
    ), held AS (
      SELECT index, incoming.sha256, photo_id, file_id, kind
      FROM incoming JOIN photo_files file ON file.root_id = incoming.root_id AND sha256(file.path_bytes) = sha256(incoming.path_bytes)
      UNION ALL
      SELECT index, incoming.sha256, photo_id, file_id, kind FROM incoming JOIN photo_files file ON file.file_id = incoming.moved_from
    ), direct AS (
      SELECT index, photo_id, file_id, false AS is_former,
        NOT EXISTS (SELECT FROM photos taken WHERE taken.library_id = ${context.libraryId} AND taken.sha256 = held.sha256)
        AND NOT EXISTS (SELECT FROM photo_files other WHERE other.photo_id = held.photo_id AND other.file_id <> held.file_id
          AND other.kind = 'original' AND other.missing_since IS NULL) AS is_free
      FROM held WHERE kind = 'original'
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
      is_former AS "isFormerContent", encode(photo.sha256, 'hex') AS sha256, ${pictureFacts}
    FROM earlier JOIN incoming USING (index) JOIN photos photo USING (photo_id)
    WHERE photo.sha256 <> incoming.sha256
    ORDER BY index, photo_id, is_free DESC, file_id`.execute(context.db);
  return rows.flatMap((row) => {
    const likeness = row.isFormerContent ? 'shot' : likenessOf(row, factsOf(photos[row.index]!.photo));
    return likeness === null ? [] : [{ ...row, likeness }];
  });
}

async function placesOf(context: LibraryContext, photos: readonly PhotoToStore[]): Promise<object[]> {
  const roots = new Map<string, string | null>();
  for (const {
    photo: { file },
  } of photos) {
    if (file && !roots.has(file.root)) roots.set(file.root, await findRoot(context, file.root));
  }
  return photos.map(({ photo: { sha256, file }, movedFromFileId }, index) => ({
    index,
    root_id: file && roots.get(file.root)!,
    path_bytes: file && byteaLiteral(file.pathBytes),
    moved_from: movedFromFileId,
    hash: sha256,
  }));
}
