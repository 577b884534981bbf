import type { FaceBox } from '@photoorg/sdk';
import { InvalidArgumentError } from 'commander';

/** `x,y,width,height` in pixels. */
export function parseBox(text: string): FaceBox {
  const numbers = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  const [x, y, width, height] = numbers as [number, number, number, number];
  if (numbers.length !== 4 || numbers.some(Number.isNaN)) {
    throw new InvalidArgumentError(`Expected x,y,width,height in pixels, such as 640,260,250,250, but received '${text}'.`);
  }
  return { x, y, width, height };
}
