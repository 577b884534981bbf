import type { BankFace, FaceBank } from './face-bank.ts';
import { EVIDENCE_REACH, NEIGHBOURS_PER_PERSON, type PersonEvidence, SUPPORT_REACH } from './person-evidence.ts';

/** A person's confirmed faces, as places in the bank, and their mean. */
export interface GalleryPerson {
  readonly personId: string;
  readonly faces: readonly number[];
  readonly centre: Float64Array;
}

/** The confirmed faces (by a person, or imported) of a bank by person, and who they say stands in which photo. */
export interface Gallery {
  readonly people: readonly GalleryPerson[];
  /** By photo: confirmed faces, as places in the bank. */
  readonly confirmedInPhoto: ReadonlyMap<string, readonly number[]>;
}

export function isConfirmed({ source }: Pick<BankFace, 'source'>): boolean {
  return source === 'human_confirmed' || source === 'imported';
}

export function buildGallery(bank: FaceBank): Gallery {
  const confirmed = [...bank.faces.keys()].filter((i) => isConfirmed(bank.faces[i]!));
  const byPerson = Map.groupBy(confirmed, (i) => bank.faces[i]!.personId!);
  return {
    people: [...byPerson].map(([personId, faces]) => ({ personId, faces, centre: meanVector(bank, faces) })),
    confirmedInPhoto: Map.groupBy(confirmed, (i) => bank.faces[i]!.photoId),
  };
}

/** People whom the face cannot be: it is not them, or they stand in its photo by another face. */
export function excludedPeople(bank: FaceBank, gallery: Gallery, index: number): ReadonlySet<string> {
  const face = bank.faces[index]!;
  const inPhoto = gallery.confirmedInPhoto.get(face.photoId) ?? [];
  return new Set([...face.rejected, ...inPhoto.filter((other) => other !== index).map((other) => bank.faces[other]!.personId!)]);
}

/** What `findEvidence` finds by a query, for a face of the bank: the same numbers. */
export function collectEvidence(bank: FaceBank, gallery: Gallery, index: number): PersonEvidence[] {
  const excluded = excludedPeople(bank, gallery, index);
  return gallery.people.flatMap((person) => (excluded.has(person.personId) ? [] : evidenceOf(bank, person, index)));
}

function evidenceOf(bank: FaceBank, person: GalleryPerson, index: number): PersonEvidence[] {
  const found: { face: number; distance: number }[] = [];
  let confirmedFaces = 0;
  for (const face of person.faces) {
    if (face === index) continue;
    confirmedFaces++;
    const distance = distanceWithin(bank, index, face, EVIDENCE_REACH);
    if (distance !== null) found.push({ face, distance });
  }
  const idOf = (face: number) => bank.faces[face]!.faceId;
  found.sort((a, b) => a.distance - b.distance || (idOf(a.face) < idOf(b.face) ? -1 : 1));
  const [first, ...others] = found;
  if (!first) return [];
  return [
    {
      personId: person.personId,
      nearestFaceId: idOf(first.face),
      distances: [first.distance, ...others.slice(0, NEIGHBOURS_PER_PERSON - 1).map(({ distance }) => distance)],
      supportingFaces: found.filter(({ distance }) => distance < SUPPORT_REACH).length,
      confirmedFaces,
    },
  ];
}

/** Components summed before looking whether the distance is beyond reach already: most pairs are, half-way. */
const STRIDE = 16;

/** L2 distance of two faces of the bank, or null when it is not below `reach`; summed like `l2Distance`, so equal to it. */
function distanceWithin({ vectors, dimension }: FaceBank, a: number, b: number, reach: number): number | null {
  const limit = reach * reach;
  const startA = a * dimension;
  const startB = b * dimension;
  let sum = 0;
  for (let from = 0; from < dimension; from += STRIDE) {
    const to = Math.min(dimension, from + STRIDE);
    for (let i = from; i < to; i++) {
      const difference = vectors[startA + i]! - vectors[startB + i]!;
      sum += difference * difference;
    }
    if (sum > limit) return null;
  }
  const distance = Math.sqrt(sum);
  return distance < reach ? distance : null;
}

function meanVector({ vectors, dimension }: FaceBank, faces: readonly number[]): Float64Array {
  const mean = new Float64Array(dimension);
  for (const face of faces) for (let i = 0; i < dimension; i++) mean[i]! += vectors[face * dimension + i]!;
  return mean.map((sum) => sum / faces.length);
}
