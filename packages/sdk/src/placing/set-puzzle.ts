import { excludedPeople, isEvidence, isNamed } from '../evidence/evidence-rules.ts';
import { type FaceBank, vectorOf } from '../evidence/face-bank.ts';
import type { FaceFacts } from '../evidence/face-facts.ts';
import { type GroupingOptions, groupFaces } from '../grouping/group-faces.ts';
import { NOBODY, type Puzzle } from './puzzle.ts';
import type { NamesOfPhotos } from './read-names.ts';

/** A puzzle, and what its numbers stand for. */
export interface PuzzleOfLibrary {
  readonly puzzle: Puzzle;
  readonly faces: readonly FaceFacts[];
  readonly personIds: readonly string[];
}

export interface Known {
  readonly bank: FaceBank;
  readonly names: NamesOfPhotos;
  /** Faces whose label stands by an earlier placing: they are asked anew, so that another call finds the same. */
  readonly placed: ReadonlySet<string>;
  readonly takenOff: ReadonlyMap<string, ReadonlySet<string>>;
  /** By photo, people who are on it without a face. */
  readonly faceless: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Everything that says who is who, in numbers. Faces set aside and those without a vector take no part, but a name they bear is used up. */
export async function setPuzzle(known: Known, options: GroupingOptions): Promise<PuzzleOfLibrary> {
  const { bank, names } = known;
  const asSaid = (face: FaceFacts): FaceFacts =>
    known.placed.has(face.faceId) ? { ...face, personId: null, source: null } : face;
  const places = [...bank.faces.keys()].filter((place) => {
    const face = asSaid(bank.faces[place]!);
    return !face.isPhotoDeleted && (isNamed(face) || !face.ignored);
  });
  places.sort((a, b) => (bank.faces[a]!.faceId < bank.faces[b]!.faceId ? -1 : 1));
  const faces = places.map((place) => asSaid(bank.faces[place]!));
  const withoutVector = [...bank.withoutVector.values()].map(asSaid).filter(isEvidence);
  const vectors = new Float32Array(places.length * bank.dimension);
  for (const [face, place] of places.entries()) vectors.set(vectorOf(bank, place), face * bank.dimension);

  const photoIds = [...new Set(faces.map(({ photoId }) => photoId))];
  const photoAt = new Map(photoIds.map((photoId, photo) => [photoId, photo]));
  const said = faces.flatMap((face) => (isNamed(face) ? [face.personId!] : []));
  const personIds = [...new Set([...names.people.keys(), ...said])];
  const personAt = new Map(personIds.map((personId, person) => [personId, person]));
  const usedUp = Map.groupBy(withoutVector, ({ photoId }) => photoId);
  const isThere = (photoId: string, personId: string) =>
    usedUp.get(photoId)?.some((face) => face.personId === personId) || known.faceless.get(photoId)?.has(personId);

  const groups = await groupFaces(
    { faces, vectors, dimension: bank.dimension, withoutVector, linked: [], apart: [], former: () => null },
    options,
  );
  const logCrowding = new Float64Array(faces.length);
  for (const { parts } of groups) for (const part of parts) for (const face of part.faces) logCrowding[face] = part.logCrowding;

  const puzzle: Puzzle = {
    photoOf: Int32Array.from(faces, ({ photoId }) => photoAt.get(photoId)!),
    names: photoIds.map((photoId) =>
      [...(names.byPhoto.get(photoId)?.keys() ?? [])]
        .filter((personId) => !isThere(photoId, personId))
        .map((personId) => personAt.get(personId)!),
    ),
    people: personIds.length,
    vectors,
    dimension: bank.dimension,
    logCrowding,
    groups: groups.map(({ parts }) => parts.flatMap((part) => part.faces)),
    said: Int32Array.from(faces, (face) => (isNamed(face) ? personAt.get(face.personId!)! : NOBODY)),
    barred: barredOf(faces, { known, withoutVector, personAt }),
  };
  return { puzzle, faces, personIds };
}

function barredOf(
  faces: readonly FaceFacts[],
  given: { known: Known; withoutVector: readonly FaceFacts[]; personAt: ReadonlyMap<string, number> },
): Map<number, Set<number>> {
  const { known, withoutVector, personAt } = given;
  const inPhoto = Map.groupBy([...faces, ...withoutVector], ({ photoId }) => photoId);
  const barred = new Map<number, Set<number>>();
  for (const [face, facts] of faces.entries()) {
    if (isNamed(facts)) continue;
    const out = [
      ...excludedPeople(facts, inPhoto.get(facts.photoId)!, known.bank.births),
      ...(known.takenOff.get(facts.faceId) ?? []),
      ...(known.faceless.get(facts.photoId) ?? []),
    ].flatMap((personId) => personAt.get(personId) ?? []);
    if (out.length > 0) barred.set(face, new Set(out));
  }
  return barred;
}
