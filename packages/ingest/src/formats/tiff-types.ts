/** Bytes of one value by TIFF field type. 16..18 are BigTIFF's. */
export const TIFF_TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

export const TIFF_ASCII = 2;
export const TIFF_SHORT = 3;
export const TIFF_LONG = 4;
export const TIFF_SIGNED_SHORT = 8;
export const TIFF_SIGNED_LONG = 9;

/** One field of a TIFF directory, its value still as stored. */
export interface TiffField {
  tag: number;
  type: number;
  count: number;
  value: Buffer;
}

/** Tags that tell how a picture is stored, lead to further directories, or hold whole blocks of other metadata. */
export const TIFF_TAG = {
  subfileType: 0x00fe,
  imageWidth: 0x0100,
  imageLength: 0x0101,
  photometric: 0x0106,
  make: 0x010f,
  model: 0x0110,
  stripOffsets: 0x0111,
  orientation: 0x0112,
  stripByteCounts: 0x0117,
  tileOffsets: 0x0144,
  tileByteCounts: 0x0145,
  subDirectories: 0x014a,
  jpegOffset: 0x0201,
  jpegByteCount: 0x0202,
  xmp: 0x02bc,
  iptc: 0x83bb,
  photoshop: 0x8649,
  exifDirectory: 0x8769,
  gpsDirectory: 0x8825,
  dateTimeOriginal: 0x9003,
  makerNote: 0x927c,
  exifWidth: 0xa002,
  exifHeight: 0xa003,
  dngVersion: 0xc612,
} as const;
