import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange, Labels } from '../../model/labels.ts';
import { changeIdentity } from '../change-identity.ts';
import type { IdentityChange } from '../identity-change.ts';
import { readLabelling } from './read-labelling.ts';

/** Sets faces aside, or takes them back. */
export async function ignoreFaces(context: LibraryContext, options: Parameters<Labels['ignore']>[0]): Promise<LabelChange> {
  const { faceIds, actor, ignored = true } = options;
  return changeIdentity(context, actor, async (transaction) =>
    (await readLabelling(transaction, faceIds)).faces.map(
      (face): IdentityChange => ({
        subject: 'ignored',
        faceId: face.faceId,
        before: { ignored: face.ignored },
        after: { ignored },
      }),
    ),
  );
}
