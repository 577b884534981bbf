import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange, Labels } from '../../model/labels.ts';
import { changeIdentity } from '../change-identity.ts';
import { type IdentityChange, REJECTED } from '../identity-change.ts';
import { clearing } from '../label-changes.ts';
import { findSurvivor } from '../people/find-survivor.ts';
import { readLabelling } from '../read-labelling.ts';
import { revisionOf } from '../revisions.ts';
import { unlessRelabelled } from '../unless-changed.ts';

/** "This face is not that person": a label of the person goes with it. */
export async function rejectPerson(context: LibraryContext, options: Parameters<Labels['reject']>[0]): Promise<LabelChange> {
  const { faceId, actor, revision } = options;
  const decide = async (transaction: LibraryContext) => {
    const { personId } = await findSurvivor(transaction, options.personId);
    return (await readLabelling(transaction, [faceId])).faces.flatMap((face): IdentityChange[] => [
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
  return changeIdentity(context, actor, unlessRelabelled(revisionOf(faceId, revision), decide));
}
