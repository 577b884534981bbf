import { sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { NotFoundError } from '../../errors/not-found-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { IgnoredReason } from '../../model/ignored-reason.ts';
import type { LabelChange, Labels } from '../../model/labels.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { changeIdentity, type InBatch } from '../change-identity.ts';
import { type IdentityChange, ignoredState } from '../identity-change.ts';
import { clearing } from '../label-changes.ts';
import { type LabelledFace, readLabelling } from '../read-labelling.ts';
import { revisionsOf } from '../revisions.ts';
import { unlessRelabelled } from '../unless-changed.ts';

const REASONS: ReadonlySet<IgnoredReason> = new Set(['stranger', 'not_a_face', 'picture', 'unclear']);

/** Sets faces aside, or takes them back. */
export async function ignoreFaces(
  context: LibraryContext,
  options: Parameters<Labels['ignore']>[0] & InBatch,
): Promise<LabelChange> {
  const { faceIds, actor, ignored = true, reason, revisions, batchId } = options;
  checkReason(reason);
  if (reason !== undefined && !ignored) {
    throw InvalidInputError.expected('no reason for faces that are taken back', 'reason', reason);
  }
  const decide = async (transaction: LibraryContext) =>
    (await readLabelling(transaction, faceIds)).faces.flatMap((face): IdentityChange[] =>
      ignored ? settingAside(face, reason ?? null) : [{ ...ignoredOf(face), after: ignoredState(false, null) }],
    );
  return changeIdentity(context, actor, unlessRelabelled(revisionsOf(faceIds, revisions), decide), batchId);
}

/** Sets those faces of a photo aside of whom nobody said who they are, and that are not set aside yet. */
export async function ignoreRest(context: LibraryContext, options: Parameters<Labels['ignoreRest']>[0]): Promise<LabelChange> {
  const { photoId, actor, reason = 'stranger' } = options;
  checkReason(reason);
  return changeIdentity(context, actor, async (transaction) => {
    const { faces } = await readLabelling(transaction, await facesOf(transaction, photoId));
    const rest = faces.filter(({ label, ignored }) => !ignored.ignored && (label === null || label.source === 'model_guess'));
    return rest.flatMap((face) => settingAside(face, reason));
  });
}

/** A guess does not stand against what a person says. */
function settingAside(face: LabelledFace, reason: IgnoredReason | null): IdentityChange[] {
  const guess = face.label?.source === 'model_guess' ? [clearing(face)] : [];
  return [...guess, { ...ignoredOf(face), after: ignoredState(true, reason) }];
}

function ignoredOf({ faceId, ignored }: LabelledFace) {
  return { subject: 'ignored' as const, faceId, before: ignored };
}

async function facesOf(context: LibraryContext, photoId: string): Promise<string[]> {
  if (!isUuid(photoId)) throw new NotFoundError('photo', photoId);
  const { rows } = await sql<{ faceIds: string[] }>`
    SELECT ARRAY(SELECT face_id::text FROM faces WHERE faces.photo_id = photos.photo_id) AS "faceIds"
    FROM photos WHERE photo_id = ${photoId} AND library_id = ${context.libraryId}`.execute(context.db);
  const [photo] = rows;
  if (!photo) throw new NotFoundError('photo', photoId);
  return photo.faceIds;
}

function checkReason(reason: unknown): void {
  if (reason !== undefined && !REASONS.has(reason as IgnoredReason)) {
    throw InvalidInputError.expected(`one of ${[...REASONS].join(', ')}`, 'reason', reason);
  }
}
