import { announced } from '../../src/flow/announced.ts';

const SLOW_START_MILLIS = 1_000;
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_START_MILLIS);

/** A worker that starts slowly, and does what it is told. */
export default announced(async (task: 'answer' | 'loop' | 'die'): Promise<string> => {
  while (task === 'loop');
  if (task === 'die') process.exit(1);
  return task;
});
