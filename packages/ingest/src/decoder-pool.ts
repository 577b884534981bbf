import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Piscina } from 'piscina';
import type { DecoderReply, DecoderTask } from './decoder-worker.ts';
import { createWeightedLimit } from './flow/weighted-limit.ts';
import { DECODE_TIMEOUT_SECONDS } from './limits.ts';

/** A thread takes 100 to 250 MB for a photo of 12 MP and 0.4 s; more than two of them would fill the memory of small machines. */
const MAX_THREADS = Math.min(2, availableParallelism());

/** A thread keeps memory of the last photo; starting one takes 0.2 s. */
const IDLE_TIMEOUT_MILLIS = 10_000;

/** One photo per thread and none waiting inside the pool, so that the deadline counts decoding and not standing in line. */
const slots = createWeightedLimit(MAX_THREADS);
let sharedPool: Piscina<DecoderTask, DecoderReply> | undefined;

function pool(): Piscina<DecoderTask, DecoderReply> {
  sharedPool ??= new Piscina({
    filename: new URL(`./decoder-worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: MAX_THREADS,
    idleTimeout: IDLE_TIMEOUT_MILLIS,
    recordTiming: false,
  });
  return sharedPool;
}

/** Decodes a photo in a worker thread that is ended when it does not answer in time: no timer stops WebAssembly in this thread. */
export async function decodeInPool(task: DecoderTask, signal?: AbortSignal): Promise<PoolReply> {
  return await slots.run(1, () => decodeWithDeadline(task, signal), signal);
}

type PoolReply = Exclude<DecoderReply, { kind: 'spent' }>;

async function decodeWithDeadline(task: DecoderTask, signal: AbortSignal | undefined): Promise<PoolReply> {
  const deadline = AbortSignal.timeout(DECODE_TIMEOUT_SECONDS * 1000);
  try {
    const options = { signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]) };
    let reply = await pool().run(task, options);
    while (reply.kind === 'spent') {
      leavePool();
      reply = await pool().run(task, options);
    }
    if (reply.kind === 'failed') leavePool(); // and with it what a hostile photo took
    return reply;
  } catch (error) {
    signal?.throwIfAborted();
    const reason = deadline.aborted ? 'timed out' : `the decoder broke down: ${error instanceof Error ? error.message : error}`;
    return { kind: 'failed', reason };
  }
}

/** Lets the threads that there are finish, and has new ones started for what comes. */
function leavePool(): void {
  sharedPool?.close().catch(() => {}); // whoever waits for its tasks is told by them
  sharedPool = undefined;
}
