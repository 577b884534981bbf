import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { AnalyzedImage } from './analyze-pixels.ts';
import type { KnownFace } from './embed-known-faces.ts';
import { unpackError } from './error-transfer.ts';
import { AnalyzerClosedError, WorkerCrashedError } from './errors.ts';
import type { EngineDescription, EngineLoaded, FaceWorkerReply, FaceWorkerTask } from './face-worker.ts';
import type { AnalyzeOptions } from './options/analyze-options.ts';
import type { EmbedFacesOptions } from './options/embed-faces-options.ts';
import type { FaceEngineOptions } from './options/engine-options.ts';
import type { ImageInput } from './rgb-image.ts';
import { switchTelemetryOff } from './runtime/switch-telemetry-off.ts';

/** Beyond four workers a photo library waits for its disk; each one costs about 90 MB. */
const MAX_DEFAULT_WORKERS = 4;

/** Memory a worker may need at its worst: the largest image it decodes, and its networks. */
const WORKER_MEMORY_BYTES = 1_000_000_000;

/** Heap for what lives briefly. Kept small, because each object in it may hold megabytes of pixels outside. */
const YOUNG_HEAP_MEGABYTES = 8;

/** One worker a core, as far as memory reaches. */
export function defaultWorkerCount(): number {
  const byMemory = Math.floor(process.availableMemory() / WORKER_MEMORY_BYTES);
  return Math.max(1, Math.min(availableParallelism(), byMemory, MAX_DEFAULT_WORKERS));
}

/** A task that waits for a worker or is in one. */
interface PendingTask {
  /** Settles when no worker has the task any more. */
  finished: Promise<FaceWorkerReply>;
  /** Rejects the caller at once and asks the worker to give up. */
  stop(reason: unknown): void;
}

/**
 * Worker threads with an engine each. A forward pass blocks its thread for its whole duration; in workers it blocks nobody
 * else. The first worker starts at once, the others when there is work for them.
 *
 * Workers are never ended while they work, not even by an abort, nor while they load their networks: ending a thread inside
 * sharp or onnxruntime takes the whole process down ("terminate called after throwing an instance of 'Napi::Error'").
 */
export class FaceWorkerPool {
  readonly #pool: Piscina<FaceWorkerTask, FaceWorkerReply>;
  readonly #pending = new Set<PendingTask>();
  /** By thread: resolves when its networks are loaded, or have failed to. */
  readonly #loading = new Map<number, PromiseWithResolvers<void>>();
  #closing: Promise<void> | null = null;

  constructor(workers: number, engine: FaceEngineOptions) {
    switchTelemetryOff(); // the workers cannot
    // Sources run as .ts, the built package as .js; the worker's file lies beside this one in both.
    const filename = new URL(`./face-worker${extname(import.meta.url)}`, import.meta.url).href;
    this.#pool = new Piscina({
      filename,
      workerData: engine,
      minThreads: 1,
      maxThreads: workers,
      // Loading the networks takes longer than most photos: a worker stays until the pool is closed.
      idleTimeout: Number.POSITIVE_INFINITY,
      // Between tasks and in the middle of them a worker must keep turning its event loop, to hear of aborts.
      atomics: 'disabled',
      recordTiming: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES },
    });
    // A worker that fails between two tasks fails nobody: piscina has replaced it when it says so.
    this.#pool.on('error', () => {});
    this.#pool.on('message', ({ loadedThread }: EngineLoaded) => this.#loadingOf(loadedThread).resolve());
  }

  async describe(signal: AbortSignal | undefined): Promise<EngineDescription> {
    const reply = await this.#run({ kind: 'describe' }, [], signal, null);
    if (reply.kind !== 'described') throw new TypeError(`Expected a description from the worker but received ${reply.kind}.`);
    return reply.description;
  }

  async analyze(image: ImageInput, { signal, ...options }: AnalyzeOptions): Promise<AnalyzedImage> {
    const reply = await this.#runOn(image, signal, (input, abortFlag) => ({ kind: 'analyze', image: input, options, abortFlag }));
    if (reply.kind !== 'analyzed') throw new TypeError(`Expected faces from the worker but received ${reply.kind}.`);
    return reply.image;
  }

  async embed(
    image: ImageInput,
    faces: readonly KnownFace[],
    { signal, ...options }: EmbedFacesOptions,
  ): Promise<(Float32Array | null)[]> {
    const reply = await this.#runOn(image, signal, (input, abortFlag) => {
      return { kind: 'embed', image: input, faces, options, abortFlag };
    });
    if (reply.kind !== 'embedded') throw new TypeError(`Expected embeddings from the worker but received ${reply.kind}.`);
    return reply.embeddings;
  }

  /** Rejects what waits or runs, lets the workers come to their next step, and ends them. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const reason = new AnalyzerClosedError('The face analyzer was closed before the image was analyzed.');
    const pending = [...this.#pending];
    for (const task of pending) task.stop(reason);
    await Promise.allSettled(pending.map(({ finished }) => finished));
    await Promise.all(this.#pool.threads.map((thread) => this.#untilLoaded(thread)));
    await this.#pool.destroy();
  }

  async #untilLoaded(thread: Worker): Promise<void> {
    const { promise, resolve } = this.#loadingOf(thread.threadId);
    thread.once('exit', () => resolve());
    await promise;
  }

  #loadingOf(threadId: number): PromiseWithResolvers<void> {
    const loading = this.#loading.get(threadId) ?? Promise.withResolvers<void>();
    this.#loading.set(threadId, loading);
    return loading;
  }

  #runOn(
    image: ImageInput,
    signal: AbortSignal | undefined,
    makeTask: (input: ImageInput, abortFlag: Int32Array) => FaceWorkerTask,
  ): Promise<FaceWorkerReply> {
    const { input, transfer } = prepareInput(image);
    const abortFlag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    return this.#run(makeTask(input, abortFlag), transfer, signal, abortFlag);
  }

  async #run(
    task: FaceWorkerTask,
    transferList: ArrayBuffer[],
    signal: AbortSignal | undefined,
    abortFlag: Int32Array | null,
  ): Promise<FaceWorkerReply> {
    signal?.throwIfAborted();
    if (this.#closing) throw new AnalyzerClosedError('The face analyzer is closed.');
    const finished = this.#pool.run(task, { transferList });
    const reply = await this.#untilStopped(finished, signal, abortFlag);
    if (reply.kind === 'failed') throw unpackError(reply.error);
    return reply;
  }

  #untilStopped(
    finished: Promise<FaceWorkerReply>,
    signal: AbortSignal | undefined,
    abortFlag: Int32Array | null,
  ): Promise<FaceWorkerReply> {
    const { promise, resolve, reject } = Promise.withResolvers<FaceWorkerReply>();
    const stop = (reason: unknown) => {
      if (abortFlag) Atomics.store(abortFlag, 0, 1);
      reject(reason);
    };
    const stopBySignal = () => stop(signal?.reason);
    const pending: PendingTask = { finished, stop };
    this.#pending.add(pending);
    signal?.addEventListener('abort', stopBySignal, { once: true });
    finished
      .then(resolve, (cause) => reject(crashed(cause)))
      .finally(() => {
        signal?.removeEventListener('abort', stopBySignal);
        this.#pending.delete(pending);
      });
    return promise;
  }
}

function crashed(cause: unknown): WorkerCrashedError {
  return new WorkerCrashedError('The worker thread that analyzed the image died.', {
    remedy: 'Another takes its place; the image can be tried again.',
    cause,
  });
}

/** Copies bytes once and hands the copy over; the caller's buffer stays usable. */
function prepareInput(image: ImageInput): { input: ImageInput; transfer: ArrayBuffer[] } {
  if (typeof image === 'string') return { input: image, transfer: [] };
  if (image instanceof Uint8Array) {
    const copy = new Uint8Array(image);
    return { input: copy, transfer: [copy.buffer] };
  }
  const data = new Uint8Array(image.data);
  return { input: { data, width: image.width, height: image.height }, transfer: [data.buffer] };
}
