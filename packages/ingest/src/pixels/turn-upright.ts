import type { Sharp } from 'sharp';
import { giveBack } from '../files/give-back.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { sharpOfPixels } from './safe-sharp.ts';

/** Has stored pixels turned upright by an EXIF orientation 1..8. From 5 on, width and height change places. */
export function turnUpright(image: Sharp, orientation: number): Sharp {
  const turn = TURNS[orientation];
  if (turn === undefined) return image;
  const turned = turn.degrees === 0 ? image : image.rotate(turn.degrees);
  return turn.mirror ? turned.flop() : turned;
}

/** Turns decoded pixels upright; those that come in are given back. */
export async function turnPixels(pixels: RgbPixels, orientation: number): Promise<RgbPixels> {
  if (TURNS[orientation] === undefined) return pixels;
  const upright = await pixelsOf(turnUpright(sharpOfPixels(pixels.data, pixels.width, pixels.height, 3), orientation));
  giveBack(pixels.data);
  return upright;
}

/** All pixels of an image, as RGB. */
export async function pixelsOf(image: Sharp): Promise<RgbPixels> {
  const rgb = image.removeAlpha().toColourspace('srgb').raw({ depth: 'uchar' });
  const { data, info } = await rgb.toBuffer({ resolveWithObject: true });
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
