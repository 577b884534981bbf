import { forEachNearPair, packHashes } from '../values/likeness/near-pairs.ts';
import { MOST_BITS_OF_COPIES, mayBeCopies, type PhotoLook, showsSomething } from '../values/likeness/photo-look.ts';

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
  forEachNearPair(packHashes(candidates.map((look) => look.phash)), MOST_BITS_OF_COPIES, (a, b, distance) => {
    if (!mayBeCopies(candidates[a]!, candidates[b]!)) return;
    copies[a]!.set(b, distance);
    copies[b]!.set(a, distance);
  });

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

function largestFirst(a: PhotoLook, b: PhotoLook): number {
  return b.width * b.height - a.width * a.height || b.filesize - a.filesize || (a.photoId < b.photoId ? -1 : 1);
}
