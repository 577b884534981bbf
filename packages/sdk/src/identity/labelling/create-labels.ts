import type { LibraryContext } from '../../library/library-context.ts';
import type { Labels } from '../../model/labels.ts';
import { changeIdentity } from '../change-identity.ts';
import { type IdentityChange, REJECTED } from '../identity-change.ts';
import { findSurvivor } from '../people/find-survivor.ts';
import { iterateEvents, readHistory } from '../read-journal.ts';
import { undoBatch } from '../undo-batch.ts';
import { checkLabelToApply, decideApplications } from './apply-labels.ts';
import { clearing, confirmFaces } from './confirm-faces.ts';
import { importLabels } from './import-labels.ts';
import { readLabelling } from './read-labelling.ts';

/** Stands for the caller of `apply` who gives no name: a program, since a person has to. */
export const PROGRAM = 'photoorg';

/** Who is on which face: confirmed, guessed, rejected, undone. */
export function createLabels(context: LibraryContext): Labels {
  return {
    confirm: ({ faceId, ...options }) => confirmFaces(context, { ...options, faceIds: [faceId] }),
    confirmMany: (options) => confirmFaces(context, options),
    apply: async ({ actor = PROGRAM, ...label }) => {
      checkLabelToApply(label);
      return changeIdentity(context, actor, async (transaction) => {
        const [application] = await decideApplications(transaction, [label]);
        if ('refusal' in application!) throw application.refusal;
        return application!.changes;
      });
    },
    importMany: ({ labels, actor = PROGRAM }) => importLabels(context, labels, actor),
    reject: ({ faceId, personId, actor }) =>
      changeIdentity(context, actor, async (transaction) => {
        const person = await findSurvivor(transaction, personId);
        const [face] = (await readLabelling(transaction, [faceId])).faces;
        const before = face!.rejected.has(person.personId) ? REJECTED : null;
        const rejection = {
          subject: 'rejection',
          faceId: face!.faceId,
          personId: person.personId,
          before,
          after: REJECTED,
        } as const;
        return face!.label?.personId === person.personId ? [clearing(face!), rejection] : [rejection];
      }),
    clear: ({ faceId, actor }) =>
      changeIdentity(context, actor, async (transaction) =>
        (await readLabelling(transaction, [faceId])).faces.map((face) => clearing(face)),
      ),
    ignore: ({ faceIds, actor, ignored = true }) =>
      changeIdentity(context, actor, async (transaction) =>
        (await readLabelling(transaction, faceIds)).faces.map(
          (face): IdentityChange => ({
            subject: 'ignored',
            faceId: face.faceId,
            before: { ignored: face.ignored },
            after: { ignored },
          }),
        ),
      ),
    undo: (options) => undoBatch(context, options),
    history: (options) => readHistory(context, options),
    events: (options) => iterateEvents(context, options),
  };
}
