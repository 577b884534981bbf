import type { FloatTensor } from '../runtime/inference-runtime.ts';
import type { Detection } from './face-detector.ts';

/**
 * Turns UltraFace's outputs (`scores`: background and face, `boxes`: left, top, right, bottom as shares of the input's sides)
 * into boxes in pixels of the network's input.
 */
export function decodeUltraFace(
  outputs: Record<string, FloatTensor>,
  input: { width: number; height: number },
  threshold: number,
): Detection[] {
  const scores = outputs.scores!.data;
  const boxes = outputs.boxes!.data;
  const detections: Detection[] = [];
  for (let i = 0; i < scores.length / 2; i++) {
    const score = scores[2 * i + 1]!;
    if (score < threshold) continue;
    const box = {
      left: boxes[4 * i]! * input.width,
      top: boxes[4 * i + 1]! * input.height,
      right: boxes[4 * i + 2]! * input.width,
      bottom: boxes[4 * i + 3]! * input.height,
    };
    detections.push({ box, score });
  }
  return detections;
}
