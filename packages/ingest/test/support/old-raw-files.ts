import { Buffer } from 'node:buffer';

export interface TestCrw {
  preview: Buffer;
  /** Degrees clockwise to turn the photo by. */
  rotation: 0 | 90 | 180 | 270;
  width: number;
  height: number;
  /** Seconds since 1970 of the camera's clock. */
  time: number;
}

interface Entry {
  type: number;
  value: Buffer;
}

/** Writes Canon's RAW of the years up to 2004: heaps in heaps. */
export function makeCrw({ preview, rotation, width, height, time }: TestCrw): Buffer {
  const clock = Buffer.alloc(8);
  clock.writeUInt32LE(time, 0);
  const info = Buffer.alloc(28);
  info.writeUInt32LE(width, 0);
  info.writeUInt32LE(height, 4);
  info.writeFloatLE(1, 8);
  info.writeInt32LE(rotation, 12);
  const camera = heap([{ type: 0x080a, value: Buffer.from('Canon\0Canon EOS 300D DIGITAL\0', 'latin1') }]);
  const properties = heap([
    { type: 0x2807, value: camera },
    { type: 0x580e, value: clock }, // inside its entry
    { type: 0x1810, value: info },
  ]);
  const header = Buffer.alloc(26);
  header.write('II\x1a\0\0\0HEAPCCDR\x02\0\x01\0', 'latin1');
  return Buffer.concat([
    header,
    heap([
      { type: 0x2007, value: preview },
      { type: 0x300a, value: properties },
    ]),
  ]);
}

/** Values, the directory of them, and the place of that. */
function heap(entries: Entry[]): Buffer {
  const values: Buffer[] = [];
  const directory = Buffer.alloc(2 + entries.length * 10);
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, { type, value }] of entries.entries()) {
    const at = 2 + index * 10;
    directory.writeUInt16LE(type, at);
    if ((type & 0x4000) !== 0) value.copy(directory, at + 2);
    else {
      directory.writeUInt32LE(value.length, at + 2);
      directory.writeUInt32LE(Buffer.concat(values).length, at + 6);
      values.push(value);
    }
  }
  const place = Buffer.alloc(4);
  place.writeUInt32LE(Buffer.concat(values).length);
  return Buffer.concat([...values, directory, place]);
}

/** Writes Minolta's RAW: a segment of sizes and one of EXIF, in front of the sensor's data. */
export function makeMrw(width: number, height: number, exif: Buffer): Buffer {
  const sizes = Buffer.alloc(24);
  sizes.write('27200001', 'latin1');
  sizes.writeUInt16BE(height + 8, 8);
  sizes.writeUInt16BE(width + 8, 10);
  sizes.writeUInt16BE(height, 12);
  sizes.writeUInt16BE(width, 14);
  const segments = Buffer.concat([segment('PRD', sizes), segment('TTW', exif)]);
  return Buffer.concat([segment('MRM', segments), Buffer.alloc(64, 7)]);
}

function segment(name: string, content: Buffer): Buffer {
  const head = Buffer.from(`\0${name}\0\0\0\0`, 'latin1');
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}
