import { Buffer } from 'node:buffer';

export interface TestX3f {
  width: number;
  height: number;
  /** Degrees clockwise by which to turn the picture. */
  rotation: 0 | 90;
  /** A JPEG file; with EXIF in it, it counts as the camera's rendering. */
  jpeg: Buffer;
}

/** Names and values that Sigma's cameras write beside the picture. */
const PROPERTIES = { CAMMANUF: 'SIGMA', CAMMODEL: 'SIGMA SD1', TIME: '1247495130', ISO: '200', FLENGTH: '50' };

const JPEG_PICTURE = 'SECi\0\0\x02\0\x02\0\0\0\x12\0\0\0';

/** Writes a RAW file of Sigma, without the data of the sensor: header, properties, a JPEG and the directory of the two. */
export function makeX3f({ width, height, rotation, jpeg }: TestX3f): Buffer {
  const header = Buffer.concat([Buffer.from('FOVb\0\0\x02\0', 'latin1'), Buffer.alloc(16), u32(0, width, height, rotation)]);
  const properties = makeProperties();
  const picture = Buffer.concat([Buffer.from(JPEG_PICTURE, 'latin1'), u32(width, height, 0), jpeg]);
  const pictureStart = header.length + properties.length;
  const directory = Buffer.concat([
    Buffer.from('SECd\0\0\x02\0', 'latin1'),
    u32(2, header.length, properties.length),
    Buffer.from('PROP', 'latin1'),
    u32(pictureStart, picture.length),
    Buffer.from('IMA2', 'latin1'),
  ]);
  return Buffer.concat([header, properties, picture, directory, u32(pictureStart + picture.length)]);
}

function makeProperties(): Buffer {
  const places: number[] = [];
  let text = '';
  for (const part of Object.entries(PROPERTIES).flat()) {
    places.push(text.length);
    text += `${part}\0`;
  }
  const head = u32(Object.keys(PROPERTIES).length, 0, 0, text.length);
  return Buffer.concat([Buffer.from('SECp\0\0\x02\0', 'latin1'), head, u32(...places), Buffer.from(text, 'utf16le')]);
}

function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}
