import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange, Labels } from '../../model/labels.ts';
import { changeIdentity, type InBatch } from '../change-identity.ts';
import { type IdentityChange, REJECTED } from '../identity-change.ts';
import { clearing } from '../label-changes.ts';
import { findSurvivor } from '../people/find-survivor.ts';
import { readLabelling } from '../read-labelling.ts';
import { type Revisions, revisionOf } from '../revisions.ts';
import { unlessRelabelled } from '../unless-changed.ts';

/** "This face is not that person": a label of the person goes with it. */
export async function rejectPerson(context: LibraryContext, options: Parameters<Labels['reject']>[0]): Promise<LabelChange> {
  const { faceId, revision, ...rest } = options;
  return rejectForFaces(context, { ...rest, faceIds: [faceId], revisions: revisionOf(faceId, revision) });
}

interface RejectOptions extends InBatch {
  faceIds: readonly string[];
  personId: string;
  actor: string;
  revisions?: Revisions;
}

/** The same for several faces. */
export async function rejectForFaces(context: LibraryContext, options: RejectOptions): Promise<LabelChange> {
  const { faceIds, actor, revisions = new Map(), batchId } = options;
  const decide = async (transaction: LibraryContext) => {
    const { personId } = await findSurvivor(transaction, options.personId);
    return (await readLabelling(transaction, faceIds)).faces.flatMap((face): IdentityChange[] => [
      ...(face.label?.personId === personId ? [clearing(face)] : []),
      {
        subject: 'rejection',
        faceId: face.faceId,
        personId,
        before: face.rejected.has(personId) ? REJECTED : null,
        after: REJECTED,
      },
    ]);
  };
  return changeIdentity(context, actor, unlessRelabelled(revisions, decide), batchId);
}
