import { Buffer } from 'node:buffer';

export interface CodestreamSize {
  width: number;
  height: number;
  /** Number of the shape 1..7 that stands for the width; 0, the default, writes it out. */
  shape?: number;
  /** As EXIF counts; default 1. */
  orientation?: number;
}

/** Writes the head of a JPEG XL codestream: size and orientation, and no picture behind them. */
export function jxlCodestream({ width, height, shape = 0, orientation = 1 }: CodestreamSize): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let index = 0; index < count; index++) bits.push(Math.floor(value / 2 ** index) % 2);
  };
  const isSmall = [width, height].every((side) => side % 8 === 0 && side <= 256);
  const side = (pixels: number) => {
    if (isSmall) return put(pixels / 8 - 1, 5);
    const lengths = [9, 13, 18, 30];
    const selector = lengths.findIndex((length) => pixels <= 2 ** length);
    put(selector, 2);
    put(pixels - 1, lengths[selector] ?? 30);
  };
  put(isSmall ? 1 : 0, 1);
  side(height);
  put(shape, 3);
  if (shape === 0) side(width);
  put(orientation === 1 ? 1 : 0, 1); // all defaults
  if (orientation !== 1) {
    put(1, 1); // extra fields
    put(orientation - 1, 3);
  }
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8) + 8);
  for (const [index, bit] of bits.entries()) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << (index & 7));
  return Buffer.concat([Buffer.from([0xff, 0x0a]), bytes]);
}
