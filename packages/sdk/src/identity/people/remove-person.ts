import { sql } from 'kysely';
import { ConflictError } from '../../errors/conflict-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { People, RemovedPerson } from '../../model/people.ts';
import { changeIdentity } from '../change-identity.ts';
import { type ChangeOfPerson, type IdentityChange, type LabelState, PRESENT, REJECTED } from '../identity-change.ts';
import { readPeopleOfPhotos } from '../read-people-of-photos.ts';
import { personState } from '../replay.ts';
import { revisionOf } from '../revisions.ts';
import { unlessPersonChanged } from '../unless-changed.ts';
import { readUnmerged } from './change-person.ts';

/**
 * Takes somebody out of the library, with those who were merged into them and with what was said about them: labels and "not this
 * person". One batch, so that one undo brings all of it back.
 */
export async function removePerson(
  context: LibraryContext,
  givenId: string,
  options: Parameters<People['remove']>[1],
): Promise<RemovedPerson> {
  const { actor, unlabel = false, revision } = options;
  const personId = givenId.toLowerCase();
  let unlabelledFaces = 0;
  const decide = async (transaction: LibraryContext): Promise<IdentityChange[]> => {
    const { displayName } = await readUnmerged(transaction, personId);
    const labels = await readLabels(transaction, personId);
    const photos = await readPhotos(transaction, personId);
    if (labels.length + photos.length > 0 && !unlabel) throw hasLabels(personId, displayName, labels.length, photos.length);
    unlabelledFaces = labels.length;
    return [
      ...labels,
      ...photos,
      ...(await readRejections(transaction, personId)),
      ...(await readWithMerged(transaction, personId)),
    ];
  };
  const change = await changeIdentity(context, actor, unlessPersonChanged(revisionOf(personId, revision), decide));
  return { ...change, unlabelledFaces };
}

async function readLabels(context: LibraryContext, personId: string): Promise<IdentityChange[]> {
  const { rows } = await sql<LabelState & { faceId: string }>`
    SELECT face_id AS "faceId", person_id AS "personId", label_source AS source, confidence,
      same_photo_allowed AS "samePhotoAllowed"
    FROM face_labels WHERE person_id = ${personId} ORDER BY face_id`.execute(context.db);
  return rows.map(({ faceId, ...before }) => ({ subject: 'label', faceId, before, after: null }));
}

async function readPhotos(context: LibraryContext, personId: string): Promise<IdentityChange[]> {
  const photos = await readPeopleOfPhotos(context, sql`person_id = ${personId}`);
  return [...photos.keys()].map((photoId) => ({ subject: 'photo', photoId, personId, before: PRESENT, after: null }));
}

async function readRejections(context: LibraryContext, personId: string): Promise<IdentityChange[]> {
  const rows = await context.db
    .selectFrom('face_rejections')
    .select('face_id')
    .where('person_id', '=', personId)
    .orderBy('face_id')
    .execute();
  return rows.map((row) => ({ subject: 'rejection', faceId: row.face_id, personId, before: REJECTED, after: null }));
}

/** The person, and whoever leads to them: nobody may point to somebody who is gone. */
async function readWithMerged(context: LibraryContext, personId: string): Promise<ChangeOfPerson[]> {
  const rows = await context.db
    .withRecursive('removed', (db) =>
      db
        .selectFrom('people')
        .selectAll()
        .where('person_id', '=', personId)
        .unionAll(db.selectFrom('people').innerJoin('removed', 'removed.person_id', 'people.merged_into').selectAll('people')),
    )
    .selectFrom('removed')
    .selectAll()
    .execute();
  return rows.map((row) => ({ subject: 'person', personId: row.person_id, before: personState(row), after: null }));
}

function hasLabels(personId: string, displayName: string, facesCount: number, photosCount: number): ConflictError {
  const faces = facesCount === 1 ? '1 face carries' : `${facesCount} faces carry`;
  const photos = photosCount === 1 ? '1 photo carries' : `${photosCount} photos carry`;
  const carriers = facesCount === 0 ? photos : faces;
  return new ConflictError('PERSON_HAS_LABELS', `'${displayName}' cannot be removed: ${carriers} the name.`, {
    remedy: 'Merge them into another person, or remove the person together with these labels (unlabel).',
    details: { personId, facesCount },
  });
}
