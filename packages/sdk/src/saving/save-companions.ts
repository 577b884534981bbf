import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { CompanionFile, FileEntry } from '../model/index-photos.ts';
import { derivePhotos } from './readings/derive-photos.ts';
import { prepareFile } from './rows/prepare-photo.ts';
import { refreshPhotos } from './rows/refresh-photos.ts';
import { type FileOfPhoto, upsertFiles } from './rows/upsert-files.ts';

/** A companion, and the row of the file that was renamed to it. */
export interface TracedCompanion extends CompanionFile {
  movedFromFileId: string | null;
}

/** Files of the photo whose picture lies at a path. */
export interface CompanionsOfPicture {
  picture: FileEntry;
  companions: readonly TracedCompanion[];
}

/** Gives photos their RAW files and films. A RAW file that is a photo of its own stays that. */
export async function saveCompanions(
  context: LibraryContext,
  rootId: string,
  pictures: readonly CompanionsOfPicture[],
  runId: string | null,
): Promise<void> {
  const files: FileOfPhoto[] = [];
  for (const { picture, companions } of pictures) {
    const photoId = (await fileAt(context, rootId, picture.pathBytes))?.photo_id;
    if (photoId === undefined) continue;
    for (const { file, role, sha256, movedFromFileId } of companions) {
      const there = await fileAt(context, rootId, file.pathBytes);
      if (there?.kind === 'original' && there.photo_id !== photoId) continue;
      files.push({ photoId, file: prepareFile({ ...file, kind: role }), movedFromFileId, sha256 });
    }
  }
  if (files.length === 0) return;
  const { changed, displaced } = await upsertFiles(context, files, runId);
  await derivePhotos(context, [...changed, ...displaced]);
  await refreshPhotos(context, [...changed, ...displaced]);
}

async function fileAt(
  context: LibraryContext,
  rootId: string,
  pathBytes: Uint8Array,
): Promise<{ photo_id: string; kind: string } | undefined> {
  const { rows } = await sql<{ photo_id: string; kind: string }>`
    SELECT photo_id, kind FROM photo_files
    WHERE root_id = ${rootId} AND sha256(path_bytes) = sha256(${pathBytes}::bytea)`.execute(context.db);
  return rows[0];
}
