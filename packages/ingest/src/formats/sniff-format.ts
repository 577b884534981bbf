import { Buffer } from 'node:buffer';

/** The image formats that ingest knows. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'heic' | 'avif' | 'tiff' | 'gif';

/** How many leading bytes `sniffFormat` needs. */
export const SNIFF_BYTES = 64;

const MIME: Readonly<Record<PhotoFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  avif: 'image/avif',
  tiff: 'image/tiff',
  gif: 'image/gif',
};

const EXTENSIONS: Readonly<Record<string, PhotoFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  png: 'png',
  webp: 'webp',
  heic: 'heic',
  heif: 'heic',
  hif: 'heic',
  avif: 'avif',
  tif: 'tiff',
  tiff: 'tiff',
  gif: 'gif',
};

/** Brands of ISO base media files that hold still images. HEVC is the rule in all but the `avi*` ones. */
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const AVIF_BRANDS = new Set(['avif', 'avis']);

export function mimeOf(format: PhotoFormat): string {
  return MIME[format];
}

/** The lower-case extension of a file name, without the dot; empty when there is none. */
export function extensionOf(name: string): string {
  const match = /[^/]\.([^./]{1,16})$/.exec(name);
  return match?.[1]?.toLowerCase() ?? '';
}

/** Whether a name promises a photo. Other files (videos, documents, sidecars) are not errors, just not photos. */
export function hasPhotoExtension(name: string): boolean {
  return Object.hasOwn(EXTENSIONS, extensionOf(name));
}

/** The format that the first bytes show, whatever the file is called; null when they show none that ingest knows. */
export function sniffFormat(head: Uint8Array): PhotoFormat | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const text = bytes.toString('latin1', 0, SNIFF_BYTES);
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff'; // `+` is BigTIFF
  if (text.slice(4, 8) === 'ftyp') return sniffBrand(text);
  return null;
}

function sniffBrand(text: string): PhotoFormat | null {
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= text.length; at += 4) brands.push(text.slice(at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.has(brand)) ? 'heic' : null;
}
