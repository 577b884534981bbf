import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { PreparedPhoto } from '../rows/prepare-photo.ts';
import { factsOf, pictureFacts } from './picture-facts.ts';
import { likenessOf, type PictureFacts, showSame } from './same-picture.ts';

/** A file that holds another state of a photo about to be saved. */
export interface SameFrame {
  readonly fileId: string;
  readonly pathBytes: Uint8Array;
  /** Whether nothing can be seen to differ. */
  readonly showsSame: boolean;
}

/** A moment that more files than these share is no camera's: scanners and archives date a whole album at once. */
const MOST_FILES_OF_A_MOMENT = 20;

/**
 * Files of a root whose photos show the same frame as one about to be saved, taken by the same camera at the same moment, those that show the very
 * same first. None where the photo does not tell its moment and its camera: nothing else connects two contents at two paths. A camera that counts whole
 * seconds takes several of one look in each, so of its photos only those that show the very same.
 */
export async function findSameFrames(context: LibraryContext, rootId: string, photo: PreparedPhoto): Promise<SameFrame[]> {
  const facts = factsOf(photo);
  const { shot_local, shot_ts_precision } = photo.columns;
  if (facts.shotSeconds === null || facts.camera === null) return [];
  const { rows } = await sql<PictureFacts & Omit<SameFrame, 'showsSame'>>`
    SELECT file.file_id AS "fileId", file.path_bytes AS "pathBytes", ${pictureFacts}
    FROM photos photo JOIN photo_files file USING (photo_id)
    WHERE photo.library_id = ${context.libraryId} AND photo.sort_ts = ${shot_local}::timestamp
      AND photo.sha256 <> decode(${photo.sha256}, 'hex') AND file.root_id = ${rootId} AND file.kind = 'original'
    LIMIT ${MOST_FILES_OF_A_MOMENT + 1}`.execute(context.db);
  if (rows.length > MOST_FILES_OF_A_MOMENT) return [];
  return rows
    .filter((row) => row.camera === facts.camera && row.shotSeconds !== null && likenessOf(row, facts) === 'frame')
    .map(({ fileId, pathBytes, ...earlier }) => ({ fileId, pathBytes, showsSame: showSame(earlier, facts) }))
    .filter(({ showsSame }) => showsSame || shot_ts_precision === 'subsecond')
    .toSorted((a, b) => Number(b.showsSame) - Number(a.showsSame) || (a.fileId < b.fileId ? -1 : 1));
}
