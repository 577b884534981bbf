import { vectorOf } from '../../evidence/face-bank.ts';
import type { KnownFaces } from '../../evidence/known-faces.ts';
import { hashNumbers } from '../../values/hash-numbers.ts';

/** A share of the faces to be drawn that one person has at most: a library is not one person. */
const MOST_OF_ONE = 0.1;

/**
 * Confirmed faces, as places in the bank, with who they are: whole people, in the order of the lowest hash of their vectors, until there
 * are `limit` faces. The same ones in every library of the same photos, whatever ids these have.
 */
export function drawConfirmed({ bank, gallery }: KnownFaces, limit: number): Map<number, string> {
  const people = gallery.people.map(({ personId, start, end }) => {
    const hashed = gallery.rows.slice(start, end).map((place) => ({ place, hash: hashNumbers(vectorOf(bank, place)) }));
    hashed.sort((a, b) => a.hash - b.hash || a.place - b.place);
    return { personId, lowest: hashed[0]!.hash, places: hashed.slice(0, mostOfOne(limit)).map(({ place }) => place) };
  });
  people.sort((a, b) => a.lowest - b.lowest || (a.personId < b.personId ? -1 : 1));
  const drawn = new Map<number, string>();
  for (const { personId, places } of people) {
    for (const place of places.slice(0, limit - drawn.size)) drawn.set(place, personId);
  }
  return drawn;
}

function mostOfOne(limit: number): number {
  return Math.max(1, Math.floor(limit * MOST_OF_ONE));
}
