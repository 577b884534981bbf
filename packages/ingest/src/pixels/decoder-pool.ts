import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { TaskTimeoutError, TimedPool } from '../flow/timed-pool.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { DECODE_TIMEOUT_SECONDS } from '../model/limits.ts';
import type { BesideFormat } from './beside-formats.ts';
import type { DecoderReply, DecoderTask } from './decoder-worker.ts';

/** A thread takes 100 to 250 MB for a photo of 12 MP and 0.4 s; more than two of them would fill the memory of small machines. */
const MAX_THREADS = Math.min(2, availableParallelism());

/** A thread keeps memory of the last photo; starting one takes 0.2 s. */
const IDLE_TIMEOUT_MILLIS = 10_000;

/** One photo per thread and none waiting inside its pool. */
const slots = createWeightedLimit(MAX_THREADS);

/** A pool of one thread, which can be ended without waiting for the photo of another, and keeps the memory of one decoder. */
interface DecoderThread {
  readonly format: BesideFormat;
  readonly pool: TimedPool<DecoderTask, DecoderReply>;
}

/** The one that worked last comes last. */
const idleThreads: DecoderThread[] = [];

/** Takes an idle thread of that decoder, or starts one in place of an idle one of another. */
async function takeThread(format: BesideFormat): Promise<DecoderThread> {
  const index = idleThreads.findLastIndex((thread) => thread.format === format); // -1 stands for the last
  const [thread] = idleThreads.splice(index, 1);
  if (thread?.format === format) return thread;
  await thread?.pool.destroy();
  return startThread(format);
}

function startThread(format: BesideFormat): DecoderThread {
  const pool = new TimedPool<DecoderTask, DecoderReply>({
    filename: new URL(`./decoder-worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_TIMEOUT_MILLIS,
    recordTiming: false,
  });
  return { format, pool };
}

/** Decodes a photo in a worker thread that is ended when it does not answer in time: no timer stops WebAssembly in this thread. */
export async function decodeInPool(task: DecoderTask, signal?: AbortSignal): Promise<PoolReply> {
  return await slots.run(1, () => decodeInThread(task, signal), signal);
}

type PoolReply = Exclude<DecoderReply, { kind: 'spent' }>;

async function decodeInThread(task: DecoderTask, signal: AbortSignal | undefined): Promise<PoolReply> {
  const thread = await takeThread(task.format);
  const reply = await runInTime(thread.pool, task, signal);
  if (reply.kind === 'pixels' || reply.kind === 'no-decoder') {
    idleThreads.push(thread);
  } else {
    // What a hostile photo took goes with the thread, before another takes as much.
    await thread.pool.destroy();
  }
  signal?.throwIfAborted();
  return reply.kind === 'spent' ? await decodeInThread(task, signal) : reply;
}

async function runInTime(pool: DecoderThread['pool'], task: DecoderTask, signal: AbortSignal | undefined): Promise<DecoderReply> {
  try {
    return await pool.run(task, { millis: DECODE_TIMEOUT_SECONDS * 1000, signal });
  } catch (error) {
    if (error instanceof TaskTimeoutError) return { kind: 'failed', reason: 'timed out' };
    return { kind: 'failed', reason: `the decoder broke down: ${error instanceof Error ? error.message : error}` };
  }
}
