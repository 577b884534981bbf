import type { EvaluatedGroup, EvaluatedThreshold, Evaluation } from '../../model/evaluation.ts';
import type { FaceTrial, Guess } from './try-faces.ts';

const BINS = 15;
const FALSE_POSITIVES = [0.01, 0.1];
const PRECISIONS = [0.99, 0.995];

const isRight = (trial: FaceTrial, guess: Guess | null) => trial.isKnown && guess?.personId === trial.personId;
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const confidenceOf = (guess: Guess | null) => guess?.confidence ?? 0;

/** Known faces whose person comes first. */
export function firstRight(trials: readonly FaceTrial[]): number | null {
  const known = trials.filter(({ isKnown }) => isKnown);
  return share(known.filter((trial) => isRight(trial, trial.guess)).length, known.length);
}

export function identification(trials: readonly FaceTrial[]): Evaluation['identification'] {
  const known = trials.filter(({ isKnown }) => isKnown);
  const strangers = trials.map(({ asStranger }) => confidenceOf(asStranger)).sort((a, b) => b - a);
  return FALSE_POSITIVES.map((falsePositives) => {
    // The highest confidence that more strangers than allowed reach: what is named must be above.
    const confidence = strangers[Math.floor(falsePositives * strangers.length)] ?? 0;
    const named = known.filter((trial) => isRight(trial, trial.guess) && trial.guess!.confidence > confidence);
    return { falsePositives, confidence, truePositives: share(named.length, known.length) };
  });
}

export function coverage(trials: readonly FaceTrial[]): Evaluation['coverage'] {
  return PRECISIONS.map((precision) => ({ precision, ...coverageAt(trials, precision, ({ guess }) => guess) }));
}

/** Each face once, as it is: those that are not known are strangers. */
function coverageAt(
  trials: readonly FaceTrial[],
  precision: number,
  guessOf: (trial: FaceTrial) => Guess | null,
): { confidence: number | null; covered: number | null } {
  const guessed = trials
    .map((trial) => ({ confidence: confidenceOf(guessOf(trial)), right: isRight(trial, guessOf(trial)) }))
    .sort((a, b) => b.confidence - a.confidence);
  let [right, best, confidence] = [0, 0, null as number | null];
  for (const [i, guess] of guessed.entries()) {
    right += Number(guess.right);
    const isLastOfEquals = guessed[i + 1]?.confidence !== guess.confidence;
    if (isLastOfEquals && right > best && right >= precision * (i + 1)) [best, confidence] = [right, guess.confidence];
  }
  const known = trials.filter(({ isKnown }) => isKnown).length;
  return { confidence, covered: share(best, known) };
}

export function atThreshold(trials: readonly FaceTrial[], confidence: number): EvaluatedThreshold {
  const reaches = (guess: Guess | null) => guess !== null && guess.certainty >= confidence;
  const named = trials.filter(({ guess }) => reaches(guess));
  const right = named.filter((trial) => isRight(trial, trial.guess)).length;
  return {
    confidence,
    right: share(right, named.length),
    covered: share(right, trials.filter(({ isKnown }) => isKnown).length),
    strangersNamed: share(trials.filter(({ asStranger }) => reaches(asStranger)).length, trials.length),
  };
}

export function asGroup(name: string, trials: readonly FaceTrial[], autoApplyThreshold: number): EvaluatedGroup {
  const { confidence: _, ...figures } = atThreshold(trials, autoApplyThreshold);
  return { name, faces: trials.length, ...figures };
}

/** Of the faces that have anybody in reach. */
export function calibration(trials: readonly FaceTrial[]): Pick<Evaluation, 'calibrationError' | 'brier' | 'reliability'> {
  const guessed = trials.filter(({ guess }) => guess !== null);
  const bins = Map.groupBy(guessed, ({ guess }) => Math.min(BINS - 1, Math.floor(guess!.confidence * BINS)));
  const reliability = [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, faces]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      faces: faces.length,
      confidence: faces.reduce((sum, { guess }) => sum + guess!.confidence, 0) / faces.length,
      right: faces.filter((trial) => isRight(trial, trial.guess)).length / faces.length,
    }));
  const gaps = reliability.reduce((sum, { faces, confidence, right }) => sum + faces * Math.abs(confidence - right), 0);
  return { calibrationError: share(gaps, guessed.length), brier: brierOf(trials, ({ guess }) => guess), reliability };
}

function brierOf(trials: readonly FaceTrial[], guessOf: (trial: FaceTrial) => Guess | null): number | null {
  const guessed = trials.filter((trial) => guessOf(trial) !== null);
  const squares = guessed.map((trial) => (guessOf(trial)!.confidence - Number(isRight(trial, guessOf(trial)))) ** 2);
  return share(
    squares.reduce((sum, square) => sum + square, 0),
    guessed.length,
  );
}

export function withoutTerms(trials: readonly FaceTrial[]): Evaluation['withoutTerm'] {
  const names = [...new Set(trials.flatMap(({ without }) => [...without.keys()]))].sort();
  return names.map((term) => {
    const guessOf = (trial: FaceTrial) => trial.without.get(term) ?? trial.guess;
    return { term, brier: brierOf(trials, guessOf)!, covered: coverageAt(trials, PRECISIONS.at(-1)!, guessOf).covered };
  });
}
