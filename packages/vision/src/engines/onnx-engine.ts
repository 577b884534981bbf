import { readShapePredictor } from '../align/shape-predictor-file.ts';
import { type FaceBoxesOptions, faceBoxesDetector } from '../detect/faceboxes-detector.ts';
import { dlibResnetEmbedder } from '../embed/dlib-resnet-embedder.ts';
import { dlibResnetSpace } from '../embed/embedding-space.ts';
import { type FaceEngine, joinEngine } from '../face-engine.ts';
import type { ModelManifest } from '../models/model-manifest.ts';
import { loadModel, type ModelStore } from '../models/model-store.ts';
import type { InferenceRuntime } from '../runtime/inference-runtime.ts';

/** Loads the landmarks that every engine aligns by. */
export async function loadLandmarks(store: ModelStore, manifest: ModelManifest) {
  const predictor = readShapePredictor(await loadModel(store, manifest, 'dlib-shape-predictor-5'));
  return { predictor, weightsSha256: manifest.models['dlib-shape-predictor-5'].weightsSha256 };
}

/** The default engine, the same in Node and in browsers: FaceBoxes and dlib's network on an ONNX runtime. */
export async function loadOnnxEngine(
  store: ModelStore,
  runtime: InferenceRuntime,
  detectorOptions?: FaceBoxesOptions,
): Promise<FaceEngine> {
  const manifest = await store.readManifest();
  const faceBoxes = await runtime.createSession(await loadModel(store, manifest, 'faceboxes'));
  const resnet = await runtime.createSession(await loadModel(store, manifest, 'dlib-resnet'));
  return joinEngine(
    faceBoxesDetector(faceBoxes, manifest.models.faceboxes.weightsSha256, detectorOptions),
    await loadLandmarks(store, manifest),
    dlibResnetEmbedder(resnet, dlibResnetSpace(manifest.models['dlib-resnet'].weightsSha256)),
    runtime,
  );
}
