import type { FaceBox } from './face-box.ts';
import type { PhotoLibrary } from './photo-library.ts';

/** What writes regions beside photos; `writeFaceRegions` of @photoorg/ingest. */
export type WriteFaceRegions = (
  photo: string | Buffer,
  options: {
    regions: readonly { name: string; box: FaceBox; replaces: { name: string; box: FaceBox } | null }[];
    removed: readonly { name: string; box: FaceBox }[];
    /** People in the picture without a place in it, and such names that are to go. */
    people?: readonly string[];
    removedPeople?: readonly string[];
    keywords?: boolean;
    indexedMtimeNs?: bigint;
    dryRun?: boolean;
    signal?: AbortSignal;
  },
) => Promise<{ status: 'created' | 'updated' | 'unchanged'; sidecar: string; mtimeNs: bigint; boxes: FaceBox[] }>;

export interface ExportRegionsOptions {
  library: PhotoLibrary;
  writeFaceRegions: WriteFaceRegions;
  /** Photos to export; without these and `personId`, every photo with names. */
  photoIds?: readonly string[];
  /** Photos on which this person is. */
  personId?: string;
  /** Add the names to the keywords, too. Default false. */
  keywords?: boolean;
  /** Do everything but write. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

/** What became of one file of a photo. */
export interface ExportedRegions {
  photoId: string;
  /** The photo's file, for people. */
  path: string;
  /** `would-create` and `would-update` with `dryRun`, which does neither. */
  status: 'created' | 'updated' | 'would-create' | 'would-update' | 'unchanged' | 'failed';
  sidecar: string | null;
  /** Names in the sidecar that come from the library. */
  names: string[];
  /** Why nothing was written; null unless `failed`. */
  error: (Error & { code?: string }) | null;
}
