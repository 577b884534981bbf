import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { hashFile } from './files/hash-file.ts';
import { absolutePath } from './files/photo-path.ts';
import { unreadable } from './files/unreadable.ts';
import { walkWithSiblings } from './files/walk-files.ts';
import { mapInOrder } from './flow/map-in-order.ts';
import { extensionOf, hasPhotoExtension } from './formats/sniff-format.ts';
import { IngestError } from './ingest-error.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { readMetadataInPool } from './metadata-pool.ts';
import { decodePreview } from './pixels/image-preview.ts';
import { perceptualHashOf } from './pixels/perceptual-hash.ts';
import { placeholderOf } from './pixels/placeholder.ts';
import type { FileEntry, PhotoMetadata, ScanItem, ScannedPhoto, ScanStage } from './scanned-photo.ts';
import { hasSidecars } from './sidecars/find-sidecars.ts';
import { type PhotoWithSidecars, withSidecars } from './sidecars/with-sidecars.ts';

/** Files under way at one time. Hashing and decoding take turns on disk and cores; more than 8 only fill memory. */
const DEFAULT_CONCURRENCY = Math.min(8, availableParallelism() + 1);

export interface ScanPhotosOptions {
  /** The folder to scan. */
  root: string;
  /** Read EXIF, XMP and IPTC; default true. Without, a photo has its size, its hashes and the time that its name or file tells. */
  exif?: boolean;
  /** Name the places of photos with a position; default true. */
  places?: boolean;
  /** Files under way at one time; default: one more than there are cores, at most 8. */
  concurrency?: number;
  /** Asked with each file before it is read; answer true for one whose size, time and inode are known, and nothing of it is read. */
  isUnchanged?: (file: FileEntry) => boolean | Promise<boolean>;
  /**
   * Asked with the hash of a file without sidecars; answer true for known content (a moved or copied file), and only its place is reported.
   * A file with sidecars is read in full, because they may say something new of known content.
   */
  isKnownContent?: (sha256: Uint8Array) => boolean | Promise<boolean>;
  /** Ends the scan; the iteration rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Scans a tree of photos: walks, hashes, reads metadata, decodes once for hash and placeholder. Nothing is written anywhere.
 *
 * Items come in the order of the walk, which is the same every time. A file that cannot be used gives an `error` item with its stage and code, and
 * the scan goes on. Only photos are reported, by their extension; a file that bears one and is none is an error. Work runs ahead of the consumer
 * by `concurrency` files, no further.
 *
 * @throws {IngestError} `ROOT_NOT_FOUND`, `ROOT_NOT_A_DIRECTORY`
 * @example
 * ```ts
 * for await (const item of scanPhotos({ root: '/photos' })) {
 *   if (item.kind === 'photo') console.log(item.file.path, item.photo.shot.local);
 *   if (item.kind === 'error') console.warn(item.file.path, item.error.code);
 * }
 * ```
 */
export async function* scanPhotos(options: ScanPhotosOptions): AsyncGenerator<ScanItem, void, undefined> {
  const { concurrency = DEFAULT_CONCURRENCY } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new TypeError(`Expected a positive integer for concurrency but received ${concurrency}.`);
  }
  yield* mapInOrder(walkPhotos(options), concurrency, async (found) =>
    'kind' in found ? found : await scanFile(found, options),
  );
}

/** The files with a photo's extension, and what the walk could not read, in one sequence. */
async function* walkPhotos({ root, signal }: ScanPhotosOptions): AsyncGenerator<PhotoWithSidecars | ScanItem, void, undefined> {
  const failures: ScanItem[] = [];
  const walk = walkWithSiblings({
    root,
    signal,
    onError: (file, error) => failures.push({ kind: 'error', file, stage: 'walk', error }),
  });
  for await (const walked of walk) {
    yield* failures.splice(0);
    if (hasPhotoExtension(walked.file.path)) yield await withSidecars(walked);
  }
  yield* failures;
}

async function scanFile({ file, ownMtimeNs, sidecars }: PhotoWithSidecars, options: ScanPhotosOptions): Promise<ScanItem> {
  const { signal } = options;
  let stage: ScanStage = 'hash';
  try {
    // 1. Nothing to do for a file that is as it was.
    if (await options.isUnchanged?.(file)) return { kind: 'unchanged', file };
    // 2. What is it, by content?
    checkSize(file);
    const path = absolutePath(file);
    const sha256 = await hashFile(path, { signal });
    if (!hasSidecars(sidecars) && (await options.isKnownContent?.(sha256))) return { kind: 'known', file, sha256 };
    // 3. What does it say of itself?
    stage = 'metadata';
    const { exif = true, places = true } = options;
    const metadata = await readMetadataInPool({ file: path, exif, sidecars }, { places, signal });
    checkImageSize(file, metadata);
    // 4. How does it look?
    stage = 'pixels';
    const look = await readLook(path, signal);
    // 5. All of it must be of one and the same content.
    await checkUnchanged(file, ownMtimeNs, path);
    return { kind: 'photo', file, photo: toPhoto(file, sha256, metadata, look) };
  } catch (error) {
    signal?.throwIfAborted();
    if (!IngestError.isInstance(error)) throw error;
    return { kind: 'error', file, stage, error };
  }
}

type Look = Pick<ScannedPhoto, 'phash' | 'thumbhash'>;

/** One decoding serves both. What cannot be decoded here (HEIC, rare kinds of TIFF) is still a photo with a time and a place. */
async function readLook(pathBytes: Uint8Array, signal: AbortSignal | undefined): Promise<Look> {
  try {
    const preview = await decodePreview({ pathBytes }, signal);
    return { phash: perceptualHashOf(preview), thumbhash: placeholderOf(preview) };
  } catch (error) {
    if (IngestError.isInstance(error) && error.code === 'UNSUPPORTED_FORMAT') return { phash: null, thumbhash: null };
    throw error;
  }
}

function checkSize({ path, size }: FileEntry): void {
  if (size === 0) throw new IngestError('FILE_EMPTY', `${path} is empty; restore it from a backup or delete it.`);
  if (size > MAX_FILE_BYTES)
    throw new IngestError('FILE_TOO_LARGE', `${path} has ${size} bytes; photoorg reads photos up to ${MAX_FILE_BYTES}.`);
}

function checkImageSize({ path }: FileEntry, { width, height }: PhotoMetadata): void {
  if (width > 0 && height > 0) return;
  throw new IngestError(
    'IMAGE_CORRUPT',
    `${path} says no image size; it is damaged near its beginning. Restore it from a backup.`,
  );
}

async function checkUnchanged(file: FileEntry, ownMtimeNs: bigint, path: Buffer): Promise<void> {
  const { size, mtimeNs } = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (Number(size) === file.size && mtimeNs === ownMtimeNs) return;
  throw new IngestError('FILE_CHANGED', `${file.path} changed while it was read; index it again when nothing writes to it.`);
}

function toPhoto(file: FileEntry, sha256: Uint8Array, metadata: PhotoMetadata, look: Look): ScannedPhoto {
  const { root, path, pathBytes, size, mtimeNs, inode, modifiedAt, createdAt } = file;
  const place = { root, path, pathBytes, size, mtimeNs, inode, kind: 'original' } as const;
  return { ...metadata, ...look, sha256, ext: extensionOf(path), filesize: size, createdAt, modifiedAt, file: place };
}
