import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TaskTimeoutError, TimedPool } from './timed-pool.ts';

/** Less than the worker takes to start. */
const MILLIS = 500;
let pool: TimedPool<'answer' | 'loop' | 'die', string>;

beforeEach(() => {
  const filename = new URL('../../test/support/timed-worker.ts', import.meta.url).href;
  pool = new TimedPool({ filename, minThreads: 0, maxThreads: 1 });
});
afterEach(() => pool.destroy());

it('does not hold the start of a thread against its task', async () => {
  expect(await pool.run('answer', { millis: MILLIS })).toBe('answer');
});

it('takes an answer that came while nobody listened', async () => {
  await pool.run('answer', { millis: MILLIS });
  const answer = pool.run('answer', { millis: MILLIS });
  await sleep(1); // the worker has the task
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * MILLIS);
  expect(await answer).toBe('answer');
});

it('ends a worker that loops, throws what a worker dies of, and the reason of the signal', async () => {
  await expect(pool.run('loop', { millis: MILLIS })).rejects.toThrow(TaskTimeoutError);
  await expect(pool.run('die', { millis: MILLIS })).rejects.toThrow('worker exited with code: 1');
  const reason = new Error('enough');
  const controller = new AbortController();
  const stopped = expect(pool.run('loop', { millis: 60_000, signal: controller.signal })).rejects.toBe(reason);
  await sleep(MILLIS);
  controller.abort(reason);
  await stopped;
});
