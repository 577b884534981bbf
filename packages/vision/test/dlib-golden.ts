import { readFileSync } from 'node:fs';
import type { DlibRect } from '../src/face-box.ts';
import { SAMPLE_PHOTOS } from './sample-photos.ts';

/** One face as native dlib 19.24 found it (HOG detector, upsampled once; five landmarks). */
export interface GoldenFace {
  rect: DlibRect;
  landmarks: [number, number][];
  /** Left, top, right, bottom in pixels of the photo and the angle in radians. */
  chipRect: [number, number, number, number, number];
  embedding: number[];
}

export interface GoldenPhoto {
  path: string;
  faces: GoldenFace[];
}

interface GoldenLine {
  file: string;
  faces: {
    box: [number, number, number, number];
    landmarks5: [number, number][];
    chipRect: GoldenFace['chipRect'];
    descriptor: number[];
  }[];
}

/** The sample photos with native dlib's results; see fixtures/README.md for how they were made. */
export function readGoldenPhotos(): GoldenPhoto[] {
  const lines = readFileSync(new URL('./fixtures/dlib-golden.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { file, faces } = JSON.parse(line) as GoldenLine;
    return {
      path: SAMPLE_PHOTOS.find((path) => path.endsWith(file.replace('demo/', '')))!,
      faces: faces.map(({ box: [left, top, right, bottom], landmarks5, chipRect, descriptor }) => ({
        rect: { left, top, right, bottom },
        landmarks: landmarks5,
        chipRect,
        embedding: descriptor,
      })),
    };
  });
}

export function l2Distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
