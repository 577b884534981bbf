import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { FaceFacts } from './face-facts.ts';

/*
 * Who counts as evidence, who is left out, and who is asked about. Everything that judges faces follows these rules: the query for one
 * face (`find-evidence.ts`) and the memory for all of them (`gallery.ts`), which give the same answer to the last digit.
 *
 * No rule looks at these: hidden people are hidden from lists only; an ignored face that has a name is out of the questions but still
 * that person; labels and rejections of somebody who was merged are the survivor's by the merge itself.
 */

/** What a face must be to speak for the person it is labelled as: by its facts, and the same in SQL about a `face_labels` row `label`. */
interface EvidenceRule<Fact extends keyof FaceFacts = keyof FaceFacts> {
  readonly fact: Fact;
  readonly oneOf: readonly FaceFacts[Fact][];
  readonly column: RawBuilder<unknown>;
}

/** Somebody said who it is: a person, or another program. A guess is not said, so that one wrong guess cannot draw more after it. */
const IS_NAMED: EvidenceRule<'source'> = {
  fact: 'source',
  oneOf: ['human_confirmed', 'imported'],
  column: sql`label.label_source`,
};

/** What was deleted is gone. A photo that is only missing counts: its drive may be unplugged. */
const IS_KEPT: EvidenceRule<'isPhotoDeleted'> = {
  fact: 'isPhotoDeleted',
  oneOf: [false],
  column: sql`label.photo_id IN (SELECT photo_id FROM photos WHERE deleted_ts IS NOT NULL)`,
};

const EVIDENCE_RULES: readonly EvidenceRule[] = [IS_NAMED, IS_KEPT];

const follows = (rule: EvidenceRule, face: FaceFacts) => rule.oneOf.includes(face[rule.fact]);

/** Whether somebody said who it is. */
export function isNamed(face: FaceFacts): boolean {
  return follows(IS_NAMED, face);
}

/** Whether it speaks for the person it is labelled as, to every face but itself. */
export function isEvidence(face: FaceFacts): boolean {
  return EVIDENCE_RULES.every((rule) => follows(rule, face));
}

/** The same about a row of `face_labels` called `label`. */
export const evidenceCondition: RawBuilder<SqlBool> = sql<SqlBool>`${sql.join(
  EVIDENCE_RULES.map(({ column, oneOf }) => sql`(${column}) IN (${sql.join(oneOf)})`),
  sql` AND `,
)}`;

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

/** Who a face cannot be: those it is not, as somebody said, and those who stand in its photo by another face. */
export function excludedPeople(face: Pick<FaceFacts, 'faceId' | 'rejected'>, inPhoto: readonly FaceFacts[]): ReadonlySet<string> {
  const company = companyOf(face, inPhoto);
  return face.rejected.length === 0 ? company : new Set([...company, ...face.rejected]);
}
