import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { type ByteSource, bufferSource, openByteSource } from '../files/byte-source.ts';
import { displayPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { readBmpBlocks } from '../formats/bmp-blocks.ts';
import { findEmbeddedPreview } from '../formats/embedded-preview.ts';
import { type EmbeddedThumbnail, findEmbeddedThumbnail } from '../formats/embedded-thumbnail.ts';
import { hasTextBomb } from '../formats/has-text-bomb.ts';
import { readHeifBlocks } from '../formats/heif-blocks.ts';
import { isCutShort } from '../formats/is-cut-short.ts';
import { readJpegFrame } from '../formats/jpeg-frame.ts';
import { readJxlBlocks } from '../formats/jxl-blocks.ts';
import { isRaw, type PhotoFormat } from '../formats/photo-formats.ts';
import { recognizeFormat } from '../formats/recognize-format.ts';
import { IngestError } from '../model/ingest-error.ts';
import { completeFile } from './complete-file.ts';

/** A photo to decode: a path, the bytes of a path that is not UTF-8 (`pathBytes`), or the encoded image itself. */
export type ImageInput = string | Uint8Array | { pathBytes: Uint8Array };

/** A photo whose file has been read already, unless it was too large for that. */
export interface HeldFile {
  pathBytes: Uint8Array;
  content: Uint8Array | null;
}

/** What a photo says of its picture, ahead of it. */
export type PictureHeader = Pick<Metadata, 'width' | 'height' | 'isProgressive' | 'depth'> & {
  format: Metadata['format'] | 'bmp';
};

/** What is to be decoded for a photo. */
export interface EncodedPicture {
  /** For messages. */
  name: string;
  /** A path or the encoded image. */
  source: string | Uint8Array;
  /** The EXIF orientation to give the picture; null where the decoder finds it in the file. */
  orientation: number | null;
  /** That of a JPEG, which is at hand, and of JPEG XL and BMP, which sharp cannot read; null where sharp is to be asked. */
  header: PictureHeader | null;
  /** The size by the container of HEIC; null for other formats. */
  containerSize: { width: number; height: number } | null;
  /** Why the picture is not whole; null where nothing tells so before it is decoded. */
  damage: IngestError | null;
}

/**
 * Recognises a photo by its content, and finds the picture in it: the file itself, or in a RAW file the JPEG that the camera made of it.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `IMAGE_TRUNCATED`, `IMAGE_TOO_LARGE`
 */
export async function openPicture(input: ImageInput | HeldFile): Promise<EncodedPicture> {
  return await withPhotoSource(input, findInside);
}

/**
 * The thumbnail that a photo carries beside its picture, for one whose picture gives no pixels.
 *
 * @throws {IngestError} `FILE_UNREADABLE`
 */
export async function openThumbnail(
  input: ImageInput | HeldFile,
): Promise<{ name: string; thumbnail: EmbeddedThumbnail | null }> {
  return await withPhotoSource(input, async (source, name) => {
    const format = await recognizeFormat(source, name);
    return { name, thumbnail: format && (await findEmbeddedThumbnail(source, format)) };
  });
}

async function withPhotoSource<T>(
  input: ImageInput | HeldFile,
  look: (source: ByteSource, name: string, wholeFile: () => Promise<string | Uint8Array>) => Promise<T>,
): Promise<T> {
  if (input instanceof Uint8Array) return await look(bufferSource(input), 'The image', async () => input);
  const path = typeof input === 'string' ? input : Buffer.from(input.pathBytes);
  const name = displayPath(path);
  const content = typeof input === 'object' && 'content' in input ? input.content : null;
  if (content !== null) return await look(bufferSource(content), name, async () => content);
  try {
    await using source = await openByteSource(path);
    return await look(source, name, () => sharpInput(path));
  } catch (error) {
    throw IngestError.isInstance(error) ? error : unreadable(path, error);
  }
}

/** The picture inside a RAW file, or the whole file. */
async function findInside(
  source: ByteSource,
  name: string,
  wholeFile: () => Promise<string | Uint8Array>,
): Promise<EncodedPicture> {
  if (source.size === 0) throw new IngestError('FILE_EMPTY', `${name} is empty; restore it from a backup or delete it.`);
  const format = await recognizeFormat(source, name);
  if (format === null)
    throw new IngestError(
      'UNSUPPORTED_FORMAT',
      `${name} holds no photo: its first bytes are of no image format that photoorg reads.`,
    );
  const damage = (await isCutShort(source, format)) ? truncated(name) : null;
  if (format === 'png' && (await hasTextBomb(source))) {
    throw new IngestError('IMAGE_TOO_LARGE', `${name} holds texts that would fill the memory.`, {
      remedy: 'Save its picture anew without them.',
    });
  }
  if (isRaw(format) || format === 'tiff') {
    const preview = await findEmbeddedPreview(source, format);
    if (preview !== null) {
      const { offset, length, orientation } = preview;
      const jpeg = Buffer.from(await source.read(offset, length));
      const header = await readHeader(bufferSource(jpeg), 'jpeg');
      return { name, source: jpeg, orientation, header, containerSize: null, damage };
    }
  }
  if (isRaw(format)) {
    if (damage !== null) throw damage;
    throw new IngestError('UNSUPPORTED_FORMAT', `${name} is a RAW photo without a preview.`, {
      remedy: 'Develop it to JPEG to see its picture.',
    });
  }
  const header = await readHeader(source, format);
  const completed = damage && (await completeFile(source, format));
  const containerSize = format === 'heic' ? await readHeifBlocks(source, format) : null;
  return { name, source: completed ?? (await wholeFile()), orientation: null, header, containerSize, damage };
}

function truncated(name: string): IngestError {
  return new IngestError('IMAGE_TRUNCATED', `${name} ends before its picture is complete, as after an interrupted copy.`, {
    remedy: 'Copy it again from its source.',
  });
}

/** Asking sharp takes 0.6 ms a photo, and opens its file a dozen times. */
async function readHeader(source: ByteSource, format: PhotoFormat): Promise<PictureHeader | null> {
  if (format === 'jxl' || format === 'bmp') {
    const { width, height } = await (format === 'jxl' ? readJxlBlocks(source) : readBmpBlocks(source));
    return { width, height, format, isProgressive: false, depth: 'uchar' };
  }
  const frame = format === 'jpeg' ? await readJpegFrame(source) : null;
  if (frame === null) return null;
  const { width, height, isProgressive, bits } = frame;
  return { width, height, format: 'jpeg', isProgressive, depth: bits > 8 ? 'ushort' : 'uchar' };
}

/** sharp takes paths as text only, so a file whose name is not UTF-8 is read into memory. */
async function sharpInput(path: string | Buffer): Promise<string | Uint8Array> {
  if (typeof path === 'string') return path;
  const text = path.toString('utf8');
  return Buffer.from(text).equals(path) ? text : await readFile(path);
}
