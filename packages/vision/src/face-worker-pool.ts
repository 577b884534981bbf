import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Piscina } from 'piscina';
import type { AnalyzeOptions } from './analyze-faces.ts';
import type { AnalyzedImage } from './analyze-pixels.ts';
import { unpackError } from './error-transfer.ts';
import { AnalyzerClosedError, WorkerCrashedError } from './errors.ts';
import type { EngineDescription, FaceWorkerReply, FaceWorkerTask } from './face-worker.ts';
import type { FaceEngineOptions } from './load-face-engine.ts';
import type { ImageInput } from './rgb-image.ts';

/** Beyond four workers a photo library waits for its disk; each one costs about 90 MB. */
const MAX_DEFAULT_WORKERS = 4;

/** Memory a worker may need at its worst: the largest image it decodes, and its networks. */
const WORKER_MEMORY_BYTES = 1_000_000_000;

/** One worker a core, as far as memory reaches. */
export function defaultWorkerCount(): number {
  const byMemory = Math.floor(process.availableMemory() / WORKER_MEMORY_BYTES);
  return Math.max(1, Math.min(availableParallelism(), byMemory, MAX_DEFAULT_WORKERS));
}

/**
 * Worker threads with an engine each. A forward pass blocks its thread for its whole duration; in workers it blocks nobody
 * else. The first worker starts at once, the others when there is work for them.
 */
export class FaceWorkerPool {
  readonly #pool: Piscina<FaceWorkerTask, FaceWorkerReply>;
  #closed = false;

  constructor(workers: number, engine: FaceEngineOptions) {
    // Sources run as .ts, the built package as .js; the worker's file lies beside this one in both.
    const filename = new URL(`./face-worker${extname(import.meta.url)}`, import.meta.url).href;
    this.#pool = new Piscina({
      filename,
      workerData: engine,
      minThreads: 1,
      maxThreads: workers,
      // Loading the networks takes longer than most photos: a worker stays until the pool is closed.
      idleTimeout: Number.POSITIVE_INFINITY,
      // Between tasks a worker must keep turning its event loop, to finish closing files.
      atomics: 'disabled',
      recordTiming: false,
    });
  }

  async describe(signal: AbortSignal | undefined): Promise<EngineDescription> {
    const reply = await this.#run({ kind: 'describe' }, [], signal);
    if (reply.kind !== 'described') throw new TypeError(`Expected a description from the worker but received ${reply.kind}.`);
    return reply.description;
  }

  async analyze(image: ImageInput, { signal, ...options }: AnalyzeOptions): Promise<AnalyzedImage> {
    const { input, transfer } = prepareInput(image);
    const reply = await this.#run({ kind: 'analyze', image: input, options }, transfer, signal);
    if (reply.kind !== 'analyzed') throw new TypeError(`Expected faces from the worker but received ${reply.kind}.`);
    return reply.image;
  }

  /** Ends the workers; tasks that still wait or run are rejected. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.destroy();
  }

  async #run(task: FaceWorkerTask, transferList: ArrayBuffer[], signal: AbortSignal | undefined): Promise<FaceWorkerReply> {
    signal?.throwIfAborted();
    if (this.#closed) throw new AnalyzerClosedError('The face analyzer is closed.');
    let reply: FaceWorkerReply;
    try {
      reply = await this.#pool.run(task, { transferList, signal });
    } catch (cause) {
      signal?.throwIfAborted();
      if (this.#closed) throw new AnalyzerClosedError('The face analyzer was closed before the image was analyzed.', { cause });
      throw new WorkerCrashedError(
        'The worker thread that analyzed the image died. Another takes its place; the image can be tried again.',
        {
          cause,
        },
      );
    }
    if (reply.kind === 'failed') throw unpackError(reply.error);
    return reply;
  }
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
