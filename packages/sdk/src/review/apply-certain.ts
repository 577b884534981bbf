import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { changeIdentity } from '../identity/change-identity.ts';
import { decideApplications, type LabelToApply } from '../identity/labelling/apply-labels.ts';
import { PROGRAM } from '../identity/labelling/create-labels.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { ApplyCertainResult, Review } from '../model/review.ts';
import { newId } from '../values/new-id.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { ESTIMATE_FLOOR } from './centre-model.ts';
import { decideAction } from './decide-action.ts';
import type { Estimates } from './estimate-faces.ts';
import type { TermsNow } from './prepare-terms.ts';
import type { RankedPerson } from './rank-people.ts';
import type { ReviewMemory } from './review-memory.ts';
import { FACE_WEIGHTS } from './terms/confidence-model.ts';

type ApplyOptions = NonNullable<Parameters<Review['applyCertain']>[0]>;

const APPLY_OPTIONS = { actor: true, dryRun: true, signal: true, onProgress: true } as const;

/** Labels written in one transaction: it holds up people who label meanwhile for a moment only. */
const LABELS_PER_TRANSACTION = 500;
/** Faces compared between two turns of the event loop. */
const FACES_PER_TURN = 10;

interface Certain {
  readonly index: number;
  readonly best: RankedPerson;
}

/**
 * Labels every unlabelled face whose likeliest person reaches the auto-apply threshold, also by the face alone, as guesses in one batch id. Of two faces of
 * a photo that seem to be one person the more certain one is labelled, the other is left to ask. Labels applied here are no evidence
 * for others: one wrong guess cannot draw more after it.
 *
 * An abort rejects with the signal's reason; labels written by then stay and can be undone one batch id at a time.
 */
export async function applyCertain(
  context: LibraryContext,
  { memory, terms }: { memory: ReviewMemory; terms: TermsNow },
  options: ApplyOptions,
): Promise<ApplyCertainResult> {
  refuseUnknown<ApplyOptions>(options, APPLY_OPTIONS, 'the options of review.applyCertain');
  const { actor = PROGRAM, dryRun = false, signal, onProgress } = options;
  const answers = await memory.current(signal);
  if (!answers) return { batchId: null, considered: 0, applied: 0, asked: 0, leftUnknown: 0 };
  const state = answers.estimates;
  const readyTerms = await terms(signal);
  const unlabelled = state.open.filter(({ index }) => state.bank.faces[index]!.source === null);
  const total = unlabelled.length;

  const certain: Certain[] = [];
  let asked = 0;
  for (const [done, { index, confidence }] of unlabelled.entries()) {
    if (done % FACES_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
      onProgress?.({ done, total, applied: 0 });
    }
    if (confidence < ESTIMATE_FLOOR) continue;
    const [best] = answers.rankOnce(index, readyTerms);
    const action = best ? decideAction(best, context.settings) : 'leave_unknown';
    if (action === 'auto_apply') certain.push({ index, best: best! });
    if (action === 'ask') asked++;
  }

  const chosen = oncePerPhoto(state, certain);
  const leftUnknown = total - certain.length - asked;
  const progress = (applied: number) => onProgress?.({ done: total, total, applied });
  const batchId = newId();
  const applied = dryRun
    ? chosen.length
    : await writeLabels(
        context,
        chosen.map((face) => toLabel(context, state, face)),
        { actor, batchId, signal, progress },
      );
  progress(applied);
  return {
    batchId: dryRun || applied === 0 ? null : batchId,
    considered: total,
    applied,
    asked: asked + certain.length - applied,
    leftUnknown,
  };
}

/** Of several faces of a photo with one person, the most certain; of equals, the first. */
function oncePerPhoto({ bank }: Estimates, certain: readonly Certain[]): Certain[] {
  const best = new Map<string, Certain>();
  for (const face of certain) {
    const key = `${bank.faces[face.index]!.photoId} ${face.best.evidence.personId}`;
    if (face.best.confidence > (best.get(key)?.best.confidence ?? 0)) best.set(key, face);
  }
  return [...best.values()];
}

/** How many were applied: a face that somebody labelled meanwhile, or whose photo has the person by now, is left as it is. */
async function writeLabels(
  context: LibraryContext,
  labels: readonly LabelToApply[],
  options: { actor: string; batchId: string; signal?: AbortSignal; progress: (applied: number) => void },
): Promise<number> {
  const { actor, batchId, signal, progress } = options;
  let applied = 0;
  for (let start = 0; start < labels.length; start += LABELS_PER_TRANSACTION) {
    signal?.throwIfAborted();
    progress(applied);
    const part = labels.slice(start, start + LABELS_PER_TRANSACTION);
    const { events } = await changeIdentity(
      context,
      actor,
      async (transaction) => {
        const applications = await decideApplications(transaction, await stillThere(transaction, part));
        return applications.flatMap((application) => ('changes' in application ? application.changes : []));
      },
      batchId,
    );
    applied += events;
  }
  return applied;
}

/** Faces may have been deleted, and people removed, since they were compared. */
async function stillThere(context: LibraryContext, labels: readonly LabelToApply[]): Promise<LabelToApply[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT face_id AS id FROM faces WHERE face_id = ANY (${labels.map(({ faceId }) => faceId)}::uuid[])
    UNION ALL
    SELECT person_id FROM people WHERE person_id = ANY (${labels.map(({ personId }) => personId)}::uuid[])`.execute(context.db);
  const existing = new Set(rows.map(({ id }) => id));
  return labels.filter(({ faceId, personId }) => existing.has(faceId) && existing.has(personId));
}

function toLabel({ settings }: LibraryContext, { bank }: Estimates, { index, best }: Certain): LabelToApply {
  const { evidence, confidence, faceConfidence, terms, nextDistance } = best;
  return {
    faceId: bank.faces[index]!.faceId,
    personId: evidence.personId,
    source: 'model_guess',
    confidence,
    provenance: {
      method: 'nearest confirmed faces',
      weights: FACE_WEIGHTS,
      spaceId: bank.spaceId,
      evidenceSeq: bank.journalSeq.toString(),
      autoApplyThreshold: settings.autoApplyThreshold,
      nearestFaceId: evidence.nearestFaceId,
      distances: evidence.distances,
      nextDistance,
      supportingFaces: evidence.supportingFaces,
      confirmedFaces: evidence.confirmedFaces,
      faceConfidence,
      terms: Object.fromEntries(terms().map(({ name, logOdds }) => [name, logOdds])),
    },
  };
}
