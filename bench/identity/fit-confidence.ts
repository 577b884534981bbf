/**
 * Fits the confidence of suggestions on labelled embeddings and says how good it is on people it has not seen.
 *
 *   node --conditions=@photoorg/source bench/identity/fit-confidence.ts PREFIX     (PREFIX.f32 and PREFIX.jsonl)
 *
 * Half of the people, drawn once, serve the fit; all other figures are of the other half. A trial is one face against a simulated
 * library of so many known people, everybody else being a stranger to it.
 */

import { EVIDENCE_REACH, NEIGHBOURS_PER_PERSON } from '../../packages/sdk/src/evidence/person-evidence.ts';
import { CENTRE_WEIGHTS, centreFeatures } from '../../packages/sdk/src/review/centre-model.ts';
import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';
import { FACE_WEIGHTS, faceFeatures } from '../../packages/sdk/src/review/terms/confidence-model.ts';
import { seededRandom } from '../../packages/sdk/test/support/seeded-random.ts';
import { fitConditionalLogit } from './fit-conditional-logit.ts';
import { distanceMatrix, readLabelledEmbeddings } from './labelled-embeddings.ts';
import { type Model, reportConfidence } from './report-confidence.ts';
import { simulateLibrary, type Trial } from './simulate-library.ts';

/**
 * The libraries of the fit, from a fresh one to a large one. Where few people are named yet, most faces are still strangers; later
 * about half of what a camera sees is known. Small libraries are drawn more often: each tells less.
 */
const LIBRARIES = [
  { knownPeople: 3, knownShare: 0.15, draws: 8 },
  { knownPeople: 10, knownShare: 0.15, draws: 8 },
  { knownPeople: 30, knownShare: 0.15, draws: 4 },
  { knownPeople: 50, knownShare: 0.5, draws: 3 },
  { knownPeople: 150, knownShare: 0.5, draws: 3 },
  { knownPeople: 250, knownShare: 0.5, draws: 3 },
  { knownPeople: 400, knownShare: 0.5, draws: 3 },
];
const SEED = 1;

const prefix = process.argv[2];
if (!prefix) {
  console.error('usage: fit-confidence.ts PREFIX');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const distances = distanceMatrix(data);
const everybody = [...new Set(data.faces.map((face) => face.person))];
const coin = seededRandom(SEED);
const fittingHalf = new Set(everybody.filter(() => coin() < 0.5));
const heldOutHalf = new Set(everybody.filter((person) => !fittingHalf.has(person)));

function draw(people: ReadonlySet<number>, library: (typeof LIBRARIES)[number], neighboursPerPerson: number): Trial[] {
  const { knownPeople, knownShare, draws } = library;
  const random = seededRandom(SEED + knownPeople);
  const options = { people, knownPeople, knownShare, neighboursPerPerson, random };
  return Array.from({ length: draws }, () => simulateLibrary(data, distances, options))
    .flat()
    .map((trial) => ({ ...trial, weight: trial.weight / draws }));
}
function drawAll(people: ReadonlySet<number>, neighboursPerPerson: number): Trial[] {
  return LIBRARIES.flatMap((library) => draw(people, library, neighboursPerPerson));
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

function fitFaces(trials: readonly Trial[]): number[] {
  const choices = trials.map(({ evidence, truth, weight }) => ({
    features: faceFeatures(evidence),
    truth: evidence.findIndex(({ personId }) => personId === truth),
    weight,
  }));
  return fitConditionalLogit(choices, FACE_WEIGHTS.length);
}
function fitCentres(trials: readonly Trial[]): number[] {
  const choices = trials.map(({ centres, truth, weight }) => ({
    features: centreFeatures(centres),
    truth: centres.findIndex(({ personId }) => personId === truth),
    weight,
  }));
  return fitConditionalLogit(choices, CENTRE_WEIGHTS.length);
}
const shown = (weights: readonly number[]) => `[${weights.map((weight) => weight.toFixed(2)).join(', ')}]`;

console.log(`${data.faces.length} faces of ${everybody.length} people, half of the people held out`);
console.log('\nnearest faces looked at per person, fitted anew for each:');
for (const neighbours of [1, 2, 3, 5]) {
  const report = reportConfidence(drawAll(heldOutHalf, neighbours), byFaces(fitFaces(drawAll(fittingHalf, neighbours))));
  const { precision, coverage } = report.applyFrom(0.95);
  const figures = `Brier ${report.brier.toFixed(4)}, from 0.95 precision ${precision.toFixed(4)}, coverage ${coverage.toFixed(3)}`;
  console.log(`  ${neighbours}: ${figures}`);
}

const fitting = drawAll(fittingHalf, NEIGHBOURS_PER_PERSON);
const own = fitting.flatMap((trial) => trial.ownDistance ?? []);
const inReach = own.filter((distance) => distance < EVIDENCE_REACH).length / own.length;
console.log(`\nknown faces with one of their own within ${EVIDENCE_REACH}: ${inReach.toFixed(4)}`);
const faceWeights = fitFaces(fitting);
const centreWeights = fitCentres(fitting);
console.log(`fitted on ${fitting.length} trials: FACE_WEIGHTS ${shown(faceWeights)}, CENTRE_WEIGHTS ${shown(centreWeights)}`);

for (const library of LIBRARIES) {
  const trials = draw(heldOutHalf, library, NEIGHBOURS_PER_PERSON);
  console.log(`\n${library.knownPeople} known people, who are ${library.knownShare * 100} % of the faces:`);
  const estimate = reportConfidence(trials, byCentres(centreWeights));
  const considered = [0.01, 0.02, 0.05].map((threshold) => {
    const { known, strangers } = estimate.askFrom(threshold);
    return `from ${threshold} known ${known.toFixed(3)} strangers ${strangers.toFixed(3)}`;
  });
  console.log(`  by centres: Brier ${estimate.brier.toFixed(4)}; ${considered.join('; ')}`);
  const report = reportConfidence(trials, byFaces(faceWeights));
  console.log(
    `  ECE ${report.calibrationError.toFixed(4)}, Brier ${report.brier.toFixed(4)}, named first ${report.rankOne.toFixed(4)}`,
  );
  for (const threshold of [0.8, 0.9, 0.95, 0.98, 0.99]) {
    const { precision, coverage } = report.applyFrom(threshold);
    console.log(`  apply from ${threshold}: precision ${precision.toFixed(4)}, known people covered ${coverage.toFixed(3)}`);
  }
  for (const threshold of [0.05, 0.1, 0.2, 0.3, 0.5]) {
    const { known, strangers } = report.askFrom(threshold);
    console.log(
      `  ask from ${threshold}: known people reached ${known.toFixed(3)}, strangers asked about ${strangers.toFixed(3)}`,
    );
  }
}
