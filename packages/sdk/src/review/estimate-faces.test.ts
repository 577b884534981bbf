import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Clusters, clusterSpace } from '../../test/support/sample-clusters.ts';
import { type Estimates, estimateFaces } from './estimate-faces.ts';
import type { BankFace, FaceBank } from './face-bank.ts';
import { buildGallery } from './gallery.ts';

const PEOPLE = 8;
const FACES = 120;
const { dimension } = clusterSpace;

/** Faces of people, two to a photo, the first third confirmed. */
function generatedBank(): FaceBank {
  const clusters = new Clusters(31, PEOPLE);
  const vectors = new Float32Array(FACES * dimension);
  const faces = Array.from({ length: FACES }, (_, i): BankFace => {
    const person = clusters.pick(PEOPLE + 2);
    vectors.set(clusters.face(person), i * dimension);
    const isConfirmed = i < FACES / 3 && person < PEOPLE;
    return {
      faceId: `face ${i}`,
      photoId: `photo ${Math.floor(i / 2)}`,
      ignored: false,
      personId: isConfirmed ? `person ${person}` : null,
      source: isConfirmed ? 'human_confirmed' : null,
      rejected: [],
    };
  });
  return { stamp: { spaceId: 'space', journalSeq: 0n, vectors: '' }, dimension, faces, vectors };
}

const face = fc.nat(FACES - 1);
const person = fc.nat(PEOPLE - 1).map((i) => `person ${i}`);
type Change = (face: BankFace) => Partial<BankFace>;
const change: fc.Arbitrary<Change> = fc.oneof(
  person.map(
    (personId): Change =>
      () => ({ personId, source: 'human_confirmed' }),
  ),
  person.map(
    (personId): Change =>
      () => ({ personId, source: 'model_guess' }),
  ),
  fc.constant<Change>(() => ({ personId: null, source: null })),
  fc.boolean().map(
    (ignored): Change =>
      () => ({ ignored }),
  ),
  person.map(
    (personId): Change =>
      ({ rejected }) => ({ rejected: [...rejected, personId] }),
  ),
);

test('after any changes, estimates brought up to date are those made anew', async () => {
  const start = generatedBank();
  const first = await estimateFaces(start, buildGallery(start));
  const round = fc.array(fc.tuple(face, change), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
      let estimates: Estimates = first;
      for (const changes of rounds) {
        let { bank } = estimates;
        for (const [index, change] of changes) {
          const before = bank.faces[index]!;
          bank = { ...bank, faces: bank.faces.with(index, { ...before, ...change(before) }) };
        }
        const gallery = buildGallery(bank);
        estimates = await estimateFaces(bank, gallery, { previous: estimates });
        expect(estimates.open).toEqual((await estimateFaces(bank, gallery)).open);
      }
    }),
    { numRuns: 60 },
  );
});

test('what a change does not reach is kept, not made anew', async () => {
  const bank = generatedBank();
  const before = await estimateFaces(bank, buildGallery(bank));
  const index = before.open[0]!.index;
  const confirmed = { ...bank.faces[index]!, personId: before.open[0]!.personId, source: 'human_confirmed' as const };
  const changed = { ...bank, faces: bank.faces.with(index, confirmed) };
  const after = await estimateFaces(changed, buildGallery(changed), { previous: before });
  const kept = after.open.filter((estimate) => before.open.includes(estimate));
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(after.open.length);
});
