import type { RgbPixels } from './rgb-pixels.ts';
import { sharpOfPixels } from './safe-sharp.ts';

/** Turns stored pixels upright by their EXIF orientation 1..8. From 5 on, width and height change places. */
export async function turnPixels(pixels: RgbPixels, orientation: number): Promise<RgbPixels> {
  const turn = TURNS[orientation];
  if (turn === undefined) return pixels;
  let image = sharpOfPixels(pixels.data, pixels.width, pixels.height, 3);
  if (turn.degrees !== 0) image = image.rotate(turn.degrees);
  const { data, info } = await (turn.mirror ? image.flop() : image).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Degrees clockwise, then a mirroring from left to right. */
const TURNS: Readonly<Record<number, { degrees: number; mirror: boolean }>> = {
  2: { degrees: 0, mirror: true },
  3: { degrees: 180, mirror: false },
  4: { degrees: 180, mirror: true },
  5: { degrees: 90, mirror: true },
  6: { degrees: 90, mirror: false },
  7: { degrees: 270, mirror: true },
  8: { degrees: 270, mirror: false },
};
