import { isEvidence } from '../../evidence/evidence-rules.ts';
import type { GalleryPerson } from '../../evidence/gallery.ts';
import type { KnownFaces } from '../../evidence/known-faces.ts';
import type { UnnamedGroup } from '../../grouping/unnamed-groups.ts';
import { squaredDistance } from '../../search/distance.ts';
import { ESTIMATE_FLOOR } from '../centre-model.ts';
import type { EstimatedFace } from '../estimate-faces.ts';

/** Faces on one card: as many as are looked over at a glance. */
export const MOST_FACES = 24;

/** Keys that an answer takes: to say yes, and to type enough of a name and choose it. */
const YES = 1;
const NAME = 3;

/** L2 distance of two people's centres within which it is worth a closer look whether they are one. */
const PAIR_REACH = 0.4;
/** Confirmed faces, by their ids, by which two people are compared. */
export const FACES_OF_PAIR = 5;
/** Waiting faces that two people being one is worth. */
const MOST_WORTH = 10;

/** What may be asked, before anybody looked closely. */
export type OpenQuestion =
  | { readonly kind: 'group'; readonly gain: number; readonly group: UnnamedGroup }
  | {
      readonly kind: 'person';
      readonly gain: number;
      readonly faces: readonly EstimatedFace[];
      readonly all: readonly EstimatedFace[];
    }
  | { readonly kind: 'pair'; readonly gain: number; readonly person: GalleryPerson; readonly other: GalleryPerson }
  | { readonly kind: 'face'; readonly gain: number; readonly index: number };

/** By the faces it would settle for each key, if the estimates are right: the most useful first. */
export function* findQuestions(
  known: KnownFaces,
  open: readonly EstimatedFace[],
  groups: readonly UnnamedGroup[],
): Generator<OpenQuestion> {
  const { faces } = known.bank;
  const waiting = open.filter(({ index }) => faces[index]!.personId === null);
  const inReach = waiting.filter(({ personId, confidence }) => personId !== null && confidence >= ESTIMATE_FLOOR);
  const people = [...Map.groupBy(inReach, ({ personId }) => personId).values()].map((ofPerson): OpenQuestion => {
    const surest = ofPerson.sort((a, b) => b.confidence - a.confidence || a.index - b.index).slice(0, MOST_FACES);
    return { kind: 'person', faces: surest, all: ofPerson, gain: gainOf(surest.map(({ confidence }) => confidence)) };
  });
  const ofGroups = groups.map((group): OpenQuestion => ({ kind: 'group', group, gain: group.places.length / NAME }));
  const several = [...ofGroups, ...people, ...findPairs(known)].sort((a, b) => b.gain - a.gain);
  yield* several.filter(({ gain }) => gain >= ALONE);
  for (const { index, confidence } of waiting) {
    if (confidence < ESTIMATE_FLOOR) yield { kind: 'face', index, gain: ALONE };
  }
  yield* several.filter(({ gain }) => gain < ALONE);
  // Whoever resembles somebody, but too little for that person's card.
  for (const { index } of inReach) yield { kind: 'face', index, gain: ALONE };
}

/** What naming one face is worth that nobody resembles. */
const ALONE = 1 / NAME;

/** Faces that one answer settles for each key: saying yes to all, and taking out the wrong ones one by one. */
export function gainOf(confidences: readonly number[]): number {
  const right = confidences.reduce((sum, confidence) => sum + confidence, 0);
  return right / (YES + confidences.length - right);
}

/** People whose faces are alike on the whole, and who never stand side by side. The one with fewer faces is asked about. */
function findPairs({ bank, gallery }: KnownFaces): OpenQuestion[] {
  const { dimension } = bank;
  const { people, centres, namedInPhoto } = gallery;
  const photosOf = ({ start, end }: GalleryPerson) => gallery.rows.slice(start, end).map((place) => bank.faces[place]!.photoId);
  const isBeside = ({ personId }: GalleryPerson, photoId: string) =>
    namedInPhoto.get(photoId)!.some((face) => isEvidence(face) && face.personId === personId);
  return people.flatMap((one, i) => {
    const centre = centres.subarray(i * dimension, (i + 1) * dimension);
    return people.slice(0, i).flatMap((two, j): OpenQuestion[] => {
      if (squaredDistance(centres, j * dimension, centre, PAIR_REACH ** 2) > PAIR_REACH ** 2) return [];
      const [person, other] = one.end - one.start > two.end - two.start ? [one, two] : [two, one];
      if (photosOf(other).some((photoId) => isBeside(person, photoId))) return [];
      return [{ kind: 'pair', person, other, gain: Math.min(MOST_WORTH, other.end - other.start) / (2 * YES) }];
    });
  });
}
