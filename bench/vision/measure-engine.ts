/**
 * Times one engine in a process of its own, so that its memory can be told: measure-engine.ts ENGINE THREADS SECONDS.
 * Prints one JSON object ({@link EngineMeasurement}).
 */
import { alignFace } from '../../packages/vision/src/align/align-face.ts';
import { analyzeFaces } from '../../packages/vision/src/analyze-faces.ts';
import { decodeImage } from '../../packages/vision/src/decode/decode-image.ts';
import { detectFaces } from '../../packages/vision/src/detect/detect-faces.ts';
import { loadFaceApi } from '../../packages/vision/src/engines/load-face-api.ts';
import { loadFaceEngine } from '../../packages/vision/src/load-face-engine.ts';
import type { FaceEngineOptions } from '../../packages/vision/src/options/engine-options.ts';
import type { RgbImage } from '../../packages/vision/src/rgb-image.ts';
import { listPhotos, readScaled } from './sample-images.ts';
import { type Timing, timeRuns } from './timing.ts';

const DETECT_SIDE = 1280;
const BATCH = 16;

const ENGINES = {
  photoorg: { engine: 'onnxruntime-node', detector: { maxSide: DETECT_SIDE } },
  'photoorg-int8': { engine: 'onnxruntime-node', detector: { maxSide: DETECT_SIDE }, embedder: { quantisation: 'int8' } },
  'onnxruntime-web': { engine: 'onnxruntime-web', detector: { maxSide: DETECT_SIDE } },
  'onnxruntime-web-int8': { engine: 'onnxruntime-web', detector: { maxSide: DETECT_SIDE }, embedder: { quantisation: 'int8' } },
  'face-api': { engine: 'face-api', detector: { maxSide: DETECT_SIDE } },
} as const satisfies Record<string, FaceEngineOptions>;

export type EngineUnderTest = keyof typeof ENGINES;

export interface EngineMeasurement {
  embedOne: Timing;
  embedSixteen: Timing;
  detect: Timing;
  whole: Timing;
  faces: number;
  peakRssMegabytes: number;
}

const [name, threads, seconds] = [process.argv[2] as EngineUnderTest, Number(process.argv[3]), Number(process.argv[4])];
const photos = await listPhotos(null);
const scaled = await Promise.all(photos.map((path) => readScaled(path, DETECT_SIDE)));

await using engine = await loadFaceEngine({ ...ENGINES[name], threads });
const chips = await cutChips(scaled[0]!);
const embedOne = await timeRuns(seconds, 1, () => engine.embedder.embed([chips[0]!]));
const embedSixteen = await timeRuns(seconds, BATCH, () => engine.embedder.embed(chips));
const detect = await timeRuns(seconds, photos.length, async () => {
  for (const image of scaled) await engine.detector.detect(image);
});
// The whole path with its default settings: face-api as its own documentation chains it.
await using defaults = await loadFaceEngine({ ...ENGINES[name], detector: undefined, threads });
let faces = 0;
const analyzeOne =
  name === 'face-api' ? await faceApiPath() : async (path: string) => (await analyzeFaces(path, defaults)).faces.length;
const whole = await timeRuns(seconds, photos.length, async () => {
  faces = 0;
  for (const path of photos) faces += await analyzeOne(path);
});
const peakRssMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ embedOne, embedSixteen, detect, whole, faces, peakRssMegabytes } satisfies EngineMeasurement));

async function cutChips(image: RgbImage): Promise<Uint8Array[]> {
  const found = await detectFaces(image, engine.detector);
  const cut = found.map(({ rect }) => alignFace(image, rect, engine.landmarks).chip);
  return Array.from({ length: BATCH }, (_, i) => cut[i % cut.length]!);
}

/** detectAllFaces().withFaceLandmarks().withFaceDescriptors(), from a file. */
async function faceApiPath(): Promise<(path: string) => Promise<number>> {
  const { api, weightsFolder } = await loadFaceApi();
  const chained = api as typeof api & FaceApiChain;
  for (const network of [chained.nets.ssdMobilenetv1, chained.nets.faceLandmark68Net, chained.nets.faceRecognitionNet]) {
    await network.loadFromDisk(weightsFolder);
  }
  return async (path) => {
    const { data, width, height } = await decodeImage(path);
    chained.tf.engine().startScope();
    const input = chained.tf.tensor3d(data, [height, width, 3], 'int32');
    const found = await chained
      .detectAllFaces(input, new chained.SsdMobilenetv1Options({ minConfidence: 0.5, maxResults: 100 }))
      .withFaceLandmarks()
      .withFaceDescriptors();
    chained.tf.engine().endScope();
    return found.length;
  };
}

interface FaceApiChain {
  nets: Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet', { loadFromDisk(folder: string): Promise<void> }>;
  detectAllFaces(input: object, options: object): { withFaceLandmarks(): { withFaceDescriptors(): Promise<unknown[]> } };
}
