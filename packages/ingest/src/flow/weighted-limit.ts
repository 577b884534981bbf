/** Lets work in as long as its weights fit a capacity together; the rest waits in line. */
export interface WeightedLimit {
  /** Runs `work` when there is room. Work heavier than the whole capacity runs alone. */
  run<T>(weight: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/**
 * First come, first served: a heavy piece at the head of the line is not overtaken, so it cannot starve.
 *
 * @param capacity sum of the weights that may run at one time
 */
export function createWeightedLimit(capacity: number): WeightedLimit {
  const waiting: { weight: number; start: () => void }[] = [];
  let used = 0;

  const admit = () => {
    for (let next = waiting[0]; next !== undefined && used + next.weight <= capacity; next = waiting[0]) {
      waiting.shift();
      used += next.weight;
      next.start();
    }
  };

  return {
    async run(weight, work, signal) {
      const share = Math.min(weight, capacity);
      await new Promise<void>((start) => {
        waiting.push({ weight: share, start });
        admit();
      });
      try {
        signal?.throwIfAborted();
        return await work();
      } finally {
        used -= share;
        admit();
      }
    },
  };
}
