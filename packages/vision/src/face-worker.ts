import { parentPort, threadId, workerData } from 'node:worker_threads';
import { analyzeFaces } from './analyze-faces.ts';
import type { AnalyzedImage } from './analyze-pixels.ts';
import { withDecodedImage } from './decode/with-decoded-image.ts';
import type { EmbeddingSpace } from './embed/embedding-space.ts';
import { embedKnownFaces, type KnownFace } from './embed-known-faces.ts';
import { packError, type TransferredError } from './error-transfer.ts';
import { loadFaceEngine } from './load-face-engine.ts';
import type { AnalyzeOptions } from './options/analyze-options.ts';
import type { EmbedFacesOptions } from './options/embed-faces-options.ts';
import type { FaceEngineOptions } from './options/engine-options.ts';
import type { ImageInput } from './rgb-image.ts';

/** What a worker can be asked for: what its engine is, the faces of an image, or the embeddings of those that are known. */
export type FaceWorkerTask = DescribeTask | AnalyzeTask | EmbedTask;

export interface DescribeTask {
  kind: 'describe';
}

export interface AnalyzeTask {
  kind: 'analyze';
  image: ImageInput;
  options: Omit<AnalyzeOptions, 'signal'>;
  /** Shared with the caller: 1 asks the worker to give the image up between two steps. */
  abortFlag: Int32Array;
}

export interface EmbedTask {
  kind: 'embed';
  image: ImageInput;
  faces: readonly KnownFace[];
  options: Omit<EmbedFacesOptions, 'signal'>;
  abortFlag: Int32Array;
}

export interface EngineDescription {
  space: EmbeddingSpace;
  detector: string;
  provenance: Record<string, unknown>;
}

export type FaceWorkerReply =
  | { kind: 'described'; description: EngineDescription }
  | { kind: 'analyzed'; image: AnalyzedImage }
  | { kind: 'embedded'; embeddings: (Float32Array | null)[] }
  | { kind: 'failed'; error: TransferredError };

/** Sent once by each worker, when its networks are loaded or have failed to: from then on it may be ended between two tasks. */
export interface EngineLoaded {
  loadedThread: number;
}

const ABORT_POLL_MILLIS = 10;

// Loading starts with the thread; a failure is reported to whoever asks first.
const engine = loadFaceEngine(workerData as FaceEngineOptions);
engine.catch(() => {}).finally(() => parentPort?.postMessage({ loadedThread: threadId } satisfies EngineLoaded));

/** Entry point of the worker thread: answers one task at a time. */
export default async function runTask(task: FaceWorkerTask): Promise<FaceWorkerReply> {
  try {
    if (task.kind === 'analyze') return { kind: 'analyzed', image: await untilAborted(task, (signal) => analyze(task, signal)) };
    if (task.kind === 'embed') return { kind: 'embedded', embeddings: await untilAborted(task, (signal) => embed(task, signal)) };
    const { embedder, detector, provenance } = await engine;
    return { kind: 'described', description: { space: embedder.space, detector: detector.name, provenance } };
  } catch (error) {
    return { kind: 'failed', error: packError(error) };
  }
}

async function analyze({ image, options }: AnalyzeTask, signal: AbortSignal): Promise<AnalyzedImage> {
  return analyzeFaces(image, await engine, { ...options, signal });
}

async function embed({ image, faces, options }: EmbedTask, signal: AbortSignal): Promise<(Float32Array | null)[]> {
  const loaded = await engine;
  return withDecodedImage(image, { ...options, signal }, (pixels) => embedKnownFaces(pixels, faces, loaded, { signal }));
}

async function untilAborted<Result>(
  { abortFlag }: { abortFlag: Int32Array },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const look = () => {
    if (Atomics.load(abortFlag, 0) === 1) controller.abort();
  };
  look();
  // A flag rather than a message port: a port for each task made the process grow by 0.1 MB an image.
  const watch = setInterval(look, ABORT_POLL_MILLIS);
  try {
    return await work(controller.signal);
  } finally {
    clearInterval(watch);
  }
}
