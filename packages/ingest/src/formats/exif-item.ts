import type { Buffer } from 'node:buffer';

/** The TIFF structure of an `Exif` item or box, which starts with the distance from there, usually 6 for `Exif\0\0` or 0; some writers get it wrong. */
export function tiffOfExifItem(data: Buffer): Buffer | null {
  if (data.length < 12) return null;
  const stated = 4 + data.readUInt32BE(0);
  for (const start of [stated, 4, 10, 0, 6]) {
    const magic = data.toString('latin1', start, start + 4);
    if (magic === 'II*\0' || magic === 'MM\0*') return data.subarray(start);
  }
  return null;
}
