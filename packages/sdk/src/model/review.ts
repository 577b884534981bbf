import type { DoubtedLabel } from './audit.ts';
import type { LearnedCalibration } from './calibration.ts';
import type { Evaluation } from './evaluation.ts';
import type { Face } from './faces.ts';
import type { Page, PageOptions } from './page.ts';
import type { Photo } from './photos.ts';
import type { LearnedPriors } from './priors.ts';
import type { AnsweredCard, CardAnswer, NextCardsOptions, ReviewNext } from './review-cards.ts';
import type { Suggestion } from './suggestion.ts';

export interface ReviewItem {
  face: Face;
  photo: Photo;
  suggestions: Suggestion[];
}

/** What became of the faces that nobody named: `applied`, `changed`, `kept`, `asked` and `leftUnknown` add up to `considered`. */
export interface ApplyCertainResult {
  /** Hand it to `labels.undo` to take everything back; null when nothing was changed. */
  batchId: string | null;
  /** Faces without a label, or with a guess. */
  considered: number;
  /**
   * Of those, how many had to be compared with everybody who is named. For the others nothing changed since the last time, or the people
   * about whom something was said were held against them alone.
   */
  compared: number;
  /** Faces without a label that were named. */
  applied: number;
  /** Guesses that became another person. */
  changed: number;
  /** Guesses that would not be made today, taken back; these faces are among `asked` or `leftUnknown`. */
  withdrawn: number;
  /** Guesses that still hold. */
  kept: number;
  asked: number;
  leftUnknown: number;
  /** What became of `maxErrorRate`; null when it was not given. */
  promise: ErrorPromise | null;
}

/** Whether names can be applied with a promised share of errors, by what the library's own confirmed faces show. */
export interface ErrorPromise {
  /** The largest share of the applied names that may be wrong. */
  errorRate: number;
  /** From which confidence on names were applied; null when it cannot be promised yet, and nothing was. */
  certainty: number | null;
  /** How many more confirmed faces it takes, if what they show is right; 0 when it can be promised, and when nothing would be named. */
  missingConfirmations: number;
}

export interface Review {
  /**
   * The likeliest people first, 5 unless `limit` says otherwise. Never somebody whom the face was said not to be, nor one who is
   * confirmed elsewhere in the photo; people hidden from lists are suggested all the same. Throws NotFoundError for an unknown face
   * and for one without an embedding (SPACE_NOT_FOUND).
   *
   * @example
   * ```ts
   * for (const { rank, person, confidence, reason } of await library.review.suggestions(faceId, { limit: 3 })) {
   *   console.log(`${rank}. ${person.displayName} ${(100 * confidence).toFixed(0)} %: ${reason}`);
   * }
   * ```
   */
  suggestions(faceId: string, options?: { limit?: number; signal?: AbortSignal }): Promise<Suggestion[]>;
  /**
   * The same ranking for an embedding that is not stored.
   *
   * @example
   * ```ts
   * const { faces } = await analyzer.analyze('visitor.jpg');
   * const [best] = faces[0] ? await library.review.identify({ embedding: faces[0].embedding, limit: 1 }) : [];
   * ```
   */
  identify(options: { embedding: Float32Array | number[]; space?: string; limit?: number }): Promise<Suggestion[]>;
  /**
   * Faces without a label, or with a guess, that deserve a question: those that need an answer first, then those that are certain;
   * the person with the most of them first, and the most certain face of each first. `minConfidence` (default: the confirm
   * threshold) leaves out what is less likely; 0 gives every open face, also those that nobody resembles.
   *
   * Labelled faces leave the queue: after answering a page, ask for the first page again, or follow the cursor to put them off.
   *
   * @example
   * ```ts
   * const { items } = await library.review.queue({ limit: 10 });
   * for (const { face, photo, suggestions } of items) console.log(photo.path, face.box, suggestions[0]?.person.displayName);
   * ```
   */
  queue(options?: PageOptions & { minConfidence?: number }): Promise<Page<ReviewItem>>;
  /**
   * What is best asked next: a group that nobody named, somebody's new faces, two people who look like one, or a single face, by how many
   * faces an answer settles for each key it takes; and where the library stands. Faces that carry a guess are not asked about. Brings the
   * groups up to date first when faces came.
   *
   * @example
   * ```ts
   * const { cards, progress } = await library.review.next();
   * for (const { kind, person, faces } of cards) console.log(kind, person?.displayName ?? 'who is this?', faces.length);
   * console.log(`${progress.waiting} of ${progress.faces} faces wait`);
   * ```
   */
  next(options?: NextCardsOptions): Promise<ReviewNext>;
  /**
   * Takes the answer to a card, as one batch that `labels.undo` takes back. Throws InvalidInputError for an id that is no card's,
   * NotFoundError (FACE_NOT_FOUND, PERSON_NOT_FOUND, GROUP_NOT_FOUND), ConflictError (LABEL_CHANGED) with `revisions`, and of two people who
   * stand in one photo (PERSON_ALREADY_IN_PHOTO).
   *
   * @example
   * ```ts
   * const { cards: [card] } = await library.review.next();
   * if (card?.kind === 'person') {
   *   const faceIds = card.faces.map(({ face }) => face.faceId);
   *   const { batchId } = await library.review.answer({ cardId: card.cardId, faceIds, actor: 'mia' });
   * }
   * ```
   */
  answer(answer: CardAnswer): Promise<AnsweredCard>;
  /**
   * Labels every unlabelled face whose best suggestion reaches the auto-apply threshold, as `model_guess`, and takes back or changes
   * the guesses that would not be made today, in transactions of 500 under one batch id. Call it again after answers: only faces are
   * compared that something since can have changed, and the outcome is that of comparing all. `dryRun` only counts.
   *
   * `maxErrorRate` asks for a promise: of the names applied now at most such a share is wrong (0.005 for one in 200), with a chance of
   * 95 %, as far as the open faces are like the confirmed ones. Every face without a name is counted as a possible stranger. What
   * cannot be promised is left to ask, and the result says how many confirmations are missing.
   *
   * An abort rejects with the signal's reason; what was written by then stays, and is undone by its batch id, which the journal tells.
   *
   * @example
   * ```ts
   * const { applied, asked } = await library.review.applyCertain({ dryRun: true });
   * console.log(`${applied} faces would be named, ${asked} would be asked about`);
   * ```
   */
  applyCertain(options?: {
    actor?: string;
    maxErrorRate?: number;
    dryRun?: boolean;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number; applied: number }) => void;
  }): Promise<ApplyCertainResult>;
  /**
   * How well the library would know its own confirmed faces, each tried as if nobody had named it: what the confidences are worth
   * here. Tries `limit` faces (default 5,000), always the same ones, some milliseconds each; then counts the questions that it would take
   * to name `questionFaces` of them (default 1,000; 0 leaves it out) from nobody named, in some tens of seconds. Changes nothing. An
   * abort rejects with the signal's reason.
   *
   * @example
   * ```ts
   * const { coverage, calibrationError, people, questions } = await library.review.evaluate();
   * console.log(coverage, calibrationError, people.slice(0, 3));
   * console.log(`${questions?.toNinetyFive} questions to name 95 % of ${questions?.faces} faces`);
   * ```
   */
  evaluate(options?: {
    limit?: number;
    questionFaces?: number;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number }) => void;
  }): Promise<Evaluation>;
  /**
   * Learns what confidences are worth in this library: of how many faces that the ranking is so sure about it is right. It goes by the
   * library's own confirmed faces, each tried as if nobody had named it, and as if its person were not in the library; the fit that
   * photoorg comes with counts until enough are confirmed. From then on every confidence is what it is worth, and its interval narrows
   * with every confirmation. Call it again after many answers. Tries `limit` faces (default 5,000), some milliseconds each; `dryRun`
   * only tells. An abort rejects with the signal's reason and changes nothing.
   *
   * @example
   * ```ts
   * const { confidences, knownShare } = await library.review.calibrate();
   * for (const { claimed, worth } of confidences) console.log(claimed, '->', worth);
   * ```
   */
  calibrate(options?: {
    limit?: number;
    dryRun?: boolean;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number }) => void;
  }): Promise<LearnedCalibration>;
  /**
   * Learns how much the priors tell in this library: when photos were taken, who else is on them, and where. What was seen when, where
   * and with whom counts at once after every answer; how much that counts is learned here, from the library's own confirmed faces, each
   * tried as if nobody had named it. Tries `limit` faces (default 5,000), some milliseconds each; `dryRun` only tells. A name is never
   * applied for its priors alone. An abort rejects with the signal's reason and changes nothing.
   *
   * @example
   * ```ts
   * const { priors, logLikelihood } = await library.review.recomputePriors();
   * for (const { prior, weight } of priors) console.log(prior, weight.for, weight.against);
   * console.log(logLikelihood?.faceAlone, '->', logLikelihood?.after);
   * ```
   */
  recomputePriors(options?: {
    limit?: number;
    dryRun?: boolean;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number }) => void;
  }): Promise<LearnedPriors>;
  /**
   * Confirmed and imported labels that may be wrong, the most doubtful first: faces that look like somebody else or unlike their
   * person's others, are older than the person, or name the person twice in a photo or at two places at once. Each is judged as if nobody had named it, some
   * milliseconds each; 100 of them unless `limit` says otherwise. Changes nothing. An abort rejects with the signal's reason.
   *
   * @example
   * ```ts
   * for (const { faceId, person, instead, reason } of await library.review.audit({ limit: 20 })) {
   *   console.log(faceId, person.displayName, '->', instead?.person.displayName ?? 'nobody', reason);
   * }
   * ```
   */
  audit(options?: {
    limit?: number;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number }) => void;
  }): Promise<DoubtedLabel[]>;
}
