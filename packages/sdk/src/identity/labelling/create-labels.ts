import type { LibraryContext } from '../../library/library-context.ts';
import type { Labels, LabelToImport } from '../../model/labels.ts';
import { refuseUnknown, takingOptions } from '../../values/refuse-unknown.ts';
import { changeIdentity } from '../change-identity.ts';
import { clearing } from '../label-changes.ts';
import { listBatches } from '../list-batches.ts';
import { iterateEvents, readHistory } from '../read-journal.ts';
import { readLabelling } from '../read-labelling.ts';
import { revisionOf, revisionsOf } from '../revisions.ts';
import { undoBatch } from '../undo-batch.ts';
import { unlessRelabelled } from '../unless-changed.ts';
import { checkLabelToApply, decideApplications } from './apply-labels.ts';
import { confirmFaces } from './confirm-faces.ts';
import { ignoreFaces, ignoreRest } from './ignore-faces.ts';
import { importLabels } from './import-labels.ts';
import { labelPhoto } from './label-photo.ts';
import { rejectPerson } from './reject-person.ts';

/** Stands for the caller of `apply` who gives no name: a program, since a person has to. */
export const PROGRAM = 'photoorg';

/** Who is on which face: confirmed, guessed, rejected, undone. */
export function createLabels(context: LibraryContext): Labels {
  return {
    confirm: takingOptions(
      'labels.confirm',
      { faceId: true, personId: true, allowSamePhoto: true, provenance: true, revision: true, actor: true },
      async ({ faceId, revision, ...options }) =>
        confirmFaces(context, { ...options, faceIds: [faceId], revisions: revisionOf(faceId, revision) }),
    ),
    confirmMany: takingOptions(
      'labels.confirmMany',
      { faceIds: true, personId: true, revisions: true, actor: true },
      async ({ revisions, ...options }) =>
        confirmFaces(context, { ...options, revisions: revisionsOf(options.faceIds, revisions) }),
    ),
    apply: takingOptions(
      'labels.apply',
      { faceId: true, personId: true, source: true, confidence: true, provenance: true, revision: true, actor: true },
      async ({ actor = PROGRAM, revision, ...label }) => {
        checkLabelToApply(label);
        const decide = async (transaction: LibraryContext) => {
          const [application] = await decideApplications(transaction, [label]);
          if ('refusal' in application!) throw application.refusal;
          return application!.changes;
        };
        return changeIdentity(context, actor, unlessRelabelled(revisionOf(label.faceId, revision), decide));
      },
    ),
    importMany: takingOptions('labels.importMany', { labels: true, actor: true }, async ({ labels, actor = PROGRAM }) => {
      for (const label of labels) refuseUnknown<LabelToImport>(label, LABEL_TO_IMPORT, 'the labels of labels.importMany');
      return importLabels(context, labels, actor);
    }),
    reject: takingOptions('labels.reject', { faceId: true, personId: true, revision: true, actor: true }, (options) =>
      rejectPerson(context, options),
    ),
    clear: takingOptions('labels.clear', { faceId: true, revision: true, actor: true }, async ({ faceId, revision, actor }) => {
      const decide = async (transaction: LibraryContext) =>
        (await readLabelling(transaction, [faceId])).faces.map((face) => clearing(face));
      return changeIdentity(context, actor, unlessRelabelled(revisionOf(faceId, revision), decide));
    }),
    ignore: takingOptions(
      'labels.ignore',
      { faceIds: true, ignored: true, reason: true, revisions: true, actor: true },
      (options) => ignoreFaces(context, options),
    ),
    ignoreRest: takingOptions('labels.ignoreRest', { photoId: true, reason: true, actor: true }, (options) =>
      ignoreRest(context, options),
    ),
    confirmPhoto: takingOptions('labels.confirmPhoto', PHOTO_LABEL, (options) => labelPhoto(context, options, true)),
    clearPhoto: takingOptions('labels.clearPhoto', PHOTO_LABEL, (options) => labelPhoto(context, options, false)),
    undo: takingOptions('labels.undo', { batchId: true, actor: true }, (options) => undoBatch(context, options)),
    history: takingOptions('labels.history', { faceId: true, personId: true, limit: true }, (options) =>
      readHistory(context, options),
    ),
    batches: (options = {}) => listBatches(context, options),
    events: (options) => iterateEvents(context, options),
  };
}

const PHOTO_LABEL = { photoId: true, personId: true, actor: true } as const;
const LABEL_TO_IMPORT = { faceId: true, personId: true, confidence: true, provenance: true } as const;
