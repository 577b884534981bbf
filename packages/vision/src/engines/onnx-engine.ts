import { readShapePredictor } from '../align/shape-predictor-file.ts';
import type { FaceDetector } from '../detect/face-detector.ts';
import { faceBoxesDetector } from '../detect/faceboxes-detector.ts';
import { mmodDetector } from '../detect/mmod-detector.ts';
import { onnxDetector } from '../detect/onnx-detector.ts';
import { dlibResnetEmbedder } from '../embed/dlib-resnet-embedder.ts';
import { dlibResnetSpace } from '../embed/embedding-space.ts';
import type { FaceEmbedder } from '../embed/face-embedder.ts';
import { onnxEmbedder } from '../embed/onnx-embedder.ts';
import { ModelCorruptError } from '../errors.ts';
import { type FaceEngine, joinEngine } from '../face-engine.ts';
import { dropTinyWeights } from '../models/drop-tiny-weights.ts';
import type { ModelManifest } from '../models/model-manifest.ts';
import { loadModel, type ModelStore, sha256Hex } from '../models/model-store.ts';
import type { DetectorOptions, OnnxDetectorOptions } from '../options/detector-options.ts';
import type { EmbedderOptions } from '../options/embedder-options.ts';
import type { OnnxEngineOptions } from '../options/onnx-engine-options.ts';
import type { InferenceRuntime } from '../runtime/inference-runtime.ts';

/** Detector and embedder on an ONNX runtime, the same in Node and in browsers. */
export async function loadOnnxEngine(
  store: ModelStore,
  runtime: InferenceRuntime,
  options: OnnxEngineOptions = {},
): Promise<FaceEngine> {
  const manifest = await store.readManifest();
  return joinEngine(
    await loadDetector(store, manifest, runtime, options.detector ?? {}),
    await loadLandmarks(store, manifest),
    await loadEmbedder(store, manifest, runtime, options.embedder ?? {}),
    runtime,
    options.minFace ?? null,
  );
}

/** Loads the landmarks that every engine aligns by. */
export async function loadLandmarks(store: ModelStore, manifest: ModelManifest) {
  const predictor = readShapePredictor(await loadModel(store, manifest, 'dlib-shape-predictor-5'));
  return { predictor, weightsSha256: manifest.models['dlib-shape-predictor-5'].weightsSha256 };
}

async function loadDetector(
  store: ModelStore,
  manifest: ModelManifest,
  runtime: InferenceRuntime,
  options: DetectorOptions,
): Promise<FaceDetector> {
  if (isOwnDetector(options)) {
    const { session, sha256 } = await loadOwnModel(store, runtime, options.file);
    return onnxDetector(session, sha256, options);
  }
  if (options.kind === 'mmod') {
    const mmod = await runtime.createSession(await loadModel(store, manifest, 'dlib-mmod'));
    return mmodDetector(mmod, manifest.models['dlib-mmod'].weightsSha256, options);
  }
  const session = await runtime.createSession(await loadModel(store, manifest, 'faceboxes'));
  return faceBoxesDetector(session, manifest.models.faceboxes.weightsSha256, options);
}

function isOwnDetector(options: DetectorOptions): options is OnnxDetectorOptions {
  return options.kind === 'yunet' || options.kind === 'ultraface';
}

async function loadEmbedder(
  store: ModelStore,
  manifest: ModelManifest,
  runtime: InferenceRuntime,
  options: EmbedderOptions,
): Promise<FaceEmbedder> {
  if (options.kind === 'onnx') {
    const { session, sha256 } = await loadOwnModel(store, runtime, options.file);
    return onnxEmbedder(session, sha256, options);
  }
  const { quantisation = 'none' } = options;
  const name = quantisation === 'int8' ? 'dlib-resnet-int8' : 'dlib-resnet';
  const session = await runtime.createSession(await loadModel(store, manifest, name));
  return dlibResnetEmbedder(session, dlibResnetSpace(manifest.models[name].weightsSha256, quantisation));
}

async function loadOwnModel(store: ModelStore, runtime: InferenceRuntime, file: string) {
  const bytes = await store.readOwnFile(file);
  const sha256 = await sha256Hex(bytes);
  dropTinyWeights(bytes);
  try {
    return { session: await runtime.createSession(bytes), sha256 };
  } catch (cause) {
    throw new ModelCorruptError(`${file} is no ONNX network that ${runtime.name} can load: ${(cause as Error).message}`, {
      cause,
    });
  }
}
