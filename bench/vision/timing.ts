/** Milliseconds: median and best of at least five runs. */
export interface Timing {
  median: number;
  best: number;
}

const LEAST_RUNS = 5;

/** Runs `work` once to warm up, then at least five times and for `seconds`; the figures are divided by `units`. */
export async function timeRuns(seconds: number, units: number, work: () => Promise<unknown>): Promise<Timing> {
  await work();
  const times: number[] = [];
  for (let spent = 0; times.length < LEAST_RUNS || spent < seconds * 1000; ) {
    const start = performance.now();
    await work();
    const millis = performance.now() - start;
    times.push(millis / units);
    spent += millis;
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)]!, best: times[0]! };
}
