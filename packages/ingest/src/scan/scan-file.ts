import { stat } from 'node:fs/promises';
import { takePicture } from '../exiftool/take-picture.ts';
import type { TakenPicture } from '../exiftool/taken-picture.ts';
import { hashAndHold } from '../files/hash-file.ts';
import { absolutePath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { extensionOfMime } from '../formats/photo-formats.ts';
import { extensionOf, needsExiftool } from '../formats/sniff-format.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import { IngestError } from '../model/ingest-error.ts';
import { MAX_FILE_BYTES, MAX_FILM_BYTES, MAX_HELD_BYTES } from '../model/limits.ts';
import type { FileEntry, PhotoItem, PhotoMetadata, ScanItem, ScannedPhoto, ScanStage } from '../model/scanned-photo.ts';
import { findMissingDecoder } from '../pixels/find-missing-decoder.ts';
import { lookAtPhoto, type PhotoLook } from '../pixels/look-at-photo.ts';
import type { HeldFile, ImageInput } from '../pixels/open-picture.ts';
import { THUMBNAIL_PIXELS } from '../pixels/render-thumbnail.ts';
import { hasSidecars } from '../sidecars/find-sidecars.ts';
import type { PhotoWithSidecars } from '../sidecars/with-sidecars.ts';
import { fillThumbnails } from './fill-thumbnails.ts';
import type { ScanPhotosOptions } from './scan-options.ts';

/** Reads one file as far as it is not known. Whatever is wrong with the file is told in the item; only an abort rejects. */
export async function scanFile(found: PhotoWithSidecars, options: ScanPhotosOptions): Promise<ScanItem> {
  const { file, ownMtimeNs, sidecars } = found;
  const { exif = true, places = true, dateRules, signal } = options;
  const exiftool = needsExiftool(file.path) ? options.exiftool : undefined;
  let stage: ScanStage = 'hash';
  const during = async <T>(next: ScanStage, work: () => Promise<T>): Promise<T> => {
    stage = next;
    const start = performance.now();
    try {
      return await work();
    } finally {
      options.onStage?.(next, performance.now() - start);
    }
  };
  try {
    // 1. Nothing to do for a file that is as it was.
    const isUnchanged = await options.isUnchanged?.(file);
    const unseen = isUnchanged === 'undecoded' ? await findMissingDecoder(file) : null;
    if (isUnchanged && (isUnchanged !== 'undecoded' || unseen !== null)) {
      if (unseen === null) await fillThumbnails(file, options, (work) => during('pixels', work));
      return { kind: 'unchanged', file, ...(isUnchanged === 'unusable' && { unusable: true }), ...(unseen && { unseen }) };
    }
    // 2. What is it, by content?
    checkSize(file, exiftool === undefined ? MAX_FILE_BYTES : MAX_FILM_BYTES);
    const path = absolutePath(file);
    using hashed = await during('hash', () => hashAndHold(path, { maxHeldBytes: MAX_HELD_BYTES, signal }));
    const { sha256, content } = hashed;
    const isKnown = !hasSidecars(sidecars) && (await options.isKnownContent?.(sha256)) === true;
    if (isKnown && !exif) return { kind: 'known', file, sha256 };
    // 3. What does it say of itself?
    const reading = during('metadata', () =>
      readMetadata({ file: path, exif, sidecars, dateRules }, { exiftool, places, signal }),
    );
    if (isKnown) {
      const said = await orNull(reading, signal);
      return {
        kind: 'known',
        file,
        sha256,
        ...(said && { photo: toPhoto(file, sha256, said.metadata, { ...NOT_LOOKED_AT, pictureError: null }) }),
      };
    }
    const { metadata, tags } = await reading;
    checkImageSize(file, metadata);
    // 4. How does it look?
    const toItem = ({ unseen, damage, ...look }: Look): PhotoItem => ({
      kind: 'photo',
      file,
      photo: toPhoto(file, sha256, metadata, { ...look, pictureError: (unseen ?? damage)?.code ?? null }),
      ...(unseen && { unseen }),
      ...(damage && { damage }),
    });
    const findPicture = async () =>
      exiftool && tags && !isJpeg(metadata)
        ? await takePicture(exiftool, path, tags, metadata, signal)
        : { pathBytes: path, content };
    const look = await during('pixels', async () => {
      try {
        return await readLook(findPicture, sha256, toItem, options);
      } catch (error) {
        if (IngestError.isInstance(error) && mayStayUnseen(error)) return { ...NOT_LOOKED_AT, unseen: error };
        throw error;
      }
    });
    // 5. All of it must be of one and the same content.
    await checkUnchanged(file, ownMtimeNs, path);
    return toItem(look);
  } catch (error) {
    signal?.throwIfAborted();
    if (!IngestError.isInstance(error)) throw error;
    return { kind: 'error', file, stage, error };
  }
}

const NOT_LOOKED_AT = { phash: null, thumbhash: null };

/** Known content has been read once: what is wrong with another copy costs what that copy says. */
async function orNull<Value>(reading: Promise<Value>, signal: AbortSignal | undefined): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    signal?.throwIfAborted();
    if (!IngestError.isInstance(error)) throw error;
    return null;
  }
}

type Look = Pick<ScannedPhoto, 'phash' | 'thumbhash'> & Pick<PhotoItem, 'unseen' | 'damage'>;

/** Whatever it is called. */
function isJpeg({ mime }: PhotoMetadata): boolean {
  return mime === 'image/jpeg';
}

/**
 * What cannot be decoded here (HEIC without its decoder, RAW without a preview, rare kinds of TIFF), has more pixels than fit into memory or is cut
 * before the first of them is still a photo with a size, a time and a place.
 */
function mayStayUnseen({ code }: IngestError): boolean {
  return code === 'UNSUPPORTED_FORMAT' || code === 'DECODER_MISSING' || code.startsWith('IMAGE_');
}

async function readLook(
  findPicture: () => Promise<ImageInput | HeldFile | TakenPicture>,
  sha256: Uint8Array,
  toItem: (look: Look) => PhotoItem,
  { thumbnails, onPixels, signal }: ScanPhotosOptions,
): Promise<Look> {
  const hash = Buffer.from(sha256).toString('hex');
  const thumbnailSizes = (await thumbnails?.cache.missing(hash, thumbnails.sizes ?? [THUMBNAIL_PIXELS])) ?? [];
  const look = await lookAtPhoto(await findPicture(), {
    thumbnailSizes,
    onPixels: onPixels && ((pixels, seen) => onPixels(toItem(lookOf(seen)), pixels)),
    signal,
  });
  // The photo is worth more than its thumbnail: where the cache cannot be written, who shows the photo renders it.
  for (const [size, webp] of look.thumbnails) await thumbnails?.cache.put(hash, webp, size).catch(() => {});
  return lookOf(look);
}

function lookOf({ phash, thumbhash, damage }: PhotoLook): Look {
  return { phash, thumbhash, ...(damage && { damage }) };
}

function checkSize({ path, size }: FileEntry, limit: number): void {
  if (size === 0) throw new IngestError('FILE_EMPTY', `${path} is empty; restore it from a backup or delete it.`);
  if (size > limit)
    throw new IngestError('FILE_TOO_LARGE', `${path} has ${size} bytes; photoorg reads files of its kind up to ${limit}.`);
}

function checkImageSize({ path }: FileEntry, { width, height }: PhotoMetadata): void {
  if (width > 0 && height > 0) return;
  throw new IngestError('IMAGE_CORRUPT', `${path} says no image size; it is damaged near its beginning.`, {
    remedy: 'Restore it from a backup.',
  });
}

async function checkUnchanged(file: FileEntry, ownMtimeNs: bigint, path: Buffer): Promise<void> {
  const { size, mtimeNs } = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (Number(size) === file.size && mtimeNs === ownMtimeNs) return;
  throw new IngestError('FILE_CHANGED', `${file.path} changed while it was read; index it again when nothing writes to it.`);
}

type SeenFacts = Pick<ScannedPhoto, 'phash' | 'thumbhash' | 'pictureError'>;

function toPhoto(file: FileEntry, sha256: Uint8Array, metadata: PhotoMetadata, look: SeenFacts): ScannedPhoto {
  const { root, path, pathBytes, size, mtimeNs, inode, ctimeNs, fingerprint, modifiedAt, createdAt } = file;
  const place = { root, path, pathBytes, size, mtimeNs, inode, ctimeNs, fingerprint, kind: 'original' } as const;
  return {
    ...metadata,
    ...look,
    sha256,
    ext: extensionOf(path) || extensionOfMime(metadata.mime),
    filesize: size,
    createdAt,
    modifiedAt,
    file: place,
  };
}
