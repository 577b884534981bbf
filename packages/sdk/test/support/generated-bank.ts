import fc from 'fast-check';
import type { BankFace, FaceBank } from '../../src/review/face-bank.ts';
import { Clusters, clusterSpace } from './sample-clusters.ts';

const PEOPLE = 8;
const FACES = 120;
const { dimension } = clusterSpace;

/** Faces of people, two to a photo, the first third confirmed. */
export function generatedBank(): FaceBank {
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
/** What may become known of a face. */
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

type Changes = [place: number, change: Change][];

/** Some rounds of changes of some faces each. */
export const rounds: fc.Arbitrary<Changes[]> = fc.array(fc.array(fc.tuple(face, change), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
});

/** The bank as it is read again after the changes: other faces are the same objects. */
export function changeBank(bank: FaceBank, changes: Changes): FaceBank {
  const faces = [...bank.faces];
  for (const [place, change] of changes) faces[place] = { ...faces[place]!, ...change(faces[place]!) };
  return { ...bank, faces };
}
