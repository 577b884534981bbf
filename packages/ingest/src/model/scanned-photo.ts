import type { Place } from '../place/gazetteer.ts';
import type { IngestError, IngestErrorCode } from './ingest-error.ts';

/** A regular file met while walking a root. The path is kept as the bytes that the file system has; `path` is its rendering for people. */
export interface FileEntry {
  /** Absolute path of the root. */
  root: string;
  /** Relative to the root, with `/`; bytes that are not UTF-8 show as U+FFFD, so open files by `pathBytes`. */
  path: string;
  /** Relative to the root, byte for byte. NFC and NFD spellings stay different files. */
  pathBytes: Uint8Array;
  /** Bytes. */
  size: number;
  /** Last change in nanoseconds since 1970-01-01T00:00Z; out of `scanPhotos`, that of the newest of the file and its sidecars. */
  mtimeNs: bigint;
  inode: bigint;
  /** Last change of the content, name or rights in nanoseconds since 1970; out of `scanPhotos`, that of the newest of the file and its sidecars. */
  ctimeNs: bigint;
  /** 64 bits of size and change time; out of `scanPhotos`, of those of the sidecars, too, with their names. */
  fingerprint: bigint;
  /** Last change of the file itself. */
  modifiedAt: Date;
  /** Birth time, where the file system keeps one. */
  createdAt: Date | null;
}

/** How exact a shot time is. */
export type ShotTimePrecision = 'subsecond' | 'second' | 'minute' | 'day' | 'month' | 'year';

/**
 * What told the offset of a wall clock from UTC: a tag beside it, the GPS fix of the same moment, the zone at the position, the instant in a
 * Google Takeout, or a person's date rule.
 */
export type OffsetSource = 'tag' | 'gps' | 'zone' | 'takeout' | 'rule';

/**
 * Why a reading is not believed: it lies before the first photograph, after tomorrow, or before photos had GPS dates; it is an instant that stands for
 * none; it is what clocks show that were never set; or two independent sources agree on another day. The last two are chosen where nothing but the
 * time of the file is left.
 */
export type ShotTimeDoubt = 'before-photography' | 'in-the-future' | 'before-gps' | 'zero-time' | 'unset-clock' | 'outvoted';

/** One reading of when the photo was taken, before the choice between readings. */
export interface ShotTimeCandidate {
  /** Where it was read, e.g. `exif:DateTimeOriginal`, `xmp:photoshop:DateCreated`, `file:name`. */
  source: string;
  /** Wall clock, `YYYY-MM-DDTHH:mm:ss[.fff]`; null when only the instant is known. */
  local: string | null;
  /** Instant; null when no offset is known. */
  at: Date | null;
  /** Minutes east of UTC; null when unknown. */
  offsetMinutes: number | null;
  offsetSource: OffsetSource | null;
  /** Why it is not believed; absent where it is. */
  doubt?: ShotTimeDoubt;
}

/** When a photo was taken. Nothing is claimed that is not known: without an offset there is no instant. */
export interface ShotTime {
  /** The instant; null when no offset is known. */
  at: Date | null;
  /** What the clock on the wall showed, `YYYY-MM-DDTHH:mm:ss[.fff]`. */
  local: string | null;
  /** Minutes east of UTC at that moment. */
  offsetMinutes: number | null;
  offsetSource: OffsetSource | null;
  /** IANA zone of the place, known only from a GPS position or a date rule. The camera's clock may have been set to another. */
  zone: string | null;
  /** The candidate that won, e.g. `exif:DateTimeOriginal`. */
  source: string | null;
  precision: ShotTimePrecision | null;
  /**
   * Every usable reading, best first, those that are not believed behind; at the end those that date rules ignore, and those of a wrong clock as
   * they were.
   */
  candidates: ShotTimeCandidate[];
}

/** A face that a person or another program has marked in the photo. */
export interface FaceRegion {
  /** The name that was given; null for a face without one. */
  name: string | null;
  /** Pixels of the upright image. */
  box: { x: number; y: number; width: number; height: number };
  /** Which kind of metadata it was read from: Metadata Working Group or Microsoft. */
  source: 'mwg-rs' | 'mp';
  /** Name of the file that says so, in the photo's folder: the photo or its sidecar. */
  file: string;
  /** The program that wrote that file's metadata, as far as it says. */
  program: string | null;
  /** It was drawn on a picture of another size with the same ratio of sides: this one scaled, unless this is a part of it. */
  isScaled?: boolean;
}

/**
 * Why a named region has no place in the picture: its list was drawn on another one (cropped or turned since), it has no usable box, or two lists
 * contradict each other.
 */
export type UnplacedReason = 'other-picture' | 'no-box' | 'contradicted';

/** A person whom metadata names without a place in the picture: IPTC's "Person Shown in the Image". */
export interface PersonShown {
  name: string;
  /**
   * Where it is said: `Iptc4xmpExt:PersonInImage` (iptc), the JSON of a Google Takeout, a keyword below People or its like, or a face region that
   * cannot be placed (`mwg-rs`, `mp`).
   */
  source: 'iptc' | 'takeout' | 'keyword' | 'mwg-rs' | 'mp';
  /** Name of the file that says so, in the photo's folder: the photo, its sidecar, or the JSON. */
  file: string;
  /** Of a region. */
  reason?: UnplacedReason;
}

/** What the inside of a photo file says about it. Absent values are null. */
export interface PhotoMetadata {
  mime: string;
  /** The orientation 1..8 that the metadata states, for the record; `width`, `height` and thumbnails have it applied. */
  orientation: number;
  /** The orientation 1..8 that decoders give the stored picture: 1 where they obey none, as with HEIC that its container turns. */
  appliedOrientation: number;
  /** Pixels of the upright image; 0 where a damaged file does not say (`scanPhotos` refuses such a file). */
  width: number;
  /** Pixels of the upright image; 0 where a damaged file does not say. */
  height: number;
  shot: ShotTime;
  /** Degrees, WGS 84, north positive. */
  latitude: number | null;
  /** Degrees, WGS 84, east positive. */
  longitude: number | null;
  /** Metres above sea level. */
  altitude: number | null;
  /** Degrees clockwise from north that the camera looked to. */
  gpsDirection: number | null;
  /** Metres that the position may be off. */
  gpsAccuracy: number | null;
  /** The place of the position in words; null without a position, or when places are off. */
  place: Place | null;
  /** Seconds. */
  exposureTime: number | null;
  /** Focal length by aperture, the 2.8 of f/2.8. */
  fNumber: number | null;
  iso: number | null;
  /** Millimetres, of the lens itself. */
  focalLength: number | null;
  cameraMake: string | null;
  cameraModel: string | null;
  lens: string | null;
  title: string | null;
  caption: string | null;
  keywords: string[];
  /** Keywords of a hierarchy: their levels parted by `|`, the highest first, as `Places|Germany|Berlin`. */
  keywordPaths: string[];
  /** Who is in the picture, as far as nothing says where. */
  peopleShown: PersonShown[];
  /** 0..5, or -1 for rejected. */
  rating: number | null;
  /** null: a sidecar is there that cannot be read, and what it says of faces would count first. */
  faceRegions: FaceRegion[] | null;
  /** All readable tags by group, free of binary data and of text that a database refuses. */
  exif: Record<string, unknown> | null;
}

/** One path of a photo. */
export interface ScannedPhotoFile {
  root: string;
  path: string;
  pathBytes: Uint8Array;
  size: number;
  mtimeNs: bigint;
  inode: bigint;
  ctimeNs?: bigint;
  fingerprint?: bigint;
  kind?: 'original' | 'raw' | 'live' | 'sidecar';
}

/** A photo as it goes to the library: identity, metadata and what was computed from its pixels. */
export interface ScannedPhoto extends PhotoMetadata {
  sha256: Uint8Array;
  /** 64-bit perceptual hash; null where the pixels cannot be decoded here (HEVC without a decoder). */
  phash: bigint | null;
  /** Lower case, without the dot. */
  ext: string;
  /** Bytes. */
  filesize: number;
  createdAt: Date | null;
  modifiedAt: Date | null;
  /** ThumbHash bytes of the upright image; null where the pixels cannot be decoded here. */
  thumbhash: Uint8Array | null;
  /**
   * Why its picture is not seen, or not all of it: a code of {@link IngestError}, such as `IMAGE_TRUNCATED` where a part of it is left, or `DECODER_MISSING`
   * where there is no `phash` either; null where it is whole.
   */
  pictureError: IngestErrorCode | null;
  file: ScannedPhotoFile | null;
}

/** The place of something that could not be read far enough to have a size and a time. */
export interface FilePlace {
  root: string;
  path: string;
  pathBytes: Uint8Array;
}

/** A file that belongs to the photo beside it: its RAW file, or the film of a live photo. */
export interface CompanionFile {
  file: FileEntry;
  role: 'raw' | 'live';
  /** Hash of a RAW file; null for a film, which size and time tell well enough. */
  sha256: Uint8Array | null;
}

/** A photo that `scanPhotos` has read in full. */
export interface PhotoItem {
  kind: 'photo';
  file: FileEntry;
  photo: ScannedPhoto;
  /** Why its picture cannot be seen: HEIC or JPEG XL without its decoder, RAW without a preview, cut before the first pixel. Absent where it can. */
  unseen?: IngestError;
  /** Why what was seen is not all of its picture: it is damaged, or there are so many pixels that its thumbnail stands for it. Absent where it is whole. */
  damage?: IngestError;
  /** Files that belong to it and are not unchanged. */
  companions?: CompanionFile[];
}

/** What `scanPhotos` says of one file. */
export type ScanItem =
  | PhotoItem
  /** Known content: what this file says of it, without a look at its pixels; absent where metadata is not read. */
  | { kind: 'known'; file: FileEntry; sha256: Uint8Array; photo?: ScannedPhoto; companions?: CompanionFile[] }
  /** `unusable`: it was said to be known as no photo. `unseen`: why its picture is still not seen, where it was said to lack its decoder. */
  | { kind: 'unchanged'; file: FileEntry; unusable?: true; unseen?: IngestError; companions?: CompanionFile[] }
  | { kind: 'error'; file: FileEntry | FilePlace; stage: ScanStage; error: IngestError };

/** The step at which a file failed. */
export type ScanStage = 'walk' | 'hash' | 'metadata' | 'pixels';
