import { CHIP_SIZE } from '../src/align/chip-shape.ts';

/** Chips of pure arithmetic, so that native dlib could be given the same bytes without shipping a picture. */
export const SYNTHETIC_CHIPS: readonly Uint8Array[] = [
  paint((x, y, channel) => (x + y + 80 * channel) % 256),
  paint((x, y, channel) => (x * (channel + 1) + 3 * y) % 256),
  paint((x, y) => (((x >> 3) + (y >> 3)) % 2) * 255),
  paint(() => 0),
  paint((x, y, channel) => (x * x + y * y * (channel + 2)) % 251),
];

function paint(value: (x: number, y: number, channel: number) => number): Uint8Array {
  const chip = new Uint8Array(CHIP_SIZE * CHIP_SIZE * 3);
  for (let i = 0; i < chip.length; i++) {
    const pixel = Math.floor(i / 3);
    chip[i] = value(pixel % CHIP_SIZE, Math.floor(pixel / CHIP_SIZE), i % 3);
  }
  return chip;
}
