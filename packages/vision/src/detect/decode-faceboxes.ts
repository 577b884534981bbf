import type { FloatTensor } from '../runtime/inference-runtime.ts';
import type { Detection } from './face-detector.ts';
import { FACEBOXES_ANCHORS } from './faceboxes-anchors.ts';

// By these the training divided the offsets of centres and sizes.
const CENTER_SCALE = 10;
const SIZE_SCALE = 5;

/**
 * Turns FaceBoxes' raw outputs (`scores_k`, `boxes_k` for grids k = 0..2) into boxes in pixels of the network's input,
 * keeping those of at least `threshold`.
 */
export function decodeFaceBoxes(
  outputs: Record<string, FloatTensor>,
  input: { width: number; height: number },
  threshold: number,
): Detection[] {
  // Compared before the exponential: nearly all of 24,000 anchors are no face.
  const leastMargin = Math.log(threshold / (1 - threshold));
  return FACEBOXES_ANCHORS.flatMap((anchors, grid) => {
    const { data: scores, dimensions } = outputs[`scores_${grid}`]!;
    const { data: boxes } = outputs[`boxes_${grid}`]!;
    const [, rows, columns] = dimensions as [number, number, number, number];
    const cellWidth = input.width / columns;
    const cellHeight = input.height / rows;
    const detections: Detection[] = [];
    for (let i = 0; i < rows * columns * anchors.length; i++) {
      const margin = scores[2 * i + 1]! - scores[2 * i]!;
      if (margin < leastMargin) continue;
      const anchor = anchors[i % anchors.length]!;
      const cell = Math.floor(i / anchors.length);
      const centerX = ((cell % columns) + anchor.x) * cellWidth + (boxes[4 * i + 1]! / CENTER_SCALE) * anchor.size;
      const centerY = (Math.floor(cell / columns) + anchor.y) * cellHeight + (boxes[4 * i]! / CENTER_SCALE) * anchor.size;
      const halfWidth = (Math.exp(boxes[4 * i + 3]! / SIZE_SCALE) * anchor.size) / 2;
      const halfHeight = (Math.exp(boxes[4 * i + 2]! / SIZE_SCALE) * anchor.size) / 2;
      const box = {
        left: centerX - halfWidth,
        top: centerY - halfHeight,
        right: centerX + halfWidth,
        bottom: centerY + halfHeight,
      };
      detections.push({ box, score: 1 / (1 + Math.exp(-margin)) });
    }
    return detections;
  });
}
