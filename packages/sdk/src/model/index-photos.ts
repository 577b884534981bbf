import type { FaceAnalyzerLike, RgbPixels } from './face-analyzer.ts';
import type { IndexPlanOptions } from './index-plan.ts';
import type { IngestFileError, LeftOutFiles } from './ingest-runs.ts';
import type { PhotoLibrary } from './photo-library.ts';
import type { PhotoPlace, PhotoToSave } from './photos.ts';

/** A file as the file system describes it. */
export interface FileEntry {
  /** Absolute folder of the scan. */
  root: string;
  path: string;
  pathBytes: Uint8Array;
  size: number;
  mtimeNs: bigint;
  inode: bigint;
  /** Last change of content, name or rights in nanoseconds since 1970, of the file and its sidecars. */
  ctimeNs?: bigint;
  /** 64 bits of the state of the file and its sidecars; left out: size, time and inode tell whether it changed. */
  fingerprint?: bigint;
  modifiedAt: Date;
  createdAt: Date | null;
}

/** What could not be looked at far enough to have a size. */
export type FilePlace = Pick<FileEntry, 'root' | 'path' | 'pathBytes'>;

/** A file that belongs to the photo beside it: its RAW file, or the film of a live photo. */
export interface CompanionFile {
  file: FileEntry;
  role: 'raw' | 'live';
  /** Of a RAW file, by which it is known when it moves. */
  sha256: Uint8Array | null;
}

/** A photo that was read in full. */
export interface PhotoItem {
  kind: 'photo';
  file: FileEntry;
  photo: PhotoToSave;
  /** Why the scanner cannot see its picture: no faces are looked for then. */
  unseen?: Error & { code?: string; retryable?: boolean; remedy?: string | null };
  /** Why what it saw is not all of the picture: the photo is saved, and this beside it as an error. Faces are looked for in the pixels that it gives. */
  damage?: Error & { code?: string; retryable?: boolean };
  /** Files that belong to it and are new or changed. */
  companions?: CompanionFile[];
}

export type ScanItem =
  | PhotoItem
  /** The content is known already: only where it lies is new, and what the file there says beside it. */
  | { kind: 'known'; file: FileEntry; sha256: Uint8Array; photo?: PhotoToSave; companions?: CompanionFile[] }
  /** `unseen`: why its picture is still not seen. */
  | {
      kind: 'unchanged';
      file: FileEntry;
      unseen?: Error & { code?: string; remedy?: string | null };
      companions?: CompanionFile[];
    }
  /** A file, or at stage `walk` perhaps a folder, that could not be read. */
  | { kind: 'error'; file: FileEntry | FilePlace; stage: string; error: Error & { code?: string; retryable?: boolean } };

/** What is known of a file before it is read. */
export type Unchanged = boolean | 'unusable' | 'undecoded' | 'apart';

export type ScanPhotos = (options: {
  root: string;
  exif?: boolean;
  places?: boolean;
  dateRules?: object;
  concurrency?: number;
  /**
   * Asked before a file is read: true when nothing is to be done for it, `unusable` when that is because it is no photo or a damaged one, `undecoded`
   * when nothing is to be done unless the scanner sees its picture by now. With `companion`, whether it is known as that part of the picture's photo, or
   * `apart`, as a photo of its own.
   */
  isUnchanged?: (file: FileEntry, companion?: { role: 'raw' | 'live'; picture: FileEntry }) => Unchanged | Promise<Unchanged>;
  isKnownContent?: (sha256: Uint8Array) => boolean | Promise<boolean>;
  /** Asked for the sha256 of a file that is unchanged and whose picture was seen: its thumbnails may be missing. */
  contentOf?: (file: FileEntry) => Uint8Array | null;
  /** Look at these files alone: paths relative to the root, byte for byte. */
  files?: readonly Uint8Array[];
  /** Look into this folder alone: its path relative to the root, byte for byte; files are still told relative to the root. */
  under?: Uint8Array;
  /**
   * Called with a photo whose file an analyzer could not decode, and its upright pixels, perhaps of a smaller picture of it, before the item is
   * reported; the scanner waits for the answer.
   */
  onPixels?: (item: PhotoItem, pixels: RgbPixels) => Promise<void>;
  /** Called with a file that is there but is left out: it is no photo, or this scanner lacks what reads it. */
  onLeftOut?: (file: FileEntry, kind?: { kind: string; remedy: string | null }) => void;
  /** Called with how long each stage of a file took. */
  onStage?: (stage: string, millis: number) => void;
  signal?: AbortSignal;
}) => AsyncIterable<ScanItem>;

/**
 * What names the places of positions; `openGazetteer` of @photoorg/ingest gives one.
 *
 * @example
 * ```ts
 * const home: GazetteerLike = {
 *   source: 'home-1',
 *   placeAt(latitude, longitude) {
 *     const city = Math.hypot(latitude - 52.52, longitude - 13.405) < 0.3 ? 'Berlin' : null;
 *     return { city, region: null, country: null, countryCode: null, source: 'home-1' };
 *   },
 * };
 * await indexPhotos({ library, root: '/photos', scanPhotos, gazetteer: home });
 * ```
 */
export interface GazetteerLike {
  /** The data behind it: photos whose place another data named are named again. */
  readonly source: string;
  placeAt(latitude: number, longitude: number): PhotoPlace;
}

/**
 * A gazetteer that takes its time to open, and is opened only when there is a place to name; `findGazetteer` of @photoorg/ingest gives one.
 *
 * @example
 * ```ts
 * const gazetteer: FoundGazetteerLike = await findGazetteer();
 * await indexPhotos({ library, root: '/photos', scanPhotos, gazetteer });
 * ```
 */
export interface FoundGazetteerLike {
  readonly source: string;
  open(): Promise<GazetteerLike>;
}

export interface IndexPhotosOptions extends IndexPlanOptions {
  library: PhotoLibrary;
  /**
   * Folder of photos. Nothing in it is ever written, moved or deleted. One inside a folder that was indexed before is indexed as a part of
   * that, and one around it takes it in: no file is stored twice.
   */
  root: string;
  /** `scanPhotos` of @photoorg/ingest, or anything of its shape. */
  scanPhotos: ScanPhotos;
  /**
   * Index these files alone: paths relative to the root, byte for byte. A file that was moved is still told from a new one, but nothing is found to be
   * missing. Default: all that the scan meets.
   */
  files?: readonly Uint8Array[];
  /** Without it, faces are not looked for. */
  analyzer?: FaceAnalyzerLike;
  /** `countPhotos` of @photoorg/ingest: gives the progress its total and its ETA. Runs beside the scan. */
  countPhotos?: (options: { root: string; signal?: AbortSignal }) => Promise<number>;
  /** Names, from their stored positions, the places of photos that an earlier run left without. No file is read for it. */
  gazetteer?: GazetteerLike | FoundGazetteerLike;
  /** Do everything but write. */
  dryRun?: boolean;
  /** Try again what failed before, though it has not changed since. Default false: only failures that may pass by themselves. */
  retryFailed?: boolean;
  /** Read files again that have not changed: all, or those in this folder, or this file; a path is relative to the root. Default false. */
  reread?: boolean | string;
  /** Files under way at one time, in scanning and in the search for faces each. Default: one more than there are cores, at least 5. */
  concurrency?: number;
  /** Photos saved in one transaction. Default 32. */
  batchSize?: number;
  /** Stops cleanly: what is done is saved, and the next run goes on from there. */
  signal?: AbortSignal;
  onProgress?: (progress: IndexProgress) => void;
  onFileError?: (error: IngestFileError) => void;
  /** Versions of the programs at work, kept with the run. */
  versions?: Record<string, string>;
}

export interface IndexProgress {
  /** Files looked at so far: the sum of the next six. */
  seen: number;
  /** New photos. */
  created: number;
  /** Known photos with a new file, new metadata or newly found faces. */
  updated: number;
  /** Known photos whose file was renamed or moved. */
  moved: number;
  unchanged: number;
  failed: number;
  /** Files that failed in an earlier run and have not changed since: left alone. */
  failedBefore: number;
  /** Of the photos counted above, those whose picture is damaged, or not to be seen for another reason that lies in the file; each is an error, too. */
  damaged: number;
  /** Files there are to look at; null until they are counted. */
  total: number | null;
  /** Faces found. */
  faces: number;
  elapsedMillis: number;
  filesPerSecond: number;
  etaMillis: number | null;
}

export interface IndexPhotosResult extends IndexProgress {
  /** null for a dry run, which leaves no trace. */
  runId: string | null;
  interrupted: boolean;
  /** The indexed folder that the root is a part of; null when it is one itself. */
  partOf: string | null;
  /** Files that are there and are not taken as photos, by kind, most first: films, other pictures, archives. Sidecars are read with photos. */
  leftOut: LeftOutFiles[];
  /** Photos, counted above, whose picture is not seen for want of a decoder, by kind, with the command that installs it. */
  undecoded: LeftOutFiles[];
  /** Known files that are gone and are now marked as missing. */
  missing: number;
  /** Why vanished files were not marked as missing; null when they were, or when there were none. */
  missingNotMarked: {
    /** `root-empty`: none of its files is there; `other-file-system`: the root, or a folder in it, is not the one that was indexed. */
    reason: 'root-empty' | 'other-file-system' | 'too-many-vanished';
    vanished: number;
    known: number;
    remedy: string;
  } | null;
}
