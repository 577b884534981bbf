import type { Trial } from './simulate-library.ts';

const BINS = 15;

export interface ConfidenceReport {
  /** Expected calibration error over bins of confidence, of the faces with anybody in reach. */
  readonly calibrationError: number;
  /** Of the same faces. */
  readonly brier: number;
  /** Share of known people whom the first suggestion names. */
  readonly rankOne: number;
  /** The largest share of known people that a threshold names, such that so many of the named are right. */
  coverageAt(precision: number): number;
  /** What applying from a confidence on would do: share of right ones among the applied, and of the known people reached. */
  applyFrom(threshold: number): { precision: number; coverage: number };
  /** Share of the strangers that would be named. */
  strangersFrom(threshold: number): number;
  /** What asking from a confidence on would do: shares of known people and of strangers that come to a question or beyond. */
  askFrom(threshold: number): { known: number; strangers: number };
}

/** One candidate model's answer to a trial: probabilities of these people. */
export type Model = (trial: Trial) => { personIds: readonly string[]; chances: readonly number[] };

/** What a model says of one trial. */
export interface Answer {
  readonly place: number;
  readonly confidence: number;
  readonly right: boolean;
  readonly known: boolean;
  readonly isInReach: boolean;
  readonly weight: number;
}

/** The first suggestion of each trial. */
export function answerTrials(trials: readonly Trial[], model: Model): Answer[] {
  return trials.map((trial) => {
    const { personIds, chances } = model(trial);
    const confidence = Math.max(0, ...chances);
    const right = trial.truth !== null && personIds[chances.indexOf(confidence)] === trial.truth;
    const { place, weight } = trial;
    return { place, confidence, right, known: trial.truth !== null, isInReach: chances.length > 0, weight };
  });
}

/** The largest share of known people that a threshold names, such that so many of the named are right. Equals are named together. */
export function coverageOf(descending: readonly Answer[], precision: number): { covered: number; threshold: number } {
  let [named, right, best, threshold, known] = [0, 0, 0, 1, 0];
  for (const [i, answer] of descending.entries()) {
    named += answer.weight;
    right += answer.weight * Number(answer.right);
    known += answer.weight * Number(answer.known);
    const isLastOfEquals = descending[i + 1]?.confidence !== answer.confidence;
    if (isLastOfEquals && right > best && right >= precision * named) [best, threshold] = [right, answer.confidence];
  }
  return { covered: best / known, threshold };
}

/** How good the first suggestions of `model` are, every trial by its weight. */
export function reportConfidence(trials: readonly Trial[], model: Model): ConfidenceReport {
  const answers = answerTrials(trials, model);
  const sum = (all: readonly Answer[], value: (answer: Answer) => number | boolean) =>
    all.reduce((total, answer) => total + answer.weight * Number(value(answer)), 0);
  const share = (part: (answer: Answer) => boolean, whole: (answer: Answer) => boolean) =>
    sum(answers, (answer) => part(answer) && whole(answer)) / sum(answers, whole);

  const descending = answers.toSorted((a, b) => b.confidence - a.confidence);
  const inReach = answers.filter(({ isInReach }) => isInReach);
  const weight = sum(inReach, () => 1);
  const binOf = (answer: Answer) => Math.min(BINS - 1, Math.floor(answer.confidence * BINS));
  const gaps = Array.from({ length: BINS }, (_, bin) =>
    Math.abs(sum(inReach, (answer) => (binOf(answer) === bin ? answer.confidence - Number(answer.right) : 0))),
  );
  const known = (answer: Answer) => answer.known;
  const rightFrom = (threshold: number) => (answer: Answer) => answer.right && answer.confidence >= threshold;
  return {
    calibrationError: gaps.reduce((total, gap) => total + gap, 0) / weight,
    brier: sum(inReach, (answer) => (answer.confidence - Number(answer.right)) ** 2) / weight,
    rankOne: share((answer) => answer.right, known),
    coverageAt: (precision) => coverageOf(descending, precision).covered,
    applyFrom: (threshold) => ({
      precision: share(
        (answer) => answer.right,
        (answer) => answer.confidence >= threshold,
      ),
      coverage: share(rightFrom(threshold), known),
    }),
    strangersFrom: (threshold) =>
      share(
        (answer) => answer.confidence >= threshold,
        (answer) => !answer.known,
      ),
    askFrom: (threshold) => ({
      known: share(rightFrom(threshold), known),
      strangers: share(
        (answer) => answer.confidence >= threshold,
        (answer) => !answer.known,
      ),
    }),
  };
}
