import { collectEvidence, probeAt } from '../../packages/sdk/src/evidence/collect-evidence.ts';
import { companyOf } from '../../packages/sdk/src/evidence/evidence-rules.ts';
import type { FaceFacts } from '../../packages/sdk/src/evidence/face-facts.ts';
import { namedBeside } from '../../packages/sdk/src/evidence/gallery.ts';
import type { KnownFaces } from '../../packages/sdk/src/evidence/known-faces.ts';
import type { PersonEvidence } from '../../packages/sdk/src/evidence/person-evidence.ts';
import type { CentreDistance } from '../../packages/sdk/src/review/centre-model.ts';
import { type Surrounding, Surroundings } from '../../packages/sdk/src/review/priors/surroundings.ts';
import { know } from '../../packages/sdk/src/review/review-memory.ts';
import { l2Distance } from '../../packages/sdk/src/search/distance.ts';
import { faceFacts } from '../../packages/sdk/test/support/generated-bank.ts';
import type { LabelledEmbeddings } from './labelled-embeddings.ts';

/** How many centres a face is held against: those further away never matter. */
const NEAREST_CENTRES = 3;

/** One face held against a simulated library, and who it really is. */
export interface Trial {
  /** Of the face, in the collection. */
  readonly place: number;
  /** For each person in reach. */
  readonly evidence: readonly PersonEvidence[];
  /** What is around the face, about the same people. */
  readonly surroundings: readonly Pick<Surrounding, 'name' | 'lifts'>[];
  /** The nearest centres of people, nearest first. */
  readonly centres: readonly (CentreDistance & { personId: string })[];
  /** null: a stranger to this library. */
  readonly truth: string | null;
  /** The weights of one library's trials add up to 1. */
  readonly weight: number;
}

/** Which faces of a collection a library has confirmed, and which of all its faces are tried. */
export interface Simulation {
  readonly confirmed: ReadonlySet<number>;
  readonly tried: readonly number[];
}

/**
 * A library of all faces of `people`, in which some are confirmed. A face that is tried says nothing about itself; it is a stranger's
 * when no other photo with a confirmed face of its person is there.
 */
export function simulateLibrary(
  data: LabelledEmbeddings,
  people: ReadonlySet<number>,
  { confirmed, tried }: Simulation,
): Trial[] {
  const { known, places } = knownLibrary(data, people, confirmed);
  const surroundings = new Surroundings(known, ['shot time', 'company', 'place']);
  const placeInBank = new Map(places.map((place, i) => [place, i]));
  const photosOf = Map.groupBy(confirmed, (place) => data.faces[place]!.person);
  const isKnown = (place: number) =>
    photosOf.get(data.faces[place]!.person)?.some((other) => data.faces[other]!.photo !== data.faces[place]!.photo) ?? false;
  return tried.map((place) => {
    const index = placeInBank.get(place)!;
    const evidence = collectEvidence(known, probeAt(known, index));
    const face = known.bank.faces[index]!;
    const question = { face, company: companyOf(face, namedBeside(known.gallery, face)), candidates: evidence };
    return {
      place,
      evidence,
      surroundings: surroundings.lifts(question).map(({ name, lifts }) => ({ name, lifts })),
      centres: nearestCentres(known, index),
      truth: isKnown(place) ? String(data.faces[place]!.person) : null,
      weight: 1 / tried.length,
    };
  });
}

/** The faces of `people` in a bank, and the place in the collection of each. */
export function knownLibrary(
  data: LabelledEmbeddings,
  people: ReadonlySet<number>,
  confirmed: ReadonlySet<number>,
): { known: KnownFaces; places: readonly number[] } {
  const places = [...data.faces.keys()].filter((i) => people.has(data.faces[i]!.person));
  return { known: know(bankOf(data, places, confirmed)), places };
}

function bankOf({ faces, vectors, dimension }: LabelledEmbeddings, places: readonly number[], confirmed: ReadonlySet<number>) {
  const taken = new Float32Array(places.length * dimension);
  for (const [i, place] of places.entries()) {
    taken.set(vectors.subarray(place * dimension, (place + 1) * dimension), i * dimension);
  }
  const facts = places.map((place): FaceFacts => {
    const { person, photo, date, place: where } = faces[place]!;
    const shot = { shotLocal: date ?? null, shotPrecision: date ? (date.length > 10 ? 'minute' : 'day') : null } as const;
    const position = { latitude: where?.latitude ?? null, longitude: where?.longitude ?? null };
    const face = { faceId: `face ${place}`, photoId: `photo ${photo}`, ...shot, ...position };
    return faceFacts(confirmed.has(place) ? { ...face, personId: String(person), source: 'human_confirmed' } : face);
  });
  const space = { spaceId: 'space', space: 'dlib', scale: 1, dimension };
  return {
    ...space,
    journalSeq: 0n,
    faces: facts,
    vectors: taken,
    axes: null,
    withoutVector: new Map<string, FaceFacts>(),
    births: [],
  };
}

function nearestCentres({ bank, gallery }: KnownFaces, index: number): Trial['centres'] {
  const { dimension } = bank;
  const probe = bank.vectors.subarray(index * dimension, (index + 1) * dimension);
  const own = bank.faces[index]!.personId;
  return gallery.people
    .flatMap(({ personId, start, end }, i) => {
      const distance = l2Distance(gallery.centres.subarray(i * dimension, (i + 1) * dimension), probe);
      const faces = end - start - Number(personId === own);
      return faces === 0 ? [] : [{ personId, faces, distance: (distance * (end - start)) / faces }];
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST_CENTRES);
}
