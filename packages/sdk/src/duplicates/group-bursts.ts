import { hashDistance, packHashes } from '../values/likeness/near-pairs.ts';
import { MOST_BITS_OF_BURST, MOST_SECONDS_OF_BURST, type PhotoLook, showsSomething } from '../values/likeness/photo-look.ts';
import type { GroupOfLooks } from './group-copies.ts';

/** Groups shots that one camera took within seconds of each other and that look alike. */
export function groupBursts(looks: readonly PhotoLook[]): GroupOfLooks[] {
  const shots = looks
    .filter((look) => look.camera !== null && look.shotMillis !== null && showsSomething(look))
    .toSorted(
      (a, b) => compare(a.camera!, b.camera!) || a.shotMillis! - b.shotMillis! || compare(a.paths[0] ?? '', b.paths[0] ?? ''),
    );
  const hashes = packHashes(shots.map((look) => look.phash));
  const groups: GroupOfLooks[] = [];
  let start = 0;
  for (let index = 1; index <= shots.length; index++) {
    if (index < shots.length && follows(shots[index - 1]!, shots[index]!, hashDistance(hashes, index - 1, index))) continue;
    if (index - start > 1) {
      const first = start;
      const photos = shots.slice(first, index);
      groups.push({ photos, distances: photos.map((_, place) => hashDistance(hashes, first, first + place)) });
    }
    start = index;
  }
  return groups;
}

function follows(earlier: PhotoLook, later: PhotoLook, distance: number): boolean {
  const seconds = (later.shotMillis! - earlier.shotMillis!) / 1000;
  return earlier.camera === later.camera && seconds <= MOST_SECONDS_OF_BURST && distance <= MOST_BITS_OF_BURST;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
