import { sql } from 'kysely';
import { ConflictError } from '../../errors/conflict-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { MergedPeople, People } from '../../model/people.ts';
import { changeIdentity } from '../change-identity.ts';
import { type IdentityChange, type LabelState, PRESENT } from '../identity-change.ts';
import { readPeopleOfPhotos } from '../read-people-of-photos.ts';
import { revisionsOf } from '../revisions.ts';
import { unlessPersonChanged } from '../unless-changed.ts';
import { readUnmerged } from './change-person.ts';
import { findSurvivor } from './find-survivor.ts';
import { type FaceOfEither, planMerge } from './plan-merge.ts';

/**
 * Two people turn out to be one. All labels of `fromId` become `intoId`'s, "not this person" carries over, and the row of `fromId`
 * stays and points on: one batch, undone by its id.
 *
 * Throws ConflictError: MERGE_WITH_SELF; PERSON_MERGED when `fromId` was merged before; PERSON_ALREADY_IN_PHOTO, listing the
 * photos, when both stand in one photo by more than a guess and `allowSamePhoto` is not set.
 */
export async function mergePeople(context: LibraryContext, options: Parameters<People['merge']>[0]): Promise<MergedPeople> {
  const { actor, allowSamePhoto = false, revisions } = options;
  const fromId = options.fromId.toLowerCase();
  let movedFaces = 0;
  const decide = async (transaction: LibraryContext): Promise<IdentityChange[]> => {
    const from = await readUnmerged(transaction, fromId);
    const into = await findSurvivor(transaction, options.intoId);
    if (into.personId === fromId) {
      throw new ConflictError('MERGE_WITH_SELF', `'${from.displayName}' cannot be merged with itself.`);
    }
    const faces = await readFacesOfEither(transaction, fromId, into.personId);
    const plan = planMerge(faces, { fromId, intoId: into.personId, allowSamePhoto });
    if (plan.conflictingPhotoIds.length > 0) throw bothInPhoto(from.displayName, into.displayName, plan.conflictingPhotoIds);
    movedFaces = plan.movedFaces;
    return [
      ...plan.changes,
      ...(await readMovedPhotos(transaction, fromId, into.personId)),
      { subject: 'person', personId: fromId, before: from, after: { ...from, mergedInto: into.personId } },
    ];
  };
  const given = revisionsOf([fromId, options.intoId], revisions);
  const change = await changeIdentity(context, actor, unlessPersonChanged(given, decide));
  return { ...change, movedFaces };
}

/** Photos that somebody is on as `fromId` become `intoId`'s. */
async function readMovedPhotos(context: LibraryContext, fromId: string, intoId: string): Promise<IdentityChange[]> {
  const photos = await readPeopleOfPhotos(context, sql`person_id IN (${fromId}, ${intoId})`);
  return [...photos].flatMap(([photoId, people]): IdentityChange[] => {
    if (!people.has(fromId)) return [];
    const before = people.has(intoId) ? PRESENT : null;
    return [
      { subject: 'photo', photoId, personId: fromId, before: PRESENT, after: null },
      { subject: 'photo', photoId, personId: intoId, before, after: PRESENT },
    ];
  });
}

interface Row extends LabelState, Omit<FaceOfEither, 'label'> {
  readonly hasLabel: boolean;
}

/** Faces labelled `fromId`, or said not to be; and those labelled `intoId` beside them. */
async function readFacesOfEither(context: LibraryContext, fromId: string, intoId: string): Promise<FaceOfEither[]> {
  const rejects = (personId: string) => sql`EXISTS (
    SELECT FROM face_rejections rejection WHERE rejection.face_id = face.face_id AND rejection.person_id = ${personId})`;
  const { rows } = await sql<Row>`
    SELECT face.face_id AS "faceId", face.photo_id AS "photoId", label.face_id IS NOT NULL AS "hasLabel",
      label.person_id AS "personId", label.label_source AS source, label.confidence,
      label.same_photo_allowed AS "samePhotoAllowed", ${rejects(fromId)} AS "isNotFrom", ${rejects(intoId)} AS "isNotInto"
    FROM faces face
    LEFT JOIN face_labels label ON label.face_id = face.face_id AND label.person_id IN (${fromId}, ${intoId})
    WHERE face.face_id IN (
      SELECT face_id FROM face_labels WHERE person_id = ${fromId}
      UNION ALL
      SELECT face_id FROM face_rejections WHERE person_id = ${fromId}
      UNION ALL
      SELECT face_id FROM face_labels
      WHERE person_id = ${intoId} AND photo_id IN (SELECT photo_id FROM face_labels WHERE person_id = ${fromId})
    )
    ORDER BY face.face_id`.execute(context.db);
  return rows.map(({ hasLabel, personId, source, confidence, samePhotoAllowed, ...face }) => ({
    ...face,
    label: hasLabel ? { personId, source, confidence, samePhotoAllowed } : null,
  }));
}

const MOST_PHOTOS_LISTED = 10;

function bothInPhoto(fromName: string, intoName: string, photoIds: readonly string[]): ConflictError {
  const listed = photoIds.slice(0, MOST_PHOTOS_LISTED).join(', ');
  const more = photoIds.length > MOST_PHOTOS_LISTED ? ` and ${photoIds.length - MOST_PHOTOS_LISTED} more` : '';
  return new ConflictError(
    'PERSON_ALREADY_IN_PHOTO',
    `'${fromName}' and '${intoName}' are both in ${photoIds.length === 1 ? 'photo' : 'photos'} ${listed}${more}.`,
    {
      remedy: 'Correct one of them in each, or allow the person twice in a photo if they are one after all.',
      details: { photoIds: [...photoIds] },
    },
  );
}
