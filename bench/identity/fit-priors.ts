/**
 * How much time, company and place should count in the ranking of people, and what they bring on people that the fit has not seen.
 *
 *   node --conditions=@photoorg/source bench/identity/fit-priors.ts PREFIX     (PREFIX.f32 and PREFIX.jsonl)
 *
 * The people are dealt into two halves; each half is tried with weights fitted on the other, as the collection is, and as photos of
 * families (`dealFamilies`).
 */
import { PRIORS } from '../../packages/sdk/src/library/library-settings.ts';
import { SHIPPED_WEIGHTS } from '../../packages/sdk/src/review/priors/prior-weights.ts';
import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';
import { FACE_WEIGHTS, faceFeatures } from '../../packages/sdk/src/review/terms/confidence-model.ts';
import { type Choice, fitConditionalLogit } from '../../packages/sdk/src/review/terms/fit-conditional-logit.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { dealFamilies } from './deal-families.ts';
import { LIBRARY_KINDS } from './draw-libraries.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';
import { type Model, reportConfidence } from './report-confidence.ts';
import { simulateLibrary, type Trial } from './simulate-library.ts';

const NOTHING = PRIORS.flatMap(() => [0, 0]);
const SHIPPED = PRIORS.flatMap((prior) => [SHIPPED_WEIGHTS[prior].for, SHIPPED_WEIGHTS[prior].against]);
const KINDS = LIBRARY_KINDS.filter(({ name }) => /confirmed|10 named, 3|^100 named/.test(name));

const prefix = process.argv[2];
if (!prefix) {
  console.error('usage: fit-priors.ts PREFIX');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const coin = seededRandom(1);
const everybody = [...new Set(data.faces.map((face) => face.person))];
const firstHalf = new Set(everybody.filter(() => coin() < 0.5));
const secondHalf = new Set(everybody.filter((person) => !firstHalf.has(person)));

/** Of each prior what speaks for a person, and what speaks against. */
const featuresOf = ({ evidence, surroundings }: Trial) =>
  evidence.map((_, i) =>
    PRIORS.flatMap((prior) => {
      const lift = surroundings.find(({ name }) => name === prior)?.lifts[i] ?? 0;
      return [Math.max(0, lift), Math.min(0, lift)];
    }),
  );
const faceScores = ({ evidence }: Trial) => logOddsOf(faceFeatures(evidence), FACE_WEIGHTS);
const choiceOf = (trial: Trial): Choice => ({
  features: featuresOf(trial),
  offsets: faceScores(trial),
  truth: trial.evidence.findIndex(({ personId }) => personId === trial.truth),
  weight: trial.weight,
});
const withWeights = (weights: readonly number[]): Model => {
  return (trial) => {
    const prior = logOddsOf(featuresOf(trial), weights);
    return {
      personIds: trial.evidence.map(({ personId }) => personId),
      chances: probabilities(faceScores(trial).map((score, i) => score + prior[i]!)),
    };
  };
};

for (const collection of ['as it is', 'families'] as const) {
  const halves = [firstHalf, secondHalf].map((people) => {
    const library = collection === 'families' ? dealFamilies(data, people, seededRandom(3)) : data;
    return KINDS.map((kind) => ({ kind, trials: simulateLibrary(library, people, kind.draw(library, people, seededRandom(5))) }));
  });
  for (const [i, heldOut] of halves.entries()) {
    const fittedOn = halves[1 - i]!.filter(({ kind }) => kind.weight > 1).flatMap(({ trials }) => trials.map(choiceOf));
    const weights = fitConditionalLogit(fittedOn, { start: NOTHING, ridge: 1e-3 });
    const said = PRIORS.map((name, p) => `${name} ${weights[2 * p]!.toFixed(2)} for, ${weights[2 * p + 1]!.toFixed(2)} against`);
    console.log(`\n${collection}, fitted on the other half: ${said.join('; ')}`);
    const models: [string, readonly number[]][] = [
      ['face alone', NOTHING],
      ['fitted', weights],
      ['as shipped', SHIPPED],
      ...PRIORS.map((name, p): [string, number[]] => [name, SHIPPED.map((weight, q) => (q >> 1 === p ? weight : 0))]),
    ];
    for (const { kind, trials } of heldOut) {
      for (const [name, model] of models) {
        const report = reportConfidence(trials, withWeights(model));
        const { precision, coverage } = report.applyFrom(0.95);
        console.log(
          `  ${kind.name.padEnd(34)} ${name.padEnd(12)} at 99.5 % ${report.coverageAt(0.995).toFixed(3)}, at 99 % ${report.coverageAt(0.99).toFixed(3)}, ` +
            `first ${report.rankOne.toFixed(4)}, ECE ${report.calibrationError.toFixed(4)}, Brier ${report.brier.toFixed(4)}, ` +
            `from 0.95 right ${(100 * precision).toFixed(2)} %, covered ${coverage.toFixed(3)}, strangers ${(100 * report.strangersFrom(0.95)).toFixed(2)} %`,
        );
      }
    }
  }
}
