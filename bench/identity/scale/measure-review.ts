import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bench } from './bench.ts';
import type { Bar } from './figures.ts';

const [ROUNDS, QUEUE_ROUNDS] = [100, 11];
const SUGGESTIONS: Bar = ['<=', 30, 'p95'];
const FIRST_QUEUE: Bar = ['<=', 3_000];

/** Who faces could be, and the queue of questions: what the first call costs in time and memory, and the later ones in time. */
export async function measureReview({ library, crowd, figures }: Bench): Promise<void> {
  const before = memoryInUse();
  const first = await figures.timed('queue, first', (signal) => library.review.queue({ signal }), FIRST_QUEUE);
  figures.add({ name: 'process after the first queue', value: process.memoryUsage.rss() / 2 ** 20, unit: 'MB' });
  if (!first) return;
  figures.add({ name: 'kept by the first queue', value: (memoryInUse() - before) / 2 ** 20, unit: 'MB' });

  const probes = Array.from({ length: ROUNDS }, () => crowd.faceIds[crowd.pick()]!);
  await library.review.suggestions(probes[0]!);
  await figures.inTurns(
    { suggestions: (round) => library.review.suggestions(probes[round]!) },
    { rounds: ROUNDS, bars: { suggestions: SUGGESTIONS } },
  );
  const page = await library.review.queue();
  await figures.inTurns(
    {
      'queue, again': () => library.review.queue(),
      'queue, next page': () => library.review.queue({ cursor: page.nextCursor ?? undefined }),
      'labels.confirm': async (round) => {
        const { face, suggestions } = page.items[round]!;
        const { personId } = suggestions[0]!.person;
        // Two faces of a photo may seem to be one person.
        await library.labels.confirm({ faceId: face.faceId, personId, actor: 'bench' }).catch(() => {});
      },
      'queue, after an answer': () => library.review.queue(),
      'people.list, 50 by name': () => library.people.list(),
      'people.list, 200 by faces': () => library.people.list({ limit: 200, order: 'faces' }),
    },
    { rounds: QUEUE_ROUNDS },
  );
}

/** Bytes that this process's JavaScript holds on to. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
