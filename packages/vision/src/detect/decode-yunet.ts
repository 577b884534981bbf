import type { FloatTensor } from '../runtime/inference-runtime.ts';
import type { Detection } from './face-detector.ts';

const STRIDES = [8, 16, 32];

/**
 * Turns YuNet's raw outputs (`cls_S`, `obj_S`, `bbox_S` for strides S = 8, 16, 32; the 2023 export of OpenCV's model zoo) into
 * boxes in pixels of the network's input. The score is the geometric mean of face and object probability, as in OpenCV.
 */
export function decodeYuNet(outputs: Record<string, FloatTensor>, input: { width: number }, threshold: number): Detection[] {
  return STRIDES.flatMap((stride) => {
    const faces = outputs[`cls_${stride}`]!.data;
    const objects = outputs[`obj_${stride}`]!.data;
    const boxes = outputs[`bbox_${stride}`]!.data;
    const columns = Math.ceil(input.width / stride);
    const detections: Detection[] = [];
    for (let cell = 0; cell < faces.length; cell++) {
      const score = Math.sqrt(toProbability(faces[cell]!) * toProbability(objects[cell]!));
      if (score < threshold) continue;
      const centerX = ((cell % columns) + boxes[4 * cell]!) * stride;
      const centerY = (Math.floor(cell / columns) + boxes[4 * cell + 1]!) * stride;
      const halfWidth = (Math.exp(boxes[4 * cell + 2]!) * stride) / 2;
      const halfHeight = (Math.exp(boxes[4 * cell + 3]!) * stride) / 2;
      detections.push({
        box: { left: centerX - halfWidth, top: centerY - halfHeight, right: centerX + halfWidth, bottom: centerY + halfHeight },
        score,
      });
    }
    return detections;
  });
}

function toProbability(value: number): number {
  return Math.max(0, Math.min(1, value));
}
