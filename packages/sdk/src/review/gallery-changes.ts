import type { FaceBank } from './face-bank.ts';
import type { Gallery, GalleryPerson } from './gallery.ts';

/** One bank and its gallery, at some moment. */
interface Moment {
  readonly bank: FaceBank;
  readonly gallery: Gallery;
}

/** What differs between two moments of the same bank. */
export interface GalleryChanges {
  /** Faces, as places in the bank, about which something else is known. */
  readonly faces: readonly number[];
  /** Photos of those faces. */
  readonly photos: ReadonlySet<string>;
  /** People whose confirmed faces are not the same any more. */
  readonly people: ReadonlySet<string>;
}

export function changesBetween(before: Moment, after: Moment): GalleryChanges {
  const faces = [...after.bank.faces.keys()].filter((i) => after.bank.faces[i] !== before.bank.faces[i]);
  const rowsBefore = new Map(before.gallery.people.map((person) => [person.personId, rowsOf(before.gallery, person)]));
  const rowsAfter = new Map(after.gallery.people.map((person) => [person.personId, rowsOf(after.gallery, person)]));
  const people = [...new Set([...rowsBefore.keys(), ...rowsAfter.keys()])];
  return {
    faces,
    photos: new Set(faces.map((i) => after.bank.faces[i]!.photoId)),
    people: new Set(people.filter((personId) => rowsBefore.get(personId) !== rowsAfter.get(personId))),
  };
}

function rowsOf({ rows }: Gallery, { start, end }: GalleryPerson): string {
  return rows.slice(start, end).join(' ');
}
