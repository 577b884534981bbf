import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { type ByteSource, bufferSource, openByteSource } from '../files/byte-source.ts';
import { displayPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { findEmbeddedPreview } from '../formats/embedded-preview.ts';
import { hasTextBomb } from '../formats/has-text-bomb.ts';
import { isCutShort } from '../formats/is-cut-short.ts';
import { readJxlBlocks } from '../formats/jxl-blocks.ts';
import { isRaw } from '../formats/photo-formats.ts';
import { recognizeFormat } from '../formats/recognize-format.ts';
import { IngestError } from '../ingest-error.ts';

/** A photo to decode: a path, the bytes of a path that is not UTF-8 (`pathBytes`), or the encoded image itself. */
export type ImageInput = string | Uint8Array | { pathBytes: Uint8Array };

/** What is to be decoded for a photo. */
export interface EncodedPicture {
  /** For messages. */
  name: string;
  /** A path or the encoded image. */
  source: string | Uint8Array;
  /** The EXIF orientation to give the picture; null where the decoder finds it in the file. */
  orientation: number | null;
  /** The size of a JPEG XL photo, which sharp cannot read; null for all others. */
  jxlSize: { width: number; height: number } | null;
}

/**
 * Recognises a photo by its content, refuses one that is cut short, and finds the picture in it: the file itself, or in a RAW file the JPEG that
 * the camera made of it.
 *
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `UNSUPPORTED_FORMAT`, `IMAGE_TRUNCATED`
 */
export async function openPicture(input: ImageInput): Promise<EncodedPicture> {
  if (input instanceof Uint8Array) return await findInside(bufferSource(input), 'The image', async () => input);
  const path = typeof input === 'string' ? input : Buffer.from(input.pathBytes);
  const name = displayPath(path);
  try {
    await using source = await openByteSource(path);
    return await findInside(source, name, () => sharpInput(path));
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
  if (await isCutShort(source, format)) {
    throw new IngestError(
      'IMAGE_TRUNCATED',
      `${name} ends before its picture is complete, as after an interrupted copy. Copy it again from its source.`,
    );
  }
  if (format === 'png' && (await hasTextBomb(source))) {
    throw new IngestError(
      'IMAGE_TOO_LARGE',
      `${name} holds texts that would fill the memory. Save its picture anew without them.`,
    );
  }
  if (isRaw(format) || format === 'tiff') {
    const preview = await findEmbeddedPreview(source, format);
    if (preview !== null) {
      const { offset, length, orientation } = preview;
      return { name, source: Buffer.from(await source.read(offset, length)), orientation, jxlSize: null };
    }
  }
  if (isRaw(format)) {
    throw new IngestError(
      'UNSUPPORTED_FORMAT',
      `${name} is a RAW photo without a preview. Develop it to JPEG to see its picture.`,
    );
  }
  const jxlSize = format === 'jxl' ? await readJxlBlocks(source) : null;
  return { name, source: await wholeFile(), orientation: null, jxlSize };
}

/** sharp takes paths as text only, so a file whose name is not UTF-8 is read into memory. */
async function sharpInput(path: string | Buffer): Promise<string | Uint8Array> {
  if (typeof path === 'string') return path;
  const text = path.toString('utf8');
  return Buffer.from(text).equals(path) ? text : await readFile(path);
}
