import type { Detection } from './face-detector.ts';

/** A detection in the pixels of an image whose sides are `scaleX` and `scaleY` times as long. */
export function scaleDetection({ box, score }: Detection, scaleX: number, scaleY: number): Detection {
  return {
    box: { left: box.left * scaleX, top: box.top * scaleY, right: box.right * scaleX, bottom: box.bottom * scaleY },
    score,
  };
}
