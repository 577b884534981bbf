import { setTimeout } from 'node:timers/promises';
import type { ReviewCard } from '../../../packages/sdk/src/index.ts';
import type { Bench } from './bench.ts';
import type { Bar } from './figures.ts';

const ROUNDS = 11;
/** Less than anybody takes who looks at 24 faces. */
const LOOK_MILLIS = 1_500;
const AFTER_ANSWER: Bar = ['<=', 100];

/** Cards: the first, the same again, and the one after an answer, to which somebody looked at the card for a moment. Groups are brought up to date before, once. */
export async function measureCards({ library, figures }: Bench): Promise<void> {
  const groups = await figures.timed('groups.refresh, half of the faces named', (signal, progress) =>
    library.groups.refresh({ signal, onProgress: ({ done }) => progress(done) }),
  );
  if (!groups) return;
  if (!(await figures.timed('next, first', (signal) => library.review.next({ signal })))) return;
  const answered: number[] = [];
  let card: ReviewCard | undefined;
  await figures.inTurns(
    {
      'next, again': async () => {
        [card] = (await library.review.next()).cards;
      },
      'a look at the card': () => setTimeout(LOOK_MILLIS),
      answer: async () => {
        const { cardId, kind, person, faces } = card!;
        answered.push(faces.length);
        const faceIds = faces.map(({ face }) => face.faceId);
        if (kind === 'pair') await library.review.answer({ cardId, same: false, actor: 'bench' });
        else if (person) await library.review.answer({ cardId, faceIds, personId: person.personId, actor: 'bench' });
        else await library.review.answer({ cardId, nobodyFaceIds: faceIds, actor: 'bench' });
      },
      'next, after an answer': () => library.review.next(),
    },
    { rounds: ROUNDS, bars: { 'next, after an answer': AFTER_ANSWER } },
  );
  figures.add({ name: 'faces on the cards', note: `${Math.min(...answered)} to ${Math.max(...answered)}` });
}
