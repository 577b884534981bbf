import { alignFace } from '../../packages/vision/src/align/align-face.ts';
import { analyzePixels } from '../../packages/vision/src/analyze-pixels.ts';
import { decodeImage } from '../../packages/vision/src/decode/decode-image.ts';
import { intersectionOverUnion } from '../../packages/vision/src/detect/suppress-overlaps.ts';
import { embedFaces } from '../../packages/vision/src/embed/embed-faces.ts';
import type { DlibRect } from '../../packages/vision/src/face-box.ts';
import type { FaceEngine } from '../../packages/vision/src/face-engine.ts';
import { loadFaceEngine } from '../../packages/vision/src/load-face-engine.ts';
import type { FaceEngineOptions } from '../../packages/vision/src/options/engine-options.ts';
import { type PeerFace, type PeerRequest, runNativePeer } from './native-peer.ts';

/** Distances of our embeddings to native dlib's, over the faces of one folder. */
export interface FidelityRow {
  what: string;
  faces: number;
  mean: number;
  percentile95: number;
  max: number;
  shareAbove02: number;
  /** Faces whose five landmarks are not exactly dlib's; null where boxes differ anyway. */
  landmarksDifferent: number | null;
}

/** Least overlap of our box and dlib's for them to be of one face. */
const SAME_FACE_IOU = 0.3;

const SAME_BOX_ENGINES: { what: string; options: FaceEngineOptions }[] = [
  { what: 'same box', options: {} },
  { what: 'same box, int8', options: { embedder: { quantisation: 'int8' } } },
  { what: 'same box, onnxruntime-web', options: { engine: 'onnxruntime-web' } },
  { what: 'same box, face-api engine', options: { engine: 'face-api' } },
];

/** Compares with native dlib (detector upsampled once) on the given photos. */
export async function measureFidelity(binary: string, photos: readonly string[]): Promise<FidelityRow[]> {
  const requests: PeerRequest[] = [];
  for (const path of photos) requests.push({ image: await decodeImage(path), boxes: [] });
  const native = await runNativePeer<{ faces: PeerFace[] }>(binary, 'faces', requests);
  const rows: FidelityRow[] = [];
  for (const { what, options } of SAME_BOX_ENGINES) {
    await using engine = await loadFaceEngine(options);
    rows.push(await compareSameBoxes(what, engine, requests, native));
  }
  await using engine = await loadFaceEngine();
  rows.push(await compareEndToEnd(engine, requests, native));
  return rows;
}

async function compareSameBoxes(
  what: string,
  engine: FaceEngine,
  requests: readonly PeerRequest[],
  native: readonly { faces: PeerFace[] }[],
): Promise<FidelityRow> {
  const distances: number[] = [];
  let landmarksDifferent = 0;
  for (const [i, { image }] of requests.entries()) {
    for (const face of native[i]!.faces) {
      const { landmarks, chip } = alignFace(image, toRect(face), engine.landmarks);
      const [embedding] = await embedFaces([chip], engine.embedder);
      distances.push(distance(embedding!, face.embedding));
      if (landmarks.join() !== face.landmarks.join()) landmarksDifferent++;
    }
  }
  return { ...summarise(what, distances), landmarksDifferent };
}

async function compareEndToEnd(
  engine: FaceEngine,
  requests: readonly PeerRequest[],
  native: readonly { faces: PeerFace[] }[],
): Promise<FidelityRow> {
  const distances: number[] = [];
  for (const [i, { image }] of requests.entries()) {
    const { faces } = await analyzePixels(image, engine);
    for (const face of native[i]!.faces) {
      const overlaps = faces.map(({ box }) => {
        const ours = { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
        const { left, top, right, bottom } = toRect(face);
        return intersectionOverUnion(ours, { left, top, right: right + 1, bottom: bottom + 1 });
      });
      const best = overlaps.indexOf(Math.max(...overlaps));
      if (best >= 0 && overlaps[best]! >= SAME_FACE_IOU) distances.push(distance(faces[best]!.embedding, face.embedding));
    }
  }
  return { ...summarise('end to end (own detector)', distances), landmarksDifferent: null };
}

function summarise(what: string, distances: number[]): Omit<FidelityRow, 'landmarksDifferent'> {
  const sorted = distances.toSorted((a, b) => a - b);
  const faces = sorted.length;
  return {
    what,
    faces,
    mean: sorted.reduce((sum, value) => sum + value, 0) / faces,
    percentile95: sorted[Math.ceil(0.95 * faces) - 1] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
    shareAbove02: sorted.filter((value) => value > 0.2).length / faces,
  };
}

function toRect({ box: [left, top, right, bottom] }: PeerFace): DlibRect {
  return { left, top, right, bottom };
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}
