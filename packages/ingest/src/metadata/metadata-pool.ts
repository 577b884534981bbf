import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { displayPath } from '../files/photo-path.ts';
import { TaskTimeoutError, TimedPool } from '../flow/timed-pool.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { IngestError } from '../model/ingest-error.ts';
import { METADATA_TIMEOUTS_MILLIS } from '../model/limits.ts';
import type { PhotoMetadata } from '../model/scanned-photo.ts';
import { openGazetteer } from '../place/open-gazetteer.ts';
import type { MetadataReply, MetadataTask } from './metadata-worker.ts';

/** Reading is quick beside hashing and decoding: two threads keep up with eight cores of those. */
const MAX_THREADS = Math.min(2, availableParallelism());

/** Finding faces may keep a scan for seconds a photo; starting a thread takes 0.2 s. After this it is given back. */
const IDLE_TIMEOUT_MILLIS = 30_000;

/** JavaScript heap of one thread. Parsing 4 MB of XMP takes 100 MB. */
const MAX_HEAP_MEGABYTES = 256;

/** Heap for what lives briefly, which is nearly all: small, so that a thread does not sit on garbage. */
const YOUNG_HEAP_MEGABYTES = 16;

/** One file per thread and none waiting inside the pool. */
const slots = createWeightedLimit(MAX_THREADS);
let sharedPool: TimedPool<MetadataTask, MetadataReply> | undefined;

/** The pool starts with the first file; idle threads do not keep the process alive. */
function pool(): TimedPool<MetadataTask, MetadataReply> {
  sharedPool ??= new TimedPool({
    filename: new URL(`./metadata-worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: MAX_THREADS,
    idleTimeout: IDLE_TIMEOUT_MILLIS,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES },
  });
  return sharedPool;
}

/** Reads metadata in a worker thread that is ended when it does not answer in time: no timer stops a loop in this thread. */
export async function readMetadataInPool(
  task: MetadataTask,
  { places, signal }: { places: boolean; signal?: AbortSignal },
): Promise<PhotoMetadata> {
  const reply = await slots.run(1, () => readWithDeadlines(task, signal), signal);
  if ('refusal' in reply) throw new IngestError(reply.refusal.code, reply.refusal.message, reply.refusal);
  const { latitude, longitude } = reply.metadata;
  if (!places || latitude === null || longitude === null) return { ...reply.metadata, place: null };
  return { ...reply.metadata, place: (await openGazetteer()).placeAt(latitude, longitude) };
}

async function readWithDeadlines(task: MetadataTask, signal: AbortSignal | undefined): Promise<MetadataReply> {
  const name = displayPath(task.file);
  let failure: IngestError | undefined;
  for (const millis of METADATA_TIMEOUTS_MILLIS) {
    try {
      return await pool().run(task, { millis, signal });
    } catch (error) {
      signal?.throwIfAborted();
      const brokeDownBefore = failure?.code === 'METADATA_CRASH';
      failure = explain(error, name, millis);
      if (brokeDownBefore) break;
    }
  }
  throw failure;
}

function explain(error: unknown, name: string, millis: number): IngestError {
  if (!(error instanceof TaskTimeoutError)) {
    return new IngestError('METADATA_CRASH', `Reading the metadata of ${name} broke down; the file is damaged or hostile.`, {
      cause: error,
    });
  }
  return new IngestError(
    'METADATA_TIMEOUT',
    `The metadata of ${name} could not be read in ${millis} ms; the file is damaged or hostile, or this machine is overloaded.`,
    { cause: error },
  );
}
