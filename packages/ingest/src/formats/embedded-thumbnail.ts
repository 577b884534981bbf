import { Buffer } from 'node:buffer';
import { type ByteSource, bufferSource } from '../files/byte-source.ts';
import { findEmbeddedPreview } from './embedded-preview.ts';
import { readHeifMeta } from './heif-blocks.ts';
import { readHeifItems } from './heif-items.ts';
import { readThumbnailIds } from './heif-references.ts';
import type { PhotoFormat } from './photo-formats.ts';
import { readBlocks } from './read-blocks.ts';

/** A small copy of the photo that lies in its file beside the picture. */
export type EmbeddedThumbnail =
  | { kind: 'jpeg'; jpeg: Buffer; orientation: number }
  /** To be decoded as the picture of the file is. */
  | { kind: 'heif-item'; itemId: number };

/** Finds what stands for a picture that cannot be decoded: the thumbnail of HEIC, or that of EXIF. */
export async function findEmbeddedThumbnail(source: ByteSource, format: PhotoFormat): Promise<EmbeddedThumbnail | null> {
  if (format === 'heic') {
    const meta = await readHeifMeta(source);
    const { primaryId } = meta === null ? { primaryId: 0 } : await readHeifItems(meta);
    const [itemId] = meta === null ? [] : await readThumbnailIds(meta, primaryId);
    if (itemId !== undefined) return { kind: 'heif-item', itemId };
  }
  const { exif, obeysExif } = await readBlocks(source, format);
  // EXIF is a TIFF structure, and its second directory a JPEG.
  const preview = exif && (await findEmbeddedPreview(bufferSource(exif), 'dng'));
  if (!exif || !preview) return null;
  const jpeg = Buffer.from(exif.subarray(preview.offset, preview.offset + preview.length));
  return { kind: 'jpeg', jpeg, orientation: obeysExif ? preview.orientation : 1 };
}
