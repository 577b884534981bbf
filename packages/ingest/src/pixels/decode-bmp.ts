import { Buffer } from 'node:buffer';
import { bufferSource } from '../files/byte-source.ts';
import { type BmpHeader, bmpRowBytes, readBmpHeader } from '../formats/bmp-header.ts';
import type { RgbPixels } from './rgb-pixels.ts';

/** Bits per pixel of each way of compression that programs write; JPEG and PNG inside a bitmap are for printers. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 4, 8, 16, 24, 32],
  1: [8],
  2: [4],
  3: [16, 32],
  6: [16, 32],
};

type Paint = (to: number, from: number) => void;

/**
 * Decodes a bitmap of Windows; sharp's prebuilt libvips has no reader for it. Transparency is passed over: what most programs write there is no alpha.
 *
 * @throws {Error} for a kind that hardly any program writes, one that ends early, and too many pixels
 */
export async function decodeBmp(encoded: Uint8Array, maxPixels: number): Promise<RgbPixels> {
  const file = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const header = await readBmpHeader(bufferSource(file));
  if (header === null) throw new Error('no bitmap');
  const { width, height, bitsPerPixel, compression } = header;
  if (width * height > maxPixels) throw new Error(`${width}x${height} are too many pixels`);
  if (!DEPTHS[compression]?.includes(bitsPerPixel))
    throw new Error(`${bitsPerPixel} bits a pixel in compression ${compression} are not supported`);
  const isPacked = compression === 1 || compression === 2;
  const rows = isPacked ? unpackRuns(file, header) : file.subarray(header.pixelOffset);
  const rowBytes = isPacked ? width : bmpRowBytes(header);
  if (rows.length < rowBytes * height) throw new Error('unexpected end of file');
  const data = new Uint8Array(width * height * 3);
  const paint = painterOf(file, rows, data, isPacked ? { ...header, bitsPerPixel: 8 } : header);
  for (let row = 0; row < height; row++) {
    const from = (header.isTopDown ? row : height - 1 - row) * rowBytes;
    for (let column = 0; column < width; column++) {
      const bit = column * (isPacked ? 8 : bitsPerPixel);
      // Pixels of less than a byte are told by their bit.
      paint((row * width + column) * 3, bitsPerPixel < 8 && !isPacked ? from * 8 + bit : from + (bit >> 3));
    }
  }
  return { data, width, height };
}

/** What writes one pixel as RGB, from its place among the bytes of the rows, or among the bits where several share a byte. */
function painterOf(file: Buffer, rows: Buffer, data: Uint8Array, header: BmpHeader): Paint {
  const { bitsPerPixel, masks } = header;
  const set = (to: number, red: number, green: number, blue: number) => {
    data[to] = red;
    data[to + 1] = green;
    data[to + 2] = blue;
  };
  if (bitsPerPixel === 24) return (to, from) => set(to, rows[from + 2]!, rows[from + 1]!, rows[from]!);
  if (bitsPerPixel > 8) {
    const [red, green, blue] = [masks.red, masks.green, masks.blue].map(channelOf) as [Channel, Channel, Channel];
    const read = bitsPerPixel === 16 ? (from: number) => rows.readUInt16LE(from) : (from: number) => rows.readUInt32LE(from);
    return (to, from) => {
      const pixel = read(from);
      set(to, red(pixel), green(pixel), blue(pixel));
    };
  }
  const { offset, colours, bytesPerColour } = header.palette;
  const palette = file.subarray(offset, offset + colours * bytesPerColour);
  const indexAt =
    bitsPerPixel === 8
      ? (from: number) => rows[from]!
      : (bit: number) => (rows[bit >> 3]! >> (8 - bitsPerPixel - (bit & 7))) & (2 ** bitsPerPixel - 1);
  return (to, from) => {
    const colour = indexAt(from) * bytesPerColour;
    // Black where a palette lacks the colour.
    set(to, palette[colour + 2] ?? 0, palette[colour + 1] ?? 0, palette[colour] ?? 0);
  };
}

type Channel = (pixel: number) => number;

/** The part of a pixel that a mask covers, as 0 to 255. */
function channelOf(mask: number): Channel {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}

/** Run lengths, unpacked to a byte for each pixel; what they leave out is the first colour. */
function unpackRuns(file: Buffer, { width, height, bitsPerPixel, pixelOffset }: BmpHeader): Buffer {
  const pixels = Buffer.alloc(width * height);
  const isNibbles = bitsPerPixel === 4;
  let [at, x, y] = [pixelOffset, 0, 0];
  const put = (index: number) => {
    if (x < width && y < height) pixels[y * width + x] = index;
    x++;
  };
  const nibble = (byte: number, place: number) => (place % 2 === 0 ? byte >> 4 : byte & 15);
  while (at + 1 < file.length && y < height) {
    const [count, value] = [file[at]!, file[at + 1]!];
    at += 2;
    if (count > 0) for (let place = 0; place < count; place++) put(isNibbles ? nibble(value, place) : value);
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) return pixels;
    else if (value === 2) {
      x += file[at] ?? 0;
      y += file[at + 1] ?? 0;
      at += 2;
    } else {
      for (let place = 0; place < value; place++) {
        const byte = file[at + (isNibbles ? place >> 1 : place)] ?? 0;
        put(isNibbles ? nibble(byte, place) : byte);
      }
      // Such a piece has an even number of bytes.
      at += 2 * Math.ceil((isNibbles ? Math.ceil(value / 2) : value) / 2);
    }
  }
  if (y < height - 1) throw new Error('unexpected end of file');
  return pixels;
}
