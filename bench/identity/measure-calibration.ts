/**
 * Learns from simulated libraries' own confirmed faces what confidences are worth, and says whether it is true of the faces that wait.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-calibration.ts PREFIX     (PREFIX.f32 and PREFIX.jsonl)
 *
 * Each half of the people is tried with weights fitted on the other half (half of each person confirmed): the ranking is a stranger to
 * the library, and its confirmed faces are all that tells.
 */
import { type Calibration, calibrate, intervalAround } from '../../packages/sdk/src/review/calibration/calibration.ts';
import { fitCalibration } from '../../packages/sdk/src/review/calibration/fit-calibration.ts';
import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';
import { FACE_WEIGHTS, faceFeatures } from '../../packages/sdk/src/review/terms/confidence-model.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { LIBRARY_KINDS } from './draw-libraries.ts';
import { fitStandardised } from './fit-standardised.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';
import { reportConfidence } from './report-confidence.ts';
import { simulateLibrary, type Trial } from './simulate-library.ts';

const SEED = 1;
const KINDS = LIBRARY_KINDS.filter(({ name }) => /everybody|half of|(3|10) faces each|^(20|100) named, 50/.test(name));

const prefix = process.argv[2];
if (!prefix) {
  console.error('usage: measure-calibration.ts PREFIX');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const everybody = [...new Set(data.faces.map((face) => face.person))];
const coin = seededRandom(SEED);
const firstHalf = new Set(everybody.filter(() => coin() < 0.5));
const secondHalf = new Set(everybody.filter((person) => !firstHalf.has(person)));

for (const [people, others] of [
  [firstHalf, secondHalf],
  [secondHalf, firstHalf],
] as const) {
  const weights = fitOn(others);
  console.log(`\n${people.size} people, by weights fitted on ${others.size} others:`);
  for (const kind of KINDS) {
    const drawn = kind.draw(data, people, seededRandom(SEED));
    const waiting = simulateLibrary(data, people, drawn);
    const confirmed = simulateLibrary(data, people, { ...drawn, tried: [...drawn.confirmed] });
    const own = [...drawn.confirmed].map((place) => String(data.faces[place]!.person));
    const { calibration, knownShare } = fitCalibration({
      known: confirmed.flatMap((trial) => (trial.truth === null ? [] : likeliest(trial, weights))),
      strangers: confirmed.map((trial, i) => likeliest(without(trial, own[i]!), weights).claimed),
      open: waiting.map((trial) => likeliest(trial, weights).claimed),
    });
    const [before, after] = [null, calibration].map((by) => reportConfidence(waiting, modelOf(weights, by)));
    const known = waiting.filter(({ truth }) => truth !== null).length / waiting.length;
    const { low, high } = intervalAround(calibration, 0.95, calibrate(calibration, 0.95));
    console.log(
      `  ${kind.name.padEnd(34)} ${String(own.length).padStart(5)} confirmed; known ${knownShare.toFixed(2)}, in truth ${known.toFixed(2)}; ` +
        `ECE ${before!.calibrationError.toFixed(4)} -> ${after!.calibrationError.toFixed(4)}, Brier ${before!.brier.toFixed(4)} -> ${after!.brier.toFixed(4)}; ` +
        `from 0.95 right ${shown(before!)} -> ${shown(after!)}; 0.95 is worth ${low.toFixed(3)} to ${high.toFixed(3)}`,
    );
  }
}

function fitOn(people: ReadonlySet<number>): number[] {
  const kind = LIBRARY_KINDS.find(({ name }) => name.startsWith('half of'))!;
  const trials = simulateLibrary(data, people, kind.draw(data, people, seededRandom(SEED)));
  const choices = trials.map(({ evidence, truth, weight }) => ({
    features: faceFeatures(evidence),
    truth: evidence.findIndex(({ personId }) => personId === truth),
    weight,
  }));
  return fitStandardised(
    choices.filter(({ features }) => features.length > 0),
    FACE_WEIGHTS.length,
  );
}

function likeliest({ evidence, truth }: Trial, weights: readonly number[]): { claimed: number; isRight: boolean } {
  const chances = probabilities(logOddsOf(faceFeatures(evidence), weights));
  const claimed = Math.max(0, ...chances);
  return { claimed, isRight: truth !== null && evidence[chances.indexOf(claimed)]?.personId === truth };
}

function without(trial: Trial, person: string): Trial {
  return { ...trial, evidence: trial.evidence.filter(({ personId }) => personId !== person) };
}

function modelOf(weights: readonly number[], calibration: Calibration | null) {
  return ({ evidence }: Trial) => ({
    personIds: evidence.map(({ personId }) => personId),
    chances: probabilities(logOddsOf(faceFeatures(evidence), weights)).map((claimed) => calibrate(calibration, claimed)),
  });
}

function shown({ applyFrom }: ReturnType<typeof reportConfidence>): string {
  const { precision, coverage } = applyFrom(0.95);
  return `${(100 * precision).toFixed(2)} % (${coverage.toFixed(3)} of the known)`;
}
