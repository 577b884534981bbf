import type { Buffer } from 'node:buffer';
import { MAX_METADATA_BLOCKS, MAX_XMP_BYTES } from '../model/limits.ts';
import type { PhotoFormat } from './photo-formats.ts';

/** The parts of a photo file that carry metadata, cut out of its container and still unread. */
export interface PhotoBlocks {
  format: PhotoFormat;
  /** Pixels as a decoder delivers them, before EXIF orientation is applied; 0 when the container does not say. */
  width: number;
  height: number;
  /**
   * Decoders turn the picture by its EXIF orientation. Not so where the container orders the turn (HEIF `irot`, `imir`), in AVIF and JXL at all, and
   * in PNG when EXIF hides in a text chunk.
   */
  obeysExif: boolean;
  /** Stored in passes (interlaced, progressive), so a decoder holds the whole image in memory. */
  interlaced: boolean;
  /** A TIFF structure. */
  exif: Buffer | null;
  /** XMP packets, the main one first. */
  xmp: Buffer[];
  /** IPTC-IIM records. */
  iptc: Buffer | null;
  /** Text of the container by its keyword: PNG `Creation Time`, JPEG and GIF `Comment`. */
  text: Record<string, string>;
}

export function emptyBlocks(format: PhotoFormat): PhotoBlocks {
  return {
    format,
    width: 0,
    height: 0,
    obeysExif: format !== 'avif' && format !== 'jxl',
    interlaced: false,
    exif: null,
    xmp: [],
    iptc: null,
    text: {},
  };
}

/** Adds an XMP packet as long as all packets together stay within the limit. */
export function addXmp(blocks: PhotoBlocks, packet: Buffer): void {
  const total = blocks.xmp.reduce((sum, { length }) => sum + length, packet.length);
  if (total <= MAX_XMP_BYTES && blocks.xmp.length < MAX_METADATA_BLOCKS) blocks.xmp.push(packet);
}
