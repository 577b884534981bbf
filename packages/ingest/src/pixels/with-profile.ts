import { Buffer } from 'node:buffer';
import type { Sharp } from 'sharp';
import { giveBack } from '../files/give-back.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { openWithSharp, sharpOfPixels } from './safe-sharp.ts';

const [SHORT, LONG, UNDEFINED] = [3, 4, 7];

/**
 * Wraps pixels whose colours a profile explains: those of iPhones are Display P3, and look pale when taken for sRGB. sharp takes no profile with bare
 * pixels, but one inside an uncompressed TIFF file, which costs a copy until it is disposed of.
 */
export function withProfile(pixels: RgbPixels, icc: Uint8Array | undefined): { sharp: Sharp } & Disposable {
  if (icc === undefined) {
    return { sharp: sharpOfPixels(pixels.data, pixels.width, pixels.height, 3), [Symbol.dispose]() {} };
  }
  const tiff = toTiff(pixels, icc);
  return { sharp: openWithSharp(tiff), [Symbol.dispose]: () => giveBack(tiff) };
}

/** Header, picture, directory, and the values that do not fit into it. */
function toTiff({ data, width, height }: RgbPixels, icc: Uint8Array): Buffer {
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  const directoryAt = header.length + data.length + (data.length % 2);
  const valuesAt = directoryAt + 2 + ENTRIES * ENTRY_BYTES + 4;
  const bitsPerSample = Buffer.from([8, 0, 8, 0, 8, 0]);
  header.writeUInt32LE(directoryAt, 4);
  const directory = Buffer.alloc(valuesAt - directoryAt);
  directory.writeUInt16LE(ENTRIES, 0);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, valuesAt],
    [259, SHORT, 1, 1], // not compressed
    [262, SHORT, 1, 2], // RGB
    [273, LONG, 1, header.length],
    [277, SHORT, 1, 3],
    [278, LONG, 1, height],
    [279, LONG, 1, data.length],
    [34675, UNDEFINED, icc.length, valuesAt + bitsPerSample.length],
  ];
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + index * ENTRY_BYTES;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2), directory, bitsPerSample, icc]);
}

const ENTRIES = 10;
const ENTRY_BYTES = 12;
