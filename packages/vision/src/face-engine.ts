import { readShapePredictor, type ShapePredictor } from './align/shape-predictor-file.ts';
import { DEFAULT_MODELS_FOLDER } from './default-models-folder.ts';
import type { FaceDetector } from './detect/face-detector.ts';
import { DEFAULT_MAX_SIDE, DEFAULT_THRESHOLD, type FaceBoxesOptions, faceBoxesDetector } from './detect/faceboxes-detector.ts';
import { dlibResnetEmbedder } from './embed/dlib-resnet-embedder.ts';
import { dlibResnetSpace } from './embed/embedding-space.ts';
import type { FaceEmbedder } from './embed/face-embedder.ts';
import { folderModelStore } from './models/folder-model-store.ts';
import { loadModel } from './models/model-store.ts';
import { loadOnnxRuntimeNode } from './runtime/onnxruntime-node.ts';

/** The loaded networks of the pipeline, in this thread. Close it to free their memory. */
export interface FaceEngine extends AsyncDisposable {
  readonly detector: FaceDetector;
  readonly landmarks: ShapePredictor;
  readonly embedder: FaceEmbedder;
  /** What made the results: detector, thresholds, weights, runtime. */
  readonly provenance: Record<string, unknown>;
  close(): Promise<void>;
}

export interface FaceEngineOptions {
  detector?: FaceBoxesOptions;
  /** Folder of the model files; default: the one that comes with this package. */
  modelsFolder?: string;
  /** Threads inside one network operation; default 1, because whole photos are better spread over workers. */
  threads?: number;
}

/**
 * Loads the networks into this thread, where each forward pass blocks the event loop for as long as it takes. Applications
 * use {@link createFaceAnalyzer}, which keeps engines in workers.
 *
 * @throws ModelMissingError, ModelCorruptError, RuntimeUnavailableError
 */
export async function loadFaceEngine(options: FaceEngineOptions = {}): Promise<FaceEngine> {
  const { modelsFolder = DEFAULT_MODELS_FOLDER, threads = 1 } = options;
  const store = folderModelStore(modelsFolder);
  const manifest = await store.readManifest();
  const runtime = await loadOnnxRuntimeNode(threads);

  const detector = faceBoxesDetector(
    await runtime.createSession(await loadModel(store, manifest, 'faceboxes')),
    options.detector,
  );
  const landmarks = readShapePredictor(await loadModel(store, manifest, 'dlib-shape-predictor-5'));
  const resnet = await runtime.createSession(await loadModel(store, manifest, 'dlib-resnet'));
  const embedder = dlibResnetEmbedder(resnet, dlibResnetSpace(manifest.models['dlib-resnet'].weightsSha256));

  const close = async () => {
    await detector.close();
    await embedder.close();
  };
  return {
    detector,
    landmarks,
    embedder,
    provenance: {
      detector: detector.name,
      detectorSha256: manifest.models.faceboxes.weightsSha256,
      detectorMaxSide: options.detector?.maxSide ?? DEFAULT_MAX_SIDE,
      detectorThreshold: options.detector?.threshold ?? DEFAULT_THRESHOLD,
      landmarks: 'dlib-shape-predictor-5',
      landmarksSha256: manifest.models['dlib-shape-predictor-5'].weightsSha256,
      space: embedder.space.name,
      runtime: runtime.name,
      runtimeVersion: runtime.version,
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
