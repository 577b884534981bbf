import type { BankChanges } from './bank-changes.ts';
import { COORDINATES, coarseRows } from './coarse-vectors.ts';
import { isEvidence, isNamed, isRival } from './evidence-rules.ts';
import { type FaceBank, vectorOf } from './face-bank.ts';
import type { FaceFacts } from './face-facts.ts';

/** One person's rows of the gallery's matrix: from `start` to below `end`. */
export interface GalleryPerson {
  readonly personId: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The faces of a bank that count as evidence, side by side person by person: a scan reads memory in one go, which is six times as fast
 * as fetching each face from its place in the bank.
 */
export interface Gallery {
  readonly people: readonly GalleryPerson[];
  /** Place in the bank of each row. */
  readonly rows: readonly number[];
  /** The vectors of the rows. */
  readonly vectors: Float32Array;
  /** Their coordinates along the axes of the bank; null where it has none. */
  readonly coarse: Float32Array | null;
  /** The mean vector of each person, in the order of `people`. */
  readonly centres: Float32Array;
  /** Places in the bank of faces that speak against somebody, in the order of their ids. */
  readonly rivals: readonly number[];
  /** By photo: its faces that have a name, whether or not they have a vector. */
  readonly namedInPhoto: ReadonlyMap<string, readonly FaceFacts[]>;
}

/** More changed faces than that, a merge for instance, and building anew is cheaper. */
const MOST_CHANGES = 2_000;

/** The gallery of the same faces at an earlier time, and what changed since. */
interface Former {
  readonly gallery: Gallery;
  readonly bank: FaceBank;
  readonly changes: BankChanges;
}

/** One person's rows, in the order of the ids of the faces: a mean is then the same to the last digit, whatever order they came in. */
interface Person {
  readonly personId: string;
  readonly places: readonly number[];
}

/** Gives what the `former` gallery has of people and photos for which nothing changed, without looking at them again. */
export function buildGallery(bank: FaceBank, former: Former | null = null): Gallery {
  const isSameAxes = former?.bank.axes === bank.axes;
  if (former && isSameAxes && former.changes.faces.length <= MOST_CHANGES) return laterGallery(bank, former);
  const { faces } = bank;
  const evidence = inOrder(
    bank,
    [...faces.keys()].filter((i) => isEvidence(faces[i]!)),
  );
  const byPerson = Map.groupBy(evidence, (i) => faces[i]!.personId!);
  const people = [...byPerson].map(([personId, places]) => ({ personId, places }));
  const standing = [...faces.filter(isNamed), ...bank.withoutVector.values()];
  return {
    ...layOut(bank, people, null),
    rivals: inOrder(
      bank,
      [...faces.keys()].filter((i) => isRival(faces[i]!)),
    ),
    namedInPhoto: Map.groupBy(standing, ({ photoId }) => photoId),
  };
}

function laterGallery(bank: FaceBank, former: Former): Gallery {
  const { gallery, changes } = former;
  const { faces } = bank;
  const changed = new Set(changes.faces);
  const evidence = changes.faces.filter((i) => isEvidence(faces[i]!));
  const gained = Map.groupBy(evidence, (i) => faces[i]!.personId!);
  const known = new Set(gallery.people.map(({ personId }) => personId));
  const people = [
    ...gallery.people.map(({ personId, start, end }): Person => {
      const places = gallery.rows.slice(start, end);
      if (!changes.people.has(personId)) return { personId, places };
      const kept = places.filter((place) => !changed.has(place));
      return { personId, places: inOrder(bank, [...kept, ...(gained.get(personId) ?? [])]) };
    }),
    ...[...gained].flatMap(([personId, places]) => (known.has(personId) ? [] : { personId, places: inOrder(bank, places) })),
  ].filter(({ places }) => places.length > 0);
  const kept = gallery.rivals.filter((place) => !changed.has(place));
  const rivals = inOrder(bank, [...kept, ...changes.faces.filter((i) => isRival(faces[i]!))]);
  return {
    ...layOut(bank, people, { gallery, people: changes.people }),
    rivals,
    namedInPhoto: laterNames(bank, former),
  };
}

/** Copies what lies side by side in the former gallery in one go. */
function layOut(
  bank: FaceBank,
  people: readonly Person[],
  former: { gallery: Gallery; people: ReadonlySet<string> } | null,
): Pick<Gallery, 'people' | 'rows' | 'vectors' | 'coarse' | 'centres'> {
  const { dimension } = bank;
  const places = new Map(former?.gallery.people.map(({ personId }, i) => [personId, i]));
  const rows = people.flatMap((person) => person.places);
  const vectors = new Float32Array(rows.length * dimension);
  const centres = new Float32Array(people.length * dimension);
  const coarse = bank.axes && new Float32Array(rows.length * COORDINATES);
  let start = 0;
  const laidOut = people.map(({ personId, places: ofPerson }, i): GalleryPerson => {
    const end = start + ofPerson.length;
    const known = former && !former.people.has(personId) ? places.get(personId)! : null;
    if (known === null) {
      for (const [row, place] of ofPerson.entries()) vectors.set(vectorOf(bank, place), (start + row) * dimension);
      coarse?.set(coarseRows(bank.axes!, vectors.subarray(start * dimension, end * dimension)), start * COORDINATES);
      centres.set(meanOfRows(vectors, dimension, start, end), i * dimension);
    } else {
      const { gallery } = former!;
      const { start: from, end: to } = gallery.people[known]!;
      vectors.set(gallery.vectors.subarray(from * dimension, to * dimension), start * dimension);
      coarse?.set(gallery.coarse!.subarray(from * COORDINATES, to * COORDINATES), start * COORDINATES);
      centres.set(gallery.centres.subarray(known * dimension, (known + 1) * dimension), i * dimension);
    }
    const person = { personId, start, end };
    start = end;
    return person;
  });
  return { people: laidOut, rows, vectors, coarse, centres };
}

function laterNames(bank: FaceBank, { gallery, bank: before, changes }: Former): Gallery['namedInPhoto'] {
  const { namedInPhoto } = gallery;
  const { faces, photos } = changes;
  const changed = new Set(faces.map((i) => bank.faces[i]!.faceId));
  const news = [...faces.map((i) => bank.faces[i]!).filter(isNamed), ...bank.withoutVector.values()];
  const gained = Map.groupBy(
    news.filter(({ photoId }) => photos.has(photoId)),
    ({ photoId }) => photoId,
  );
  const later = new Map(namedInPhoto);
  for (const photoId of photos) {
    const withVector = (namedInPhoto.get(photoId) ?? []).filter(
      ({ faceId }) => !changed.has(faceId) && !before.withoutVector.has(faceId),
    );
    const named = [...withVector, ...(gained.get(photoId) ?? [])];
    if (named.length > 0) later.set(photoId, named);
    else later.delete(photoId);
  }
  return later;
}

function inOrder({ faces }: FaceBank, places: Iterable<number>): number[] {
  return [...places].sort((a, b) => (faces[a]!.faceId < faces[b]!.faceId ? -1 : 1));
}

/** The named faces of a photo: what `companyOf` and `excludedPeople` ask for. */
export function namedBeside({ namedInPhoto }: Gallery, { photoId }: FaceFacts): readonly FaceFacts[] {
  return namedInPhoto.get(photoId) ?? [];
}

function meanOfRows(vectors: Float32Array, dimension: number, start: number, end: number): Float64Array {
  const mean = new Float64Array(dimension);
  for (let row = start; row < end; row++) {
    for (let i = 0; i < dimension; i++) mean[i]! += vectors[row * dimension + i]! / (end - start);
  }
  return mean;
}
