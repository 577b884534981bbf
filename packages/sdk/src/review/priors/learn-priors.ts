import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { PRIORS } from '../../library/library-settings.ts';
import type { LearnedPriors, PriorName } from '../../model/priors.ts';
import type { Review } from '../../model/review.ts';
import { refuseUnknown } from '../../values/refuse-unknown.ts';
import type { Answers } from '../answers.ts';
import { DEFAULT_TRIALS, drawTrials, type TryOptions } from '../evaluate/draw-trials.ts';
import { scoreFaces } from '../rank-people.ts';
import type { ReviewMemory } from '../review-memory.ts';
import { faceTerm } from '../terms/face-term.ts';
import { type Choice, fitConditionalLogit, logLikelihood } from '../terms/fit-conditional-logit.ts';
import { type PriorWeights, readPriorWeights, SHIPPED_WEIGHTS, writePriorWeights } from './prior-weights.ts';
import { readPhotoLabels } from './read-photo-labels.ts';
import { Surroundings } from './surroundings.ts';

type LearnOptions = NonNullable<Parameters<Review['recomputePriors']>[0]>;

const LEARN_OPTIONS = { limit: true, dryRun: true, signal: true, onProgress: true } as const;

/** How strongly the weights are held where photoorg comes with them: a standard deviation of 0.45 before anything is confirmed. */
const RIDGE = 5;

/** Learns from a library's own confirmed faces, each tried as if nobody had named it, how much time, company and place tell there. */
export async function recomputePriors(
  context: LibraryContext,
  memory: ReviewMemory,
  options: LearnOptions,
): Promise<LearnedPriors> {
  refuseUnknown<LearnOptions>(options, LEARN_OPTIONS, 'the options of review.recomputePriors');
  const { limit = DEFAULT_TRIALS, dryRun = false, signal, onProgress } = options;
  if (!(Number.isInteger(limit) && limit > 0)) throw InvalidInputError.expected('a whole number of at least 1', 'limit', limit);
  const answers = await memory.current(signal);
  const choices = answers ? await tryChoices(context, answers, { limit, signal, onProgress }) : [];
  const before = await readPriorWeights(context);
  const fitted = fitConditionalLogit(choices, { start: asList(SHIPPED_WEIGHTS), ridge: RIDGE });
  // A prior that would count the wrong way round counts nothing.
  const after = fitted.map((weight) => Math.max(0, weight));
  const priors = PRIORS.map((prior, i) => ({
    prior,
    before: before[prior],
    weight: { for: after[2 * i]!, against: after[2 * i + 1]! },
    faces: choices.filter(({ features }) => features.some((row) => row[2 * i] !== 0 || row[2 * i + 1] !== 0)).length,
  }));
  if (!dryRun && choices.length > 0) await writePriorWeights(context, priors);
  const likelihood = (weights: readonly number[]) => logLikelihood(choices, weights) / choices.length;
  return {
    facesTried: choices.length,
    priors,
    logLikelihood:
      choices.length === 0
        ? null
        : {
            faceAlone: likelihood(after.map(() => 0)),
            before: likelihood(asList(before)),
            after: likelihood(after),
          },
  };
}

function asList(weights: PriorWeights): number[] {
  return PRIORS.flatMap((prior): [number, number] => [weights[prior].for, weights[prior].against]);
}

/** Whom each tried face could show, by its picture and with what is around it. */
async function tryChoices(context: LibraryContext, answers: Answers, options: TryOptions): Promise<Choice[]> {
  const { known } = answers;
  const surroundings = new Surroundings(known, PRIORS, await readPhotoLabels(context));
  const choices: Choice[] = [];
  for await (const index of drawTrials(known, options)) {
    const question = answers.questionOnce(index);
    const { personIds, scores } = scoreFaces(question, [faceTerm]);
    const candidates = personIds.map((personId) => ({ personId }));
    const lifts = surroundings.lifts({ ...question, candidates });
    const liftOf = (prior: PriorName, i: number) => lifts.find(({ name }) => name === prior)?.lifts[i] ?? 0;
    choices.push({
      features: candidates.map((_, i) =>
        PRIORS.flatMap((prior) => [Math.max(0, liftOf(prior, i)), Math.min(0, liftOf(prior, i))]),
      ),
      offsets: scores,
      truth: personIds.indexOf(known.bank.faces[index]!.personId!),
      weight: 1,
    });
  }
  return choices;
}
