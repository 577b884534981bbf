/**
 * Fits the confidence of suggestions on labelled embeddings and says how good it is on people it has not seen.
 *
 *   node --conditions=@photoorg/source bench/identity/fit-confidence.ts PREFIX     (PREFIX.f32 and PREFIX.jsonl)
 *
 * The people are dealt into two halves. Each half is tried with weights fitted on the other, in simulated libraries at every stage of
 * their life; the weights to ship are fitted on all of them.
 */
import { CENTRE_WEIGHTS, centreFeatures } from '../../packages/sdk/src/review/centre-model.ts';
import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';
import { faceFeatures } from '../../packages/sdk/src/review/terms/confidence-model.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { drawTrials, fitFaces, type TrialsOfKinds } from './fit-faces.ts';
import { fitStandardised } from './fit-standardised.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';
import { type Model, reportConfidence } from './report-confidence.ts';

const SEED = 1;

const prefix = process.argv[2];
if (!prefix) {
  console.error('usage: fit-confidence.ts PREFIX');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const everybody = [...new Set(data.faces.map((face) => face.person))];
const coin = seededRandom(SEED);
const firstHalf = new Set(everybody.filter(() => coin() < 0.5));
const secondHalf = new Set(everybody.filter((person) => !firstHalf.has(person)));
console.log(`${data.faces.length} faces of ${everybody.length} people`);

function fitCentres(...all: readonly TrialsOfKinds[]): number[] {
  const choices = all.flatMap((trials) =>
    [...trials].flatMap(([kind, ofKind]) =>
      ofKind.map(({ centres, truth, weight }) => ({
        features: centreFeatures(centres),
        truth: centres.findIndex(({ personId }) => personId === truth),
        weight: weight * kind.weight,
      })),
    ),
  );
  return fitStandardised(choices, CENTRE_WEIGHTS.length);
}

/** Looking at every confirmed face. */
const byFaces = (weights: readonly number[]): Model => {
  return ({ evidence }) => ({
    personIds: evidence.map((person) => person.personId),
    chances: probabilities(logOddsOf(faceFeatures(evidence), weights)),
  });
};
/** Looking at each person's centre alone. */
const byCentres = (weights: readonly number[]): Model => {
  return ({ centres }) => ({
    personIds: centres.map((centre) => centre.personId),
    chances: probabilities(logOddsOf(centreFeatures(centres), weights)),
  });
};
const shown = (weights: readonly number[]) => `[${weights.map((weight) => weight.toFixed(2)).join(', ')}]`;
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

const halves = [drawTrials(data, firstHalf), drawTrials(data, secondHalf)] as const;
for (const [i, heldOut] of halves.entries()) {
  const fitted = halves[1 - i]!;
  const [faceWeights, centreWeights] = [fitFaces(fitted), fitCentres(fitted)];
  console.log(`\nfitted on the ${i === 0 ? 'second' : 'first'} half of the people ${shown(faceWeights)}, tried on the other:`);
  for (const [kind, trials] of heldOut) {
    const report = reportConfidence(trials, byFaces(faceWeights));
    const estimate = reportConfidence(trials, byCentres(centreWeights)).askFrom(0.02);
    const { precision, coverage } = report.applyFrom(0.95);
    console.log(
      `  ${kind.name.padEnd(38)} covered at 99.5 % ${report.coverageAt(0.995).toFixed(3)}, at 99 % ${report.coverageAt(0.99).toFixed(3)}; ` +
        `ECE ${report.calibrationError.toFixed(4)} Brier ${report.brier.toFixed(4)}; from 0.95 right ${percent(precision)}, ` +
        `covered ${coverage.toFixed(3)}, strangers ${percent(report.strangersFrom(0.95))}; ` +
        `estimated from 0.02 known ${estimate.known.toFixed(3)} strangers ${estimate.strangers.toFixed(3)}`,
    );
  }
}
console.log(`\nfitted on everybody: FACE_WEIGHTS ${shown(fitFaces(...halves))}, CENTRE_WEIGHTS ${shown(fitCentres(...halves))}`);
