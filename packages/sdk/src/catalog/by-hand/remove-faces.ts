import { sql } from 'kysely';
import { changeIdentity } from '../../identity/change-identity.ts';
import type { IdentityChange } from '../../identity/identity-change.ts';
import { REJECTED } from '../../identity/identity-change.ts';
import { clearing } from '../../identity/label-changes.ts';
import { readFacesToChange } from '../../identity/read-faces.ts';
import { readLabelling } from '../../identity/read-labelling.ts';
import { personState } from '../../identity/replay.ts';
import { revisionsOf } from '../../identity/revisions.ts';
import { unlessRelabelled } from '../../identity/unless-changed.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { Faces } from '../../model/faces.ts';
import type { LabelChange } from '../../model/labels.ts';

/** Takes faces out of their photos, with all that was said of them, as one batch: an undo brings back both. */
export async function removeFaces(context: LibraryContext, options: Parameters<Faces['remove']>[0]): Promise<LabelChange> {
  const { faceIds, actor, revisions } = options;
  const decide = async (transaction: LibraryContext): Promise<IdentityChange[]> => {
    const { faces } = await readLabelling(transaction, faceIds);
    const ids = faces.map(({ faceId }) => faceId);
    const states = await readFacesToChange(transaction, ids);
    return [
      ...faces.flatMap((face): IdentityChange[] => [
        ...(face.label ? [clearing(face)] : []),
        ...[...face.rejected].map((personId) => ({
          subject: 'rejection' as const,
          faceId: face.faceId,
          personId,
          before: REJECTED,
          after: null,
        })),
        { subject: 'ignored', faceId: face.faceId, before: face.ignored, after: { ignored: false } },
        { subject: 'face', faceId: face.faceId, before: states.get(face.faceId)!, after: null },
      ]),
      ...(await readPairs(transaction, ids)),
      ...(await readCovers(transaction, ids)),
    ];
  };
  return changeIdentity(context, actor, unlessRelabelled(revisionsOf(faceIds, revisions), decide));
}

async function readPairs({ db }: LibraryContext, faceIds: readonly string[]): Promise<IdentityChange[]> {
  const { rows } = await sql<{ faceId: string; otherFaceId: string; isSame: boolean }>`
    SELECT face_id AS "faceId", other_face_id AS "otherFaceId", is_same AS "isSame" FROM face_group_says
    WHERE face_id = ANY (${[...faceIds]}::uuid[]) OR other_face_id = ANY (${[...faceIds]}::uuid[])`.execute(db);
  return rows.map(({ faceId, otherFaceId, isSame }) => ({
    subject: 'pair',
    faceId,
    otherFaceId,
    before: { isSame },
    after: null,
  }));
}

/** People who are shown by one of these faces are no longer. */
async function readCovers({ db, libraryId }: LibraryContext, faceIds: readonly string[]): Promise<IdentityChange[]> {
  const rows = await db
    .selectFrom('people')
    .selectAll()
    .where('library_id', '=', libraryId)
    .where(sql<boolean>`cover_face_id = ANY (${[...faceIds]}::uuid[])`)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => {
    const before = personState(row);
    return { subject: 'person', personId: row.person_id, before, after: { ...before, coverFaceId: null } };
  });
}
