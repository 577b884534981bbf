/**
 * Maps an async sequence with up to `concurrency` mappings under way, and yields the results in the order of the input.
 *
 * The input is read no faster than the results are taken: at most `concurrency` items are in memory.
 */
export async function* mapInOrder<In, Out>(
  input: AsyncIterable<In>,
  concurrency: number,
  map: (item: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const running: Promise<Out>[] = [];
  try {
    for await (const item of input) {
      const result = map(item);
      result.catch(() => {}); // it is awaited below, perhaps later than it fails
      running.push(result);
      if (running.length >= concurrency) yield await (running.shift() as Promise<Out>);
    }
    while (running.length > 0) yield await (running.shift() as Promise<Out>);
  } finally {
    await Promise.allSettled(running);
  }
}
