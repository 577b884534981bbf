import type { PreparedFile, PreparedPhoto } from './prepare-photo.ts';

export interface PhotoToStore {
  photo: PreparedPhoto;
  movedFromFileId?: string | null;
}

/** A file whose content the library holds already. */
export interface KnownFileToStore {
  sha256: string;
  file: PreparedFile;
  movedFromFileId?: string | null;
}
