import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange, Labels } from '../../model/labels.ts';
import { changeIdentity } from '../change-identity.ts';
import type { IdentityChange } from '../identity-change.ts';
import { revisionsOf } from '../revisions.ts';
import { unlessRelabelled } from '../unless-changed.ts';
import { readLabelling } from './read-labelling.ts';

/** Sets faces aside, or takes them back. */
export async function ignoreFaces(context: LibraryContext, options: Parameters<Labels['ignore']>[0]): Promise<LabelChange> {
  const { faceIds, actor, ignored = true, revisions } = options;
  const decide = async (transaction: LibraryContext) =>
    (await readLabelling(transaction, faceIds)).faces.map(
      (face): IdentityChange => ({
        subject: 'ignored',
        faceId: face.faceId,
        before: { ignored: face.ignored },
        after: { ignored },
      }),
    );
  return changeIdentity(context, actor, unlessRelabelled(revisionsOf(faceIds, revisions), decide));
}
