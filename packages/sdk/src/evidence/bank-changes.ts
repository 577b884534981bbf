import { isEvidence } from './evidence-rules.ts';
import type { FaceBank } from './face-bank.ts';

/** What differs between a bank and a later one. */
export interface BankChanges {
  /** Faces, as places in the later bank, about which something else is known, or whose vector is another. */
  readonly faces: readonly number[];
  /** Photos of those faces, and of named faces without a vector. */
  readonly photos: ReadonlySet<string>;
  /** People for whom other faces speak now. */
  readonly people: ReadonlySet<string>;
}

export function changesBetween(before: FaceBank, after: FaceBank): BankChanges {
  const faces = [...after.faces.keys()].filter((i) => after.faces[i] !== before.faces[i]);
  const beside = [...before.withoutVector, ...after.withoutVector].flatMap(([faceId, face]) =>
    before.withoutVector.get(faceId) === after.withoutVector.get(faceId) ? [] : face,
  );
  const states = faces.flatMap((i) => [before.faces[i], after.faces[i]].filter((face) => face !== undefined));
  return {
    faces,
    photos: new Set([...states, ...beside].map(({ photoId }) => photoId)),
    people: new Set(states.filter(isEvidence).map(({ personId }) => personId!)),
  };
}
