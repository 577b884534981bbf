import { Buffer } from 'node:buffer';

/** A colour of the picture, 0 to 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

export interface TestBmp {
  width: number;
  height: number;
  colourAt: (x: number, y: number) => Rgb;
  bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  isTopDown?: boolean;
  /** Runs of one colour are packed; for 4 and 8 bits. */
  isPacked?: boolean;
  /** Bits of red, green and blue, for 16 and 32. */
  masks?: readonly [number, number, number];
  /** The header of OS/2, with colours of three bytes. */
  isCore?: boolean;
}

/** Writes a bitmap of Windows. */
export function makeBmp(bitmap: TestBmp): Buffer {
  const { width, height, colourAt, bitsPerPixel, isTopDown = false, isPacked = false, masks, isCore = false } = bitmap;
  const palette: Rgb[] = [];
  const indexOf = (colour: Rgb) => {
    const found = palette.findIndex((other) => other.join() === colour.join());
    return found >= 0 ? found : palette.push(colour) - 1;
  };
  const storedOf = (colour: Rgb) => {
    if (bitsPerPixel <= 8) return indexOf(colour);
    if (bitsPerPixel === 24) return colour[0] * 65_536 + colour[1] * 256 + colour[2];
    const used = masks ?? (bitsPerPixel === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0xff00, 0xff]);
    return used.reduce((pixel, mask, channel) => pixel + partOf(mask, colour[channel]!), 0);
  };
  const rows: Buffer[] = [];
  for (let row = 0; row < height; row++) {
    const y = isTopDown ? row : height - 1 - row;
    const values = Array.from({ length: width }, (_, x) => storedOf(colourAt(x, y)));
    rows.push(isPacked ? packRow(values, bitsPerPixel === 4) : plainRow(values, bitsPerPixel));
  }
  if (isPacked) rows.push(Buffer.from([0, 1]));
  const colours = bitsPerPixel > 8 ? 0 : 2 ** bitsPerPixel;
  const table = Buffer.alloc(colours * (isCore ? 3 : 4));
  for (const [index, [red, green, blue]] of palette.entries()) table.set([blue, green, red], index * (isCore ? 3 : 4));
  const header = isCore ? coreHeader(bitmap) : infoHeader(bitmap);
  const pixels = Buffer.concat(rows);
  const start = Buffer.alloc(14);
  start.write('BM', 0, 'latin1');
  start.writeUInt32LE(14 + header.length + table.length + pixels.length, 2);
  start.writeUInt32LE(14 + header.length + table.length, 10);
  return Buffer.concat([start, header, table, pixels]);
}

function partOf(mask: number, value: number): number {
  const shift = 31 - Math.clz32(mask & -mask);
  return Math.round((value * (mask >>> shift)) / 255) * 2 ** shift;
}

function coreHeader({ width, height, bitsPerPixel }: TestBmp): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(12, 0);
  for (const [place, value] of [width, height, 1, bitsPerPixel].entries()) header.writeUInt16LE(value, 4 + 2 * place);
  return header;
}

function infoHeader({ width, height, bitsPerPixel, isTopDown = false, isPacked = false, masks }: TestBmp): Buffer {
  const header = Buffer.alloc(masks ? 52 : 40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(isTopDown ? -height : height, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bitsPerPixel, 14);
  header.writeUInt32LE(masks ? 3 : isPacked ? (bitsPerPixel === 8 ? 1 : 2) : 0, 16);
  for (const [place, mask] of (masks ?? []).entries()) header.writeUInt32LE(mask, 40 + 4 * place);
  return header;
}

function plainRow(values: readonly number[], bits: number): Buffer {
  const row = Buffer.alloc(Math.ceil((values.length * bits) / 32) * 4);
  for (const [x, value] of values.entries()) {
    if (bits >= 8) row.writeUIntLE(value, (x * bits) / 8, bits / 8);
    else row[(x * bits) >> 3]! |= value << (8 - bits - ((x * bits) & 7));
  }
  return row;
}

/** The first pixels as they are, where there are enough for such a piece, the others in runs. */
function packRow(values: readonly number[], isNibbles: boolean): Buffer {
  const bytes: number[] = [];
  const plain = values.length >= 5 ? 3 : 0;
  const pair = (a: number, b: number) => a * 16 + b;
  if (plain > 0) {
    const [a = 0, b = 0, c = 0] = values;
    bytes.push(0, plain, ...(isNibbles ? [pair(a, b), pair(c, 0)] : [a, b, c, 0]));
  }
  for (let x = plain; x < values.length; ) {
    let run = 1;
    while (x + run < values.length && values[x + run] === values[x] && run < 255) run++;
    bytes.push(run, isNibbles ? pair(values[x]!, values[x]!) : values[x]!);
    x += run;
  }
  return Buffer.from([...bytes, 0, 0]);
}
