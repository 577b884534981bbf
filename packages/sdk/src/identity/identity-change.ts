import { isDeepStrictEqual } from 'node:util';
import type { FaceBox } from '../model/face-box.ts';
import type { FaceSource } from '../model/faces.ts';
import type { IgnoredReason } from '../model/ignored-reason.ts';
import type { IdentityEventKind, LabelSource } from '../model/labels.ts';

/** Who a face is, as it stands. */
export interface LabelState {
  readonly personId: string;
  readonly source: LabelSource;
  readonly confidence: number;
  /** A person said that this one may stand in the photo twice: a mirror, a photo of a photo. */
  readonly samePhotoAllowed: boolean;
}

/** Whether a face is set aside, and why; without a reason when nobody said. */
export interface IgnoredState {
  readonly ignored: boolean;
  readonly reason?: IgnoredReason;
}

export function ignoredState(ignored: boolean, reason: IgnoredReason | null): IgnoredState {
  return ignored && reason !== null ? { ignored, reason } : { ignored };
}

/** A person, as it stands. */
export interface PersonState {
  readonly displayName: string;
  readonly aliases: readonly string[];
  readonly birthDate: string | null;
  readonly hidden: boolean;
  readonly coverFaceId: string | null;
  readonly mergedInto: string | null;
  /** ISO 8601 with milliseconds. */
  readonly createdAt: string;
}

/** A face as it stands in its photo. */
export interface FaceState {
  readonly photoId: string;
  readonly source: FaceSource;
  /** Pixels of the upright image of this size. */
  readonly box: FaceBox;
  readonly image: { readonly width: number; readonly height: number };
}

/** What somebody said of two faces. */
export interface PairState {
  /** Whether they are one person. */
  readonly isSame: boolean;
}

interface Recorded {
  /** Why: models, thresholds, evidence. Default nothing. */
  readonly provenance?: Readonly<Record<string, unknown>>;
  /** The event that this change takes back. */
  readonly undoes?: string;
}

interface ChangeOf<State> extends Recorded {
  /** State of the subject before and after; null where it did not or does not exist. */
  readonly before: State | null;
  readonly after: State | null;
}

/** The label of one face. */
export interface ChangeOfLabel extends ChangeOf<LabelState> {
  readonly subject: 'label';
  readonly faceId: string;
}

/** "This face is not that person." */
export interface ChangeOfRejection extends ChangeOf<{ readonly rejected: true }> {
  readonly subject: 'rejection';
  readonly faceId: string;
  readonly personId: string;
}

/** A face set aside, such as a stranger's. */
export interface ChangeOfIgnored extends ChangeOf<IgnoredState> {
  readonly subject: 'ignored';
  readonly faceId: string;
}

export interface ChangeOfPerson extends ChangeOf<PersonState> {
  readonly subject: 'person';
  readonly personId: string;
}

/** A face drawn, moved or removed by hand. */
export interface ChangeOfFace extends ChangeOf<FaceState> {
  readonly subject: 'face';
  readonly faceId: string;
}

/** Whether two faces are one person, the one with the lower id first. Its provenance may say where one of them stood: `PairProvenance`. */
export interface ChangeOfPair extends ChangeOf<PairState> {
  readonly subject: 'pair';
  readonly faceId: string;
  readonly otherFaceId: string;
}

/** Somebody who is on a photo by a word about the photo as a whole. */
export interface ChangeOfPhoto extends ChangeOf<{ readonly present: true }> {
  readonly subject: 'photo';
  readonly photoId: string;
  readonly personId: string;
}

/** One change of what the library knows about identities: all of it passes through here, and becomes one journal entry. */
export type IdentityChange =
  | ChangeOfLabel
  | ChangeOfRejection
  | ChangeOfIgnored
  | ChangeOfPerson
  | ChangeOfFace
  | ChangeOfPair
  | ChangeOfPhoto;

export const REJECTED = { rejected: true } as const;
export const PRESENT = { present: true } as const;

/** Names what a change is about: two changes with one key follow each other. */
export function subjectKey(change: IdentityChange): string {
  switch (change.subject) {
    case 'label':
    case 'ignored':
    case 'face':
      return `${change.subject}:${change.faceId}`;
    case 'rejection':
      return `rejection:${change.faceId}:${change.personId}`;
    case 'photo':
      return `photo:${change.photoId}:${change.personId}`;
    case 'person':
      return `person:${change.personId}`;
    case 'pair':
      return `pair:${change.faceId}:${change.otherFaceId}`;
  }
}

/** False for a change that changes nothing. */
export function isEffective(change: IdentityChange): boolean {
  return !isDeepStrictEqual(change.before, change.after);
}

/** The change that takes `change` back. Where a face stood in its group is known for good; why something was said is not said again. */
export function reverseChange(change: IdentityChange, undoes: string): IdentityChange {
  const provenance = change.subject === 'pair' ? change.provenance : {};
  return { ...change, before: change.after, after: change.before, provenance, undoes } as IdentityChange;
}

/** The journal's name for a change. */
export function eventKind(change: IdentityChange): IdentityEventKind {
  switch (change.subject) {
    case 'label':
      return change.after ? 'label_set' : 'label_cleared';
    case 'rejection':
      return change.after ? 'person_rejected' : 'rejection_cleared';
    case 'ignored':
      return 'face_ignored';
    case 'photo':
      return change.after ? 'photo_labelled' : 'photo_label_cleared';
    case 'person':
      if (!change.before) return 'person_created';
      if (!change.after) return 'person_removed';
      return change.after.mergedInto !== null && change.before.mergedInto === null ? 'person_merged' : 'person_changed';
    case 'face':
      if (!change.before) return 'face_created';
      return change.after ? 'face_moved' : 'face_removed';
    case 'pair':
      return change.after ? 'pair_set' : 'pair_cleared';
  }
}

/**
 * A confidence that survives the database unchanged: PostgreSQL's `real` gives back every number of up to six digits as it was,
 * and the journal's JSON must equal it.
 */
export function storedConfidence(confidence: number): number {
  return Number(confidence.toFixed(6));
}
