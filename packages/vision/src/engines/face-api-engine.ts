import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHIP_SIZE, DLIB_CHIP } from '../align/chip-shape.ts';
import type { FaceDetector } from '../detect/face-detector.ts';
import { scaleDetection } from '../detect/scale-detection.ts';
import { shrinkImage } from '../detect/shrink-image.ts';
import { DLIB_ALIGNMENT, type EmbeddingSpace, embeddingSpaceName } from '../embed/embedding-space.ts';
import type { FaceEmbedder } from '../embed/face-embedder.ts';
import { type FaceEngine, joinEngine } from '../face-engine.ts';
import { type ModelStore, sha256Hex } from '../models/model-store.ts';
import type { BoxMap } from '../options/box-map.ts';
import type { SsdOptions } from '../options/detector-options.ts';
import { type FaceApi, loadFaceApi, type RecognitionNetwork, type SsdNetwork } from './load-face-api.ts';
import { loadLandmarks } from './onnx-engine.ts';

const DEFAULT_MAX_SIDE = 1024;
const DEFAULT_THRESHOLD = 0.5;
const MAX_FACES = 500;

/** Fitted on the 19 faces of the npm sample photos that dlib's detector found too. */
const SSD_TO_DLIB: BoxMap = { centerShiftX: -0.035, centerShiftY: 0.1, side: 0.978 };

/**
 * `@vladmandic/face-api`: its SSD detector, and its 8-bit copy of dlib's network on dlib's own chips, which brings the
 * embeddings within a mean distance of 0.04 of dlib's (on face-api's own chips it is 0.17).
 *
 * @throws RuntimeUnavailableError, ModelMissingError, ModelCorruptError, InvalidInputError
 */
export async function loadFaceApiEngine(
  store: ModelStore,
  detector: SsdOptions = {},
  minFace: number | null = null,
): Promise<FaceEngine> {
  const { api, weightsFolder, runtime } = await loadFaceApi();
  const landmarks = await loadLandmarks(store, await store.readManifest());
  // Networks of our own: those in `api.nets` belong to everybody in this thread.
  const ssd = new api.SsdMobilenetv1();
  const recognition = new api.FaceRecognitionNet();
  await ssd.loadFromDisk(weightsFolder);
  await recognition.loadFromDisk(weightsFolder);
  const weightsSha256 = async (file: string) => sha256Hex(await readFile(join(weightsFolder, file)));
  return joinEngine(
    ssdDetector(api, ssd, await weightsSha256('ssd_mobilenetv1_model.bin'), detector),
    landmarks,
    faceApiEmbedder(api, recognition, faceApiSpace(await weightsSha256('face_recognition_model.bin'))),
    runtime,
    minFace,
  );
}

function ssdDetector(api: FaceApi, network: SsdNetwork, weightsSha256: string, options: SsdOptions): FaceDetector {
  const { maxSide = DEFAULT_MAX_SIDE, threshold = DEFAULT_THRESHOLD } = options;
  const ssdOptions = new api.SsdMobilenetv1Options({ minConfidence: threshold, maxResults: MAX_FACES });
  return {
    name: 'face-api-ssd',
    boxMap: SSD_TO_DLIB,
    provenance: {
      detector: 'face-api-ssd',
      detectorSha256: weightsSha256,
      detectorMaxSide: maxSide,
      detectorThreshold: threshold,
    },
    async detect(image) {
      const small = shrinkImage(image, maxSide);
      const found = await inScope(api, () =>
        network.locateFaces(api.tf.tensor3d(small.data, [small.height, small.width, 3], 'int32'), ssdOptions),
      );
      return found
        .map(({ box: { x, y, width, height }, score }) => ({
          box: { left: x, top: y, right: x + width, bottom: y + height },
          score,
        }))
        .map((detection) => scaleDetection(detection, image.width / small.width, image.height / small.height))
        .sort((a, b) => b.score - a.score);
    },
    close: async () => network.dispose(),
  };
}

function faceApiEmbedder(api: FaceApi, network: RecognitionNetwork, space: EmbeddingSpace): FaceEmbedder {
  return {
    space,
    chip: DLIB_CHIP,
    async embed(chips) {
      const embeddings: Float32Array[] = [];
      for (const chip of chips) {
        const input = () => api.tf.tensor3d(chip, [CHIP_SIZE, CHIP_SIZE, 3], 'int32');
        const embedding = await inScope(api, () => network.computeFaceDescriptor(input()));
        embeddings.push(embedding as Float32Array);
      }
      return embeddings;
    },
    close: async () => network.dispose(),
  };
}

function faceApiSpace(weightsSha256: string): EmbeddingSpace {
  const space = {
    model: 'face-api-resnet',
    modelVersion: '1',
    weightsSha256,
    alignment: DLIB_ALIGNMENT,
    dimension: 128,
    metric: 'l2',
    quantisation: 'uint8',
  } as const;
  return { name: embeddingSpaceName(space), ...space };
}

/** face-api leaves tensors behind; whatever is made inside the scope is freed at its end. */
async function inScope<T>(api: FaceApi, work: () => Promise<T>): Promise<T> {
  const engine = api.tf.engine();
  engine.startScope();
  try {
    return await work();
  } finally {
    engine.endScope();
  }
}
