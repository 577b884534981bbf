import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { changeIdentity } from '../identity/change-identity.ts';
import type { IdentityChange } from '../identity/identity-change.ts';
import { clearing } from '../identity/label-changes.ts';
import { decideApplications, type LabelToApply } from '../identity/labelling/apply-labels.ts';
import { PROGRAM } from '../identity/labelling/create-labels.ts';
import { readLabelling } from '../identity/read-labelling.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { ApplyCertainResult, ErrorPromise, Review } from '../model/review.ts';
import { newId } from '../values/new-id.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import type { Answers } from './answers.ts';
import { certaintyOf } from './decide-action.ts';
import { DEFAULT_TRIALS } from './evaluate/draw-trials.ts';
import { tryFaces } from './evaluate/try-faces.ts';
import { type Judgement, judgeFaces, type Verdict } from './judge-faces.ts';
import type { RankingNow } from './prepare-ranking.ts';
import { keepPromise } from './promise/keep-promise.ts';
import type { Ranking } from './ranking.ts';
import type { ReviewMemory } from './review-memory.ts';
import { stillThere } from './still-there.ts';
import { FACE_WEIGHTS } from './terms/confidence-model.ts';

type ApplyOptions = NonNullable<Parameters<Review['applyCertain']>[0]>;

const APPLY_OPTIONS = { actor: true, dryRun: true, maxErrorRate: true, signal: true, onProgress: true } as const;

/** Labels written in one transaction: it holds up people who label meanwhile for a moment only. */
const LABELS_PER_TRANSACTION = 500;

const METHOD = 'nearest confirmed faces';

/**
 * Guesses who every face is that nobody said who it is, as one batch: faces are labelled whose likeliest person reaches the auto-apply
 * threshold, also by the face alone; guesses that would not be made today are taken back, or become another person. Of two faces of a
 * photo that seem to be one person the more certain one is labelled, the other is left to ask. Labels applied here are no evidence
 * for others: one wrong guess cannot draw more after it.
 *
 * An abort rejects with the signal's reason; labels written by then stay and can be undone one batch id at a time.
 */
export async function applyCertain(
  context: LibraryContext,
  { memory, ranking: rankingNow }: { memory: ReviewMemory; ranking: RankingNow },
  options: ApplyOptions,
): Promise<ApplyCertainResult> {
  refuseUnknown<ApplyOptions>(options, APPLY_OPTIONS, 'the options of review.applyCertain');
  const { actor = PROGRAM, dryRun = false, maxErrorRate, signal, onProgress } = options;
  if (maxErrorRate !== undefined && !(maxErrorRate > 0 && maxErrorRate < 1)) {
    throw InvalidInputError.expected('a number above 0 and below 1', 'maxErrorRate', maxErrorRate);
  }
  const answers = await memory.current(signal);
  if (!answers) return NOTHING;
  const ranking = await rankingNow(answers.known, signal);
  const judged = await judgeFaces(answers, ranking, context.settings, {
    signal,
    onProgress: (done, total) => onProgress?.({ done, total, applied: 0 }),
  });
  const promise = maxErrorRate === undefined ? null : await promiseFor(maxErrorRate, { answers, ranking, judged, signal });
  const judgement = promise ? withinPromise(judged, promise) : judged;
  const { total, compared, asked, leftUnknown, kept } = judgement;
  const progress = (applied: number) => onProgress?.({ done: total, total, applied });
  const batch: Batch = { actor, batchId: newId(), signal, progress };
  const planned = countApplied(judgement, judgement.chosen);
  const withdrawn = judgement.outdated.length - planned.changed;
  const written = dryRun ? { ...planned, withdrawn } : await write(context, judgement, batch);
  progress(written.applied + written.changed);
  const isWritten = written.withdrawn + written.applied + written.changed > 0;
  // A face that somebody labelled meanwhile, or whose photo has the person by now, is left as it is.
  const refused = planned.applied + planned.changed - written.applied - written.changed;
  return {
    batchId: dryRun || !isWritten ? null : batch.batchId,
    considered: total,
    compared,
    ...written,
    kept,
    asked: asked + refused,
    leftUnknown,
    promise,
  };
}

const NOTHING: ApplyCertainResult = {
  batchId: null,
  considered: 0,
  compared: 0,
  applied: 0,
  changed: 0,
  withdrawn: 0,
  kept: 0,
  asked: 0,
  leftUnknown: 0,
  promise: null,
};

async function promiseFor(
  errorRate: number,
  state: { answers: Answers; ranking: Ranking; judged: Judgement; signal?: AbortSignal },
): Promise<ErrorPromise> {
  const { answers, ranking, judged, signal } = state;
  const trials = await tryFaces(answers, ranking, { limit: DEFAULT_TRIALS, signal });
  const certainties = judged.chosen.map(({ best }) => certaintyOf(best!));
  return keepPromise(errorRate, { certainties, unnamed: judged.total }, trials);
}

/** What the promise does not cover is left to ask; guesses that would be changed by it stay as they are. */
function withinPromise(judged: Judgement, { certainty }: ErrorPromise): Judgement {
  const isCovered = ({ best }: Verdict) => certainty !== null && certaintyOf(best!) >= certainty;
  const chosen = judged.chosen.filter(isCovered);
  const left = new Set(judged.chosen.filter((verdict) => !isCovered(verdict)));
  const leftGuesses = [...left].filter(({ index }) => judged.bank.faces[index]!.personId !== null).length;
  return {
    ...judged,
    chosen,
    outdated: judged.outdated.filter((verdict) => !left.has(verdict)),
    kept: judged.kept + leftGuesses,
    asked: judged.asked + left.size - leftGuesses,
  };
}

interface Batch {
  readonly actor: string;
  readonly batchId: string;
  readonly signal?: AbortSignal;
  readonly progress: (applied: number) => void;
}

type Written = Pick<ApplyCertainResult, 'applied' | 'changed' | 'withdrawn'>;

function countApplied({ bank }: Judgement, verdicts: readonly Verdict[]): Omit<Written, 'withdrawn'> {
  const changed = verdicts.filter(({ index }) => bank.faces[index]!.personId !== null).length;
  return { applied: verdicts.length - changed, changed };
}

/** Takes back first, so that two faces of a photo may trade their names. */
async function write(context: LibraryContext, judgement: Judgement, batch: Batch): Promise<Written> {
  const withdrawn = await inParts(context, judgement.outdated, batch, (transaction, part) =>
    takeBack(transaction, judgement, part),
  );
  const writtenNow = new Set<string>();
  await inParts(context, judgement.chosen, batch, async (transaction, part) => {
    const labels = await stillThere(
      transaction,
      part.map((verdict) => toLabel(context, judgement, verdict)),
    );
    const changes = (await decideApplications(transaction, labels)).flatMap((application) =>
      'changes' in application ? application.changes : [],
    );
    for (const change of changes) if (change.subject === 'label') writtenNow.add(change.faceId);
    return changes;
  });
  const applied = judgement.chosen.filter(({ index }) => writtenNow.has(judgement.bank.faces[index]!.faceId));
  // A guess that becomes another person is taken back on the way; it counts as changed.
  const { changed, ...rest } = countApplied(judgement, applied);
  return { ...rest, changed, withdrawn: withdrawn - changed };
}

/** How many changes were written. */
async function inParts(
  context: LibraryContext,
  verdicts: readonly Verdict[],
  { actor, batchId, signal, progress }: Batch,
  decide: (transaction: LibraryContext, part: readonly Verdict[]) => Promise<readonly IdentityChange[]>,
): Promise<number> {
  let written = 0;
  for (let start = 0; start < verdicts.length; start += LABELS_PER_TRANSACTION) {
    signal?.throwIfAborted();
    progress(written);
    const part = verdicts.slice(start, start + LABELS_PER_TRANSACTION);
    const { events } = await changeIdentity(context, actor, (transaction) => decide(transaction, part), batchId);
    written += events;
  }
  return written;
}

/** Clears guesses that still stand as they were judged. */
async function takeBack(
  transaction: LibraryContext,
  { bank }: Judgement,
  verdicts: readonly Verdict[],
): Promise<IdentityChange[]> {
  const judged = new Map(verdicts.map((verdict) => [bank.faces[verdict.index]!.faceId, verdict]));
  const existing = await stillThere(
    transaction,
    [...judged.keys()].map((faceId) => ({ faceId })),
  );
  const { faces } = await readLabelling(
    transaction,
    existing.map(({ faceId }) => faceId),
  );
  return faces.flatMap((face) => {
    const { index, best } = judged.get(face.faceId)!;
    if (face.label?.source !== 'model_guess' || face.label.personId !== bank.faces[index]!.personId) return [];
    const likeliest = best && { personId: best.personId, confidence: best.confidence, faceConfidence: best.faceConfidence };
    return clearing(face, { method: METHOD, spaceId: bank.spaceId, evidenceSeq: bank.journalSeq.toString(), likeliest });
  });
}

function toLabel({ settings }: LibraryContext, { bank, explain }: Judgement, { index }: Verdict): LabelToApply {
  const { evidence, confidence, faceConfidence, terms, nextDistance } = explain(index);
  return {
    faceId: bank.faces[index]!.faceId,
    personId: evidence.personId,
    source: 'model_guess',
    confidence,
    provenance: {
      method: METHOD,
      weights: FACE_WEIGHTS,
      spaceId: bank.spaceId,
      evidenceSeq: bank.journalSeq.toString(),
      autoApplyThreshold: settings.autoApplyThreshold,
      nearestFaceId: evidence.nearestFaceId,
      distances: evidence.distances,
      nextDistance,
      supportingFaces: evidence.supportingFaces,
      confirmedFaces: evidence.confirmedFaces,
      centreDistance: evidence.centreDistance,
      strangerDistance: evidence.strangerDistance,
      faceConfidence,
      terms: Object.fromEntries(terms().map(({ name, logOdds }) => [name, logOdds])),
    },
  };
}
