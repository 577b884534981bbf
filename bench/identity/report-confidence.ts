import type { Trial } from './simulate-library.ts';

const BINS = 10;

export interface ConfidenceReport {
  /** Expected calibration error over ten bins of confidence. */
  readonly calibrationError: number;
  readonly brier: number;
  /** Share of known people whom the first suggestion names. */
  readonly rankOne: number;
  /** What applying from a confidence on would do: share of right ones among the applied, and of the known people reached. */
  applyFrom(threshold: number): { precision: number; coverage: number };
  /** What asking from a confidence on would do: shares of known people and of strangers that come to a question or beyond. */
  askFrom(threshold: number): { known: number; strangers: number };
}

/** One candidate model's answer to a trial: probabilities of these people. */
export type Model = (trial: Trial) => { personIds: readonly string[]; chances: readonly number[] };

/** How good the first suggestions of `model` are, every trial by its weight. */
export function reportConfidence(trials: readonly Trial[], model: Model): ConfidenceReport {
  const answers = trials.map((trial) => {
    const { personIds, chances } = model(trial);
    const confidence = Math.max(0, ...chances);
    const right = trial.truth !== null && personIds[chances.indexOf(confidence)] === trial.truth;
    return { confidence, right, known: trial.truth !== null, weight: trial.weight };
  });
  type Answer = (typeof answers)[number];
  const total = answers.reduce((sum, answer) => sum + answer.weight, 0);
  const mean = (value: (answer: Answer) => number | boolean) =>
    answers.reduce((sum, answer) => sum + answer.weight * Number(value(answer)), 0) / total;
  const share = (part: (answer: Answer) => boolean, whole: (answer: Answer) => boolean) =>
    mean((answer) => part(answer) && whole(answer)) / mean(whole);

  const binOf = (answer: Answer) => Math.min(BINS - 1, Math.floor(answer.confidence * BINS));
  const gaps = Array.from({ length: BINS }, (_, bin) =>
    Math.abs(mean((answer) => (binOf(answer) === bin ? answer.confidence - Number(answer.right) : 0))),
  );
  return {
    calibrationError: gaps.reduce((sum, gap) => sum + gap, 0),
    brier: mean((answer) => (answer.confidence - Number(answer.right)) ** 2),
    rankOne: share(
      (answer) => answer.right,
      (answer) => answer.known,
    ),
    applyFrom: (threshold) => ({
      precision: share(
        (answer) => answer.right,
        (answer) => answer.confidence >= threshold,
      ),
      coverage: share(
        (answer) => answer.right && answer.confidence >= threshold,
        (answer) => answer.known,
      ),
    }),
    askFrom: (threshold) => ({
      known: share(
        (answer) => answer.right && answer.confidence >= threshold,
        (answer) => answer.known,
      ),
      strangers: share(
        (answer) => answer.confidence >= threshold,
        (answer) => !answer.known,
      ),
    }),
  };
}
