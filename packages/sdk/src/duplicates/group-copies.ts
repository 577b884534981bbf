import { forEachNearPair, hashDistance, packHashes } from '../values/likeness/near-pairs.ts';
import { MOST_BITS_OF_COPIES, mayBeCopies, type PhotoLook, showsSomething } from '../values/likeness/photo-look.ts';
import { editedFrom, stemOf } from '../values/likeness/shot-names.ts';

export interface GroupOfLooks {
  readonly photos: readonly PhotoLook[];
  /** Bits in which each differs from the first. */
  readonly distances: readonly number[];
}

/**
 * Groups copies around the largest of each picture: every member is a copy of the first, so that a chain of small changes does not join
 * what is not alike.
 */
export function groupCopies(looks: readonly PhotoLook[]): GroupOfLooks[] {
  const candidates = looks.filter(showsSomething).toSorted(largestFirst);
  const copies = candidates.map(() => new Map<number, number>());
  const hashes = packHashes(candidates.map((look) => look.phash));
  const note = (a: number, b: number, distance: number) => {
    copies[a]!.set(b, distance);
    copies[b]!.set(a, distance);
  };
  forEachNearPair(hashes, MOST_BITS_OF_COPIES, (a, b, distance) => {
    if (mayBeCopies(candidates[a]!, candidates[b]!)) note(a, b, distance);
  });
  for (const [edited, original] of editedPairs(candidates)) note(edited, original, hashDistance(hashes, edited, original));

  const taken = new Set<number>();
  const groups: GroupOfLooks[] = [];
  for (const [first, others] of copies.entries()) {
    if (taken.has(first)) continue;
    const members = [...others].filter(([other]) => !taken.has(other)).sort(([a], [b]) => a - b);
    if (members.length === 0) continue;
    for (const [other] of members) taken.add(other);
    taken.add(first);
    groups.push({
      photos: [first, ...members.map(([other]) => other)].map((index) => candidates[index]!),
      distances: [0, ...members.map(([, distance]) => distance)],
    });
  }
  return groups;
}

/** Photos that are edited versions by their names and show the moment of the original: cut and recoloured ones, too. */
function editedPairs(looks: readonly PhotoLook[]): [edited: number, original: number][] {
  const byStem = new Map(looks.flatMap(({ paths }, index) => paths.map((path) => [stemOf(path), index] as const)));
  return looks.flatMap(({ paths, shotMillis }, edited) => {
    const originals = paths.map((path) => byStem.get(editedFrom(path) ?? ''));
    const original = originals.find((index) => index !== undefined && index !== edited);
    const isOfOneMoment = original !== undefined && shotMillis !== null && looks[original]!.shotMillis === shotMillis;
    return isOfOneMoment ? [[edited, original]] : [];
  });
}

function largestFirst(a: PhotoLook, b: PhotoLook): number {
  return b.width * b.height - a.width * a.height || b.filesize - a.filesize || (a.photoId < b.photoId ? -1 : 1);
}
