import type { PreparedColumns, PreparedFile, PreparedPhoto } from './prepare-photo.ts';

export interface PhotoToStore {
  photo: PreparedPhoto;
  /** Faces that its file names; null or left out: not read. */
  namedRegions?: readonly object[] | null;
  movedFromFileId?: string | null;
}

/** A file whose content the library holds already. */
export interface KnownFileToStore {
  sha256: string;
  file: PreparedFile;
  /** What it says; null when it was not read. */
  columns: PreparedColumns | null;
  /** Faces that it names; null or left out: not read. */
  namedRegions?: readonly object[] | null;
  movedFromFileId?: string | null;
}
