import type { FaceFacts } from './face-facts.ts';

/*
 * Who counts as evidence, who is left out, and who is asked about.
 *
 * No rule looks at these: hidden people are hidden from lists only; an ignored face that has a name is out of the questions but still
 * that person; labels and rejections of somebody who was merged are the survivor's by the merge itself.
 */

/** Whether somebody said who it is: a person, or another program. A guess is not said, so that one wrong guess cannot draw more after it. */
export function isNamed({ source }: Pick<FaceFacts, 'source'>): boolean {
  return source === 'human_confirmed' || source === 'imported';
}

/**
 * Whether it speaks for the person it is labelled as, to every face but itself. What was deleted is gone; a photo that is only missing
 * counts: its drive may be unplugged.
 */
export function isEvidence(face: FaceFacts): boolean {
  return isNamed(face) && !face.isPhotoDeleted;
}

/** Whether it was set aside as nobody's: whoever looks like it is rather that stranger. An unclear one may be anybody. */
export function isSetAside(face: FaceFacts): boolean {
  return face.ignored && face.ignoredReason !== 'unclear' && !isNamed(face) && !face.isPhotoDeleted;
}

/** Whether it speaks against somebody, to every face but itself: for a stranger, or against those it is not, as somebody said. */
export function isRival(face: FaceFacts): boolean {
  return isSetAside(face) || (face.rejected.length > 0 && !face.isPhotoDeleted);
}

/** Whether it may be asked about, and named by itself: nobody said who it is, nor set it aside, and its photo is there to be looked at. */
export function isOpen(face: FaceFacts): boolean {
  return !isNamed(face) && !face.ignored && !face.isPhotoDeleted && !face.isPhotoMissing;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Who stands in the photo of a face by another face, as somebody said. `inPhoto` may hold the face itself and faces without a name. */
export function companyOf(face: Pick<FaceFacts, 'faceId'>, inPhoto: readonly FaceFacts[]): ReadonlySet<string> {
  const others = inPhoto.filter((other) => other.faceId !== face.faceId && isNamed(other));
  return others.length === 0 ? NOBODY : new Set(others.map(({ personId }) => personId!));
}

/** Who a face cannot be: those it is not, as somebody said, those who stand in its photo by another face, and those who were not born yet. */
export function excludedPeople(
  face: Pick<FaceFacts, 'faceId' | 'rejected' | 'shotLocal' | 'shotPrecision'>,
  inPhoto: readonly FaceFacts[],
  births: readonly Birth[],
): ReadonlySet<string> {
  const company = companyOf(face, inPhoto);
  const unborn = unbornAt(face, births);
  return face.rejected.length + unborn.length === 0 ? company : new Set([...company, ...face.rejected, ...unborn]);
}

/** When somebody was born. */
export interface Birth {
  readonly personId: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** The people who were born after the last day on which the photo can have been taken. `births`: the youngest first. */
export function unbornAt(
  { shotLocal, shotPrecision }: Pick<FaceFacts, 'shotLocal' | 'shotPrecision'>,
  births: readonly Birth[],
): string[] {
  if (shotLocal === null || births.length === 0) return [];
  const [year, month] = [shotLocal.slice(0, 4), shotLocal.slice(0, 7)];
  const lastDay = shotPrecision === 'year' ? `${year}-12-31` : shotPrecision === 'month' ? `${month}-31` : shotLocal.slice(0, 10);
  const firstBorn = births.findIndex(({ date }) => date <= lastDay);
  return births.slice(0, firstBorn === -1 ? births.length : firstBorn).map(({ personId }) => personId);
}
