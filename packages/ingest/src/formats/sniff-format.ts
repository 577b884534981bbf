import { Buffer } from 'node:buffer';
import { formatOfExtension, isReadByExiftool, type PhotoFormat } from './photo-formats.ts';

/** How many leading bytes `sniffFormat` needs. */
export const SNIFF_BYTES = 64;

/** Bytes, as Latin-1 by their offset, that only one format has; the first whose bytes are all there decides. */
const SIGNATURES: readonly [format: PhotoFormat, bytes: Readonly<Record<number, string>>][] = [
  ['jpeg', { 0: '\xff\xd8\xff' }],
  ['png', { 0: '\x89PNG\r\n\x1a\n' }],
  ['webp', { 0: 'RIFF', 8: 'WEBP' }],
  ['gif', { 0: 'GIF87a' }],
  ['gif', { 0: 'GIF89a' }],
  ['bmp', { 0: 'BM', 6: '\0\0\0\0' }],
  ['jxl', { 0: '\0\0\0\x0cJXL \r\n\x87\n' }],
  ['jxl', { 0: '\xff\x0a' }],
  ['raf', { 0: 'FUJIFILMCCD-RAW ' }],
  ['mrw', { 0: '\0MRM' }],
  ['crw', { 0: 'II', 6: 'HEAPCCDR' }],
  ['cr2', { 0: 'II*\0', 8: 'CR\x02' }],
  ['iiq', { 0: 'II*\0', 8: 'IIII' }],
  ['iiq', { 0: 'MM\0*', 8: 'MMMM' }],
  ['orf', { 0: 'IIRO' }],
  ['orf', { 0: 'IIRS' }],
  ['orf', { 0: 'MMOR' }],
  ['rw2', { 0: 'IIU\0' }],
  ['tiff', { 0: 'II*\0' }],
  ['tiff', { 0: 'MM\0*' }],
  ['tiff', { 0: 'II+\0' }], // BigTIFF
  ['tiff', { 0: 'MM\0+' }],
];

/** Brands of ISO base media files that hold still images. HEVC is the rule in all but the `avi*` ones. */
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const AVIF_BRANDS = new Set(['avif', 'avis']);
const CANON_RAW_BRAND = 'crx ';

/** The lower-case extension of a file name, without the dot; empty when there is none. */
export function extensionOf(name: string): string {
  const match = /[^/]\.([^./]{1,16})$/.exec(name);
  return match?.[1]?.toLowerCase() ?? '';
}

/**
 * Whether a name promises a photo. Other files (videos, documents, sidecars) are not errors, just not photos.
 *
 * @example
 * ```ts
 * hasPhotoExtension('IMG_0001.HEIC'); // true
 * hasPhotoExtension('film.mp4'); // false
 * ```
 */
export function hasPhotoExtension(name: string): boolean {
  return formatOfExtension(extensionOf(name)) !== null;
}

/** Whether a name promises a film, or a photo of a rare format, that only exiftool reads. */
export function needsExiftool(name: string): boolean {
  return isReadByExiftool(extensionOf(name));
}

/**
 * The format that the first bytes show, whatever the file is called; null when they show none that ingest knows. Most RAW formats begin like any
 * TIFF and are called `tiff` here; `recognizeFormat` looks further.
 */
export function sniffFormat(head: Uint8Array): PhotoFormat | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1', 0, SNIFF_BYTES);
  const signed = SIGNATURES.find(([, bytes]) => Object.entries(bytes).every(([at, part]) => text.startsWith(part, Number(at))));
  if (signed !== undefined) return signed[0];
  return text.slice(4, 8) === 'ftyp' ? sniffBrand(text) : null;
}

function sniffBrand(text: string): PhotoFormat | null {
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= text.length; at += 4) brands.push(text.slice(at, at + 4));
  if (brands[0] === CANON_RAW_BRAND) return 'cr3';
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.has(brand)) ? 'heic' : null;
}
