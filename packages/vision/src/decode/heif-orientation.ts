const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;

/**
 * The EXIF orientation that is still to be applied to a decoded HEIF or AVIF image; 1 for none.
 *
 * Decoders obey the container's own turn (`irot`, `imir`). Most cameras write that and repeat it in EXIF, where it must not be
 * applied again; some write EXIF alone, and decoders ignore it. libvips drops the tag in both cases.
 */
export function remainingHeifOrientation(file: Uint8Array, exif: Uint8Array | undefined): number {
  return !exif || hasOwnTurn(file) ? 1 : readExifOrientation(exif);
}

function hasOwnTurn(file: Uint8Array): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const type = bytes.indexOf('ipco', 0, 'latin1'); // the box of all image properties; its size stands before its type
  if (type < 4) return false;
  const properties = bytes.subarray(type, type - 4 + bytes.readUInt32BE(type - 4));
  return properties.includes('irot', 0, 'latin1') || properties.includes('imir', 0, 'latin1');
}

/** Reads tag 0x0112 from the first directory of an EXIF block, with or without its `Exif\0\0`; 1 when there is none. */
function readExifOrientation(exif: Uint8Array): number {
  const start = exif[0] === 0x45 ? 6 : 0;
  const tiff = new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start);
  try {
    const littleEndian = tiff.getUint8(0) === 0x49;
    const directory = tiff.getUint32(4, littleEndian);
    const count = tiff.getUint16(directory, littleEndian);
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + i * ENTRY_BYTES;
      if (tiff.getUint16(entry, littleEndian) === ORIENTATION_TAG) return tiff.getUint16(entry + 8, littleEndian);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // an offset leads out of a damaged block
  }
  return 1;
}
