/** Formats the decoder accepts. Everything else sharp could read (SVG, PDF, raw dumps ...) is refused before sharp sees it. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif';

/** Recognises a format by its first bytes, never by a file name: an SVG renamed to .jpg stays an SVG. */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | null {
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif';
  // II or MM for the byte order, then 42 for TIFF or 43 for BigTIFF.
  if (['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].includes(text(0, 4))) return 'tiff';
  if (text(4, 8) === 'ftyp') return 'heif';
  return null;
}
