import type { Exiftool } from '../exiftool/exiftool.ts';
import type { LeftOutKind } from '../formats/left-out-kinds.ts';
import type { FileEntry, PhotoItem, ScanStage } from '../model/scanned-photo.ts';
import type { RgbPixels } from '../pixels/rgb-pixels.ts';
import type { ThumbnailCache } from '../pixels/thumbnail-cache.ts';
import type { DateRules } from '../shot-time/rules/date-rules.ts';

/** What is known of a file before it is read. */
export type Unchanged = boolean | 'unusable' | 'undecoded' | 'apart';

export interface ScanPhotosOptions {
  /** The folder to scan. */
  root: string;
  /** Read EXIF, XMP and IPTC; default true. Without, a photo has its size, its hashes and the time that its name or file tells. */
  exif?: boolean;
  /** Name the places of photos with a position; default true. */
  places?: boolean;
  /** A person's own rules for the shot time, of `readDateRules`. */
  dateRules?: DateRules;
  /** Files under way at one time; default: one more than there are cores, 5 to 8. */
  concurrency?: number;
  /**
   * Asked with each file before it is read; answer true for one whose size, time and inode are known, and nothing of it is read; `unusable` for one
   * that is known to be no photo, or a damaged one; `undecoded` for one whose picture was not seen for want of a decoder, and it is read where that is there
   * by now. With `companion`, whether it is known as a part of that picture's photo, or `apart`, as a photo of its own.
   */
  isUnchanged?: (file: FileEntry, companion?: { role: 'raw' | 'live'; picture: FileEntry }) => Unchanged | Promise<Unchanged>;
  /**
   * Asked with the hash of a file without sidecars; answer true for known content (a moved or copied file), and its pixels are not looked at.
   * A file with sidecars is read in full, because they may say something new of known content.
   */
  isKnownContent?: (sha256: Uint8Array) => boolean | Promise<boolean>;
  /**
   * Asked for the sha256 of a file that is unchanged, where its picture was seen: with `thumbnails`, those that are not in the cache are rendered. Answer
   * null for none.
   */
  contentOf?: (file: FileEntry) => Uint8Array | null;
  /**
   * Renders thumbnails of new photos into this cache while their pixels are at hand, with these longest sides in pixels; default: none, and 512.
   * Those that are there already are not rendered again.
   */
  thumbnails?: { cache: ThumbnailCache; sizes?: readonly number[] };
  /**
   * Given each photo whose file other decoders cannot read, before the scan reports it, with its upright pixels: HEIC, and RAW, of which it is the
   * preview and perhaps smaller than the photo. The scan waits for the answer, so that few pixels are in memory at one time, and takes them back then.
   */
  onPixels?: (item: PhotoItem, pixels: RgbPixels) => Promise<void>;
  /** Told how long each stage of each file took, waiting for its turn included. */
  onStage?: (stage: ScanStage, millis: number) => void;
  /** Scan these files alone: paths relative to the root, byte for byte. One that is not there is passed over. Default: all that the walk meets. */
  files?: readonly Uint8Array[];
  /** Scan this folder below the root alone: its path relative to the root, byte for byte. Files are still told relative to the root. */
  under?: Uint8Array;
  /**
   * exiftool, of `openExiftool`: films and the RAW formats that only it reads are photos, too. Default: they are left out, but for the film of a live
   * photo and the RAW file beside its picture.
   */
  exiftool?: Exiftool;
  /**
   * Told of each file that is there and is left out: a film or rare RAW file for want of `exiftool`, and what is no photo, with its kind and the command that
   * has such files read. Not of hidden files, caches, and the sidecars that are read with photos.
   */
  onLeftOut?: (file: FileEntry, kind: LeftOutKind) => void;
  /** Ends the scan; the iteration rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Their names. */
export const SCAN_OPTIONS: Readonly<Record<keyof ScanPhotosOptions, true>> = {
  root: true,
  exif: true,
  places: true,
  dateRules: true,
  concurrency: true,
  isUnchanged: true,
  isKnownContent: true,
  contentOf: true,
  thumbnails: true,
  onPixels: true,
  onStage: true,
  files: true,
  under: true,
  exiftool: true,
  onLeftOut: true,
  signal: true,
};
