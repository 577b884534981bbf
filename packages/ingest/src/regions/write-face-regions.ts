import { Buffer } from 'node:buffer';
import { stat } from 'node:fs/promises';
import type { Exiftool } from '../exiftool/exiftool.ts';
import { displayPath, type PhotoPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import { IngestError } from '../model/ingest-error.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import type { PhotoMetadata } from '../model/scanned-photo.ts';
import { readXmp } from '../tags/read-xmp.ts';
import type { RegionEdit } from './edit-regions.ts';
import { editSidecar } from './edit-sidecar.ts';
import type { RegionBox } from './upright-share.ts';
import { readSidecar, type SidecarVersion, writeSidecar } from './write-sidecar.ts';

export interface WriteFaceRegionsOptions extends Omit<RegionEdit, 'keywords'> {
  /** Add the names to the keywords, too. Default false. */
  keywords?: boolean;
  /**
   * When photo and sidecars were last indexed, in nanoseconds since 1970: the time of the newest of them. A later change is refused, because nobody
   * has read yet what it says.
   */
  indexedMtimeNs?: bigint;
  /** Do everything but write. */
  dryRun?: boolean;
  /**
   * exiftool, of `openExiftool`: for photos that only it reads, and for sidecars that are too large or not well-formed enough for ingest's own editor.
   * Default: those are refused.
   */
  exiftool?: Exiftool;
  signal?: AbortSignal;
}

const WRITE_OPTIONS = {
  regions: true,
  removed: true,
  people: true,
  removedPeople: true,
  keywords: true,
  indexedMtimeNs: true,
  dryRun: true,
  exiftool: true,
  signal: true,
} as const;

export interface WrittenFaceRegions {
  status: 'created' | 'updated' | 'unchanged';
  /** For people. */
  sidecar: string;
  /** Of the newest of the photo and its sidecars, as a scan will see it; of a dry run, as it is now. */
  mtimeNs: bigint;
  /** Where each region stands: as given, or as the program drew it whose region was renamed. */
  boxes: RegionBox[];
}

/**
 * Names faces in the sidecar of a photo, `x.jpg.xmp`, or in an `x.xmp` that names faces already: as MWG and Microsoft regions and as people in the
 * image. A new sidecar is made where there is none; in one that exists, everything else stays as it is. The photo itself is only read.
 *
 * @throws {IngestError} `SIDECAR_UNREADABLE`, `SIDECAR_CHANGED`, `SIDECAR_NOT_WRITABLE`, and as `readPhotoMetadata`
 * @example
 * ```ts
 * const box = { x: 630, y: 254, width: 268, height: 268 };
 * const { sidecar } = await writeFaceRegions('holiday.jpg', { regions: [{ name: 'Ada', box, replaces: null }], removed: [] });
 * ```
 */
export async function writeFaceRegions(photo: PhotoPath, options: WriteFaceRegionsOptions): Promise<WrittenFaceRegions> {
  refuseUnknown('writeFaceRegions', options, WRITE_OPTIONS);
  const { regions, removed, people, removedPeople, keywords = false, dryRun = false, exiftool, signal } = options;
  // 1. What is there, and is it what the caller knows?
  const path = Buffer.from(photo);
  const sidecar = await chooseSidecar(path);
  const photoMtimeNs = await mtimeOf(path);
  const mtimeNs = newest(sidecar.mtimeNs, photoMtimeNs);
  if (options.indexedMtimeNs !== undefined && mtimeNs > options.indexedMtimeNs) throw changed(sidecar.path);

  // 2. The picture that regions are drawn on.
  const { metadata } = await readMetadata({ file: path, exif: keywords }, { exiftool, places: false, signal });

  // 3. The edit.
  const edit = { regions, removed, people, removedPeople, keywords: keywords ? metadata.keywords : null };
  const edited = await editSidecar(sidecar.bytes, edit, frameOf(metadata), { exiftool, signal });
  if (edited === null) throw damaged(sidecar.path);
  const { boxes, bytes } = edited;
  const name = displayPath(sidecar.path);
  if (bytes === null) return { status: 'unchanged', sidecar: name, mtimeNs, boxes };

  // 4. The write.
  const status = sidecar.bytes === null ? 'created' : 'updated';
  if (dryRun) return { status, sidecar: name, mtimeNs, boxes };
  signal?.throwIfAborted();
  const written = await writeSidecar(sidecar, bytes);
  return { status, sidecar: name, mtimeNs: newest(written, mtimeNs), boxes };
}

/** `x.jpg.xmp`, unless only `x.xmp` names faces: a scan asks the first that does. */
async function chooseSidecar(photo: Buffer): Promise<SidecarVersion> {
  const dot = photo.lastIndexOf('.');
  const stem = dot > photo.lastIndexOf('/') ? photo.subarray(0, dot) : photo;
  const own = await readFirst([Buffer.concat([photo, Buffer.from('.xmp')]), Buffer.concat([photo, Buffer.from('.XMP')])]);
  if (own.bytes !== null) return own;
  const shared = await readFirst([Buffer.concat([stem, Buffer.from('.xmp')]), Buffer.concat([stem, Buffer.from('.XMP')])]);
  const xmp = shared.bytes === null ? {} : readXmp(shared.bytes);
  return 'mwg-rs:Regions' in xmp || 'MP:RegionInfo' in xmp ? shared : own;
}

/** The first of the paths that exists; the first one when none does. */
async function readFirst(paths: readonly Buffer[]): Promise<SidecarVersion> {
  const versions = await Promise.all(paths.map(readSidecar));
  return versions.find(({ bytes }) => bytes !== null) ?? versions[0]!;
}

async function mtimeOf(path: Buffer): Promise<bigint> {
  const { mtimeNs } = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return mtimeNs;
}

function newest(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

function frameOf({ width, height, appliedOrientation }: Pick<PhotoMetadata, 'width' | 'height' | 'appliedOrientation'>) {
  const [storedWidth, storedHeight] = appliedOrientation >= 5 ? [height, width] : [width, height];
  return { storedWidth, storedHeight, orientation: appliedOrientation };
}

function changed(path: Buffer): IngestError {
  return new IngestError(
    'SIDECAR_CHANGED',
    `The photo or ${displayPath(path)} was changed since it was indexed; nothing was written.`,
    { remedy: 'Index the folder and export again.' },
  );
}

function damaged(path: Buffer): IngestError {
  return new IngestError(
    'SIDECAR_UNREADABLE',
    `${displayPath(path)} is no XMP that can be edited without losing what it holds, or its regions were drawn on another picture than this one.`,
    { remedy: 'Repair it or move it away, and export again; damaged ones can sometimes be edited with exiftool.' },
  );
}
