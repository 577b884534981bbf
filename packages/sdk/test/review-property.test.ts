import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOf } from '../src/evidence/face-bank.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { createReview } from '../src/review/create-review.ts';
import { findCandidates } from '../src/review/find-candidates.ts';
import { ReviewMemory } from '../src/review/review-memory.ts';
import type { RankingQuestion } from '../src/review/terms/ranking-term.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { ChangingLibrary, rounds } from './support/changing-library.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

const RUNS = 12;
/** Every face, whatever it resembles. */
const everything = { minConfidence: 0, limit: 200 };

async function facesWithVectors(context: LibraryContext): Promise<{ faceId: string; isAsked: boolean }[]> {
  const { rows } = await sql<{ faceId: string; isAsked: boolean }>`
    SELECT face.face_id AS "faceId", deleted_ts IS NULL AND missing_since IS NULL AND NOT ignored
      AND coalesce(label_source = 'model_guess', true) AS "isAsked"
    FROM faces face JOIN photos USING (photo_id) JOIN face_embeddings USING (face_id) LEFT JOIN face_labels label USING (face_id)
    WHERE face.library_id = ${context.libraryId} ORDER BY 1`.execute(context.db);
  return rows;
}

/** What a question holds, whatever order its parts came in. */
function comparable({ face, company, candidates }: RankingQuestion) {
  return {
    face: { ...face, rejected: face!.rejected.toSorted() },
    company: [...company].sort(),
    candidates: candidates.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)),
  };
}

test('whatever happens to a library, its memory knows of each face exactly what one that is read anew does, and the queue asks accordingly', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (rounds) => {
      const library = await ChangingLibrary.open(opened.context);
      const { context } = library;
      const [memory, review] = [new ReviewMemory(context), createReview(context)];
      for (const happenings of [[], ...rounds]) {
        await library.go(happenings);
        const faces = await facesWithVectors(context);
        const answers = await memory.current();
        const anew = { context, memory: new ReviewMemory(context) };
        for (const { faceId } of faces) {
          const remembered = answers!.question(placeOf(answers!.known.bank, faceId)!);
          expect(comparable(remembered)).toEqual(comparable((await findCandidates(anew, faceId)).question));
        }

        const { items } = await review.queue(everything);
        const asked = faces.filter(({ isAsked }) => isAsked).map(({ faceId }) => faceId);
        expect(items.map(({ face }) => face.faceId).sort()).toEqual(asked);
        for (const { face, suggestions } of items) expect(suggestions).toEqual(await review.suggestions(face.faceId));
        expect(await createReview(context).queue(everything)).toEqual({ items, nextCursor: null });

        const { compared, ...outcome } = await review.applyCertain({ dryRun: true });
        const { compared: all, ...full } = await createReview(context).applyCertain({ dryRun: true });
        expect(outcome).toEqual(full);
        expect(compared).toBeLessThanOrEqual(all);
      }
    }),
    { numRuns: RUNS },
  );
}, 600_000);
