import fc from 'fast-check';
import type { FaceBank } from '../../src/evidence/face-bank.ts';
import type { FaceFacts } from '../../src/evidence/face-facts.ts';
import { Clusters, clusterSpace } from './sample-clusters.ts';

const PEOPLE = 8;
const FACES = 120;
const { dimension } = clusterSpace;

export function faceFacts(facts: Partial<FaceFacts> & Pick<FaceFacts, 'faceId' | 'photoId'>): FaceFacts {
  return {
    isPhotoDeleted: false,
    isPhotoMissing: false,
    shotLocal: null,
    shotPrecision: null,
    latitude: null,
    longitude: null,
    ignored: false,
    ignoredReason: null,
    personId: null,
    source: null,
    rejected: [],
    ...facts,
  };
}

/** Faces of people, two to a photo, the first third confirmed. `spread`: 1 for people as far apart as usual. */
export function generatedBank({ spread = 1, count = FACES } = {}): FaceBank {
  const clusters = new Clusters(31, PEOPLE);
  const vectors = new Float32Array(count * dimension);
  const faces = Array.from({ length: count }, (_, i): FaceFacts => {
    const person = clusters.pick(PEOPLE + 2);
    vectors.set(
      clusters.face(person).map((value) => value * spread),
      i * dimension,
    );
    const face = { faceId: `face ${String(i).padStart(4, '0')}`, photoId: `photo ${Math.floor(i / 2)}` };
    const isConfirmed = i < count / 3 && person < PEOPLE;
    return faceFacts(isConfirmed ? { ...face, personId: `person ${person}`, source: 'human_confirmed' } : face);
  });
  return {
    journalSeq: 0n,
    scale: 1,
    spaceId: 'space',
    space: 'test',
    dimension,
    faces,
    vectors,
    axes: null,
    withoutVector: new Map(),
    births: [],
  };
}

const place = fc.nat(FACES - 1);
const person = fc.nat(PEOPLE - 1).map((i) => `person ${i}`);
const vector = fc
  .tuple(fc.nat(), fc.nat(PEOPLE + 1))
  .map(([seed, person]) =>
    new Clusters(31, PEOPLE).face(person).map((value, i) => (i < 3 ? value + (seed % 100) / 1_000 : value)),
  );

/** What may become known of the face at a place, its vector, or a face beside it. */
type Change = (bank: FaceBank, place: number) => FaceBank;

function withFacts(facts: (face: FaceFacts) => Partial<FaceFacts>): Change {
  return (bank, place) => ({
    ...bank,
    faces: bank.faces.map((face, i) => (i === place ? { ...face, ...facts(face) } : face)),
  });
}

export const confirmAs = (personId: string): Change => withFacts(() => ({ personId, source: 'human_confirmed' }));

function withVector(values: Float32Array): Change {
  return (bank, place) => {
    const vectors = bank.vectors.slice();
    vectors.set(values, place * dimension);
    return withFacts(() => ({}))({ ...bank, vectors }, place);
  };
}

/** Another face in the photo of the face at the place, found later: its id sorts before that of all others. */
function withNewFace(values: Float32Array, facts: Partial<FaceFacts>): Change {
  return (bank, place) => {
    const vectors = new Float32Array(bank.vectors.length + dimension);
    vectors.set(bank.vectors);
    vectors.set(values, bank.vectors.length);
    const { photoId } = bank.faces[place]!;
    return {
      ...bank,
      vectors,
      faces: [...bank.faces, faceFacts({ faceId: `early face ${bank.faces.length}`, photoId, ...facts })],
    };
  };
}

function withFaceWithoutVector(personId: string | null): Change {
  return (bank, place) => {
    const { photoId } = bank.faces[place]!;
    const withoutVector = new Map(bank.withoutVector);
    if (personId === null) withoutVector.delete(`drawn in ${photoId}`);
    else
      withoutVector.set(
        `drawn in ${photoId}`,
        faceFacts({ faceId: `drawn in ${photoId}`, photoId, personId, source: 'imported' }),
      );
    return { ...bank, withoutVector };
  };
}

const change: fc.Arbitrary<Change> = fc.oneof(
  person.map(confirmAs),
  person.map((personId) => withFacts(() => ({ personId, source: 'model_guess' }))),
  fc.constant(withFacts(() => ({ personId: null, source: null }))),
  fc.boolean().map((ignored) => withFacts(() => ({ ignored }))),
  fc.boolean().map((isPhotoDeleted) => withFacts(() => ({ isPhotoDeleted }))),
  fc.boolean().map((isPhotoMissing) => withFacts(() => ({ isPhotoMissing }))),
  person.map((personId) => withFacts(({ rejected }) => ({ rejected: [...rejected, personId] }))),
  vector.map(withVector),
  vector.map((values) => withNewFace(values, {})),
  fc.tuple(vector, person).map(([values, personId]) => withNewFace(values, { personId, source: 'imported' })),
  fc.option(person).map(withFaceWithoutVector),
);

type Changes = [place: number, change: Change][];

/** Some rounds of changes of some faces each. */
export const rounds: fc.Arbitrary<Changes[]> = fc.array(fc.array(fc.tuple(place, change), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
});

/** The bank as it is brought up to date after the changes: what nothing happened to are the same objects. */
export function changeBank(bank: FaceBank, changes: Changes): FaceBank {
  return changes.reduce((changed, [place, change]) => change(changed, place), bank);
}

/** The same as it is read anew: in the order of the ids. */
export function readAnew(bank: FaceBank): FaceBank {
  const places = [...bank.faces.keys()].sort((a, b) => (bank.faces[a]!.faceId < bank.faces[b]!.faceId ? -1 : 1));
  const vectors = new Float32Array(bank.vectors.length);
  for (const [i, place] of places.entries()) {
    vectors.set(bank.vectors.subarray(place * dimension, (place + 1) * dimension), i * dimension);
  }
  return { ...bank, vectors, faces: places.map((place) => bank.faces[place]!) };
}
