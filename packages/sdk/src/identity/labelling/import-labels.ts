import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelImport, LabelToImport } from '../../model/labels.ts';
import { changeIdentity } from '../change-identity.ts';
import { checkLabelToApply, decideImports, type LabelToApply } from './apply-labels.ts';

/** Another program held it for true without saying how sure it was. */
const CONFIDENCE_OF_IMPORT = 1;

/** Sets many imported labels in one batch of the journal; those that must not stand are told of and left out. */
export async function importLabels(
  context: LibraryContext,
  labels: readonly (LabelToImport & Pick<LabelToApply, 'samePhotoAllowed'>)[],
  actor: string,
): Promise<LabelImport> {
  const byFace = new Map<string, LabelToApply>();
  for (const { confidence = CONFIDENCE_OF_IMPORT, ...label } of labels) {
    const applied = { ...label, confidence, source: 'imported' } as const;
    checkLabelToApply(applied);
    const key = label.faceId.toLowerCase();
    if (!byFace.has(key)) byFace.set(key, applied);
  }
  const distinct = [...byFace.values()];
  let refused: LabelImport['refused'] = [];
  const change = await changeIdentity(context, actor, async (transaction) => {
    if (distinct.length === 0) return [];
    const applications = await decideImports(transaction, distinct);
    refused = applications.flatMap((application, index) => {
      if ('changes' in application) return [];
      const { faceId, personId } = distinct[index]!;
      return [{ faceId, personId, code: application.refusal.code, message: application.refusal.message }];
    });
    return applications.flatMap((application) => ('changes' in application ? application.changes : []));
  });
  return { ...change, refused };
}
