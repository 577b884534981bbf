/**
 * How good the confidence of suggestions is beside what takes no model, on people nobody looked at: fitted on half of the people,
 * thresholds chosen on a quarter, reported on the last quarter.
 *
 *   node --conditions=@photoorg/source bench/identity/compare-confidence.ts PREFIX [SEED]     (PREFIX.f32 and PREFIX.jsonl)
 *
 * Coverage is the share of known faces that are named while so many of the named are right, with a 95 % interval by drawing the people
 * anew. Two pictures of one photo under two names are left out.
 */
import { neighbourhoodOf, strangerDistance } from '../../packages/sdk/src/evidence/cohort.ts';
import { probeAt } from '../../packages/sdk/src/evidence/collect-evidence.ts';
import { logOddsOf, probabilities } from '../../packages/sdk/src/review/terms/conditional-logit.ts';
import { faceFeatures } from '../../packages/sdk/src/review/terms/confidence-model.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { LIBRARY_KINDS, shuffled } from './draw-libraries.ts';
import { drawTrials, fitFaces } from './fit-faces.ts';
import { type LabelledEmbeddings, readLabelledEmbeddings } from './labelled-embeddings.ts';
import { type Answer, answerTrials, coverageOf, type Model, reportConfidence } from './report-confidence.ts';
import { fitScore, SCORES } from './rival-models.ts';
import { knownLibrary, simulateLibrary, type Trial } from './simulate-library.ts';

const REDRAWS = 1_000;
const PRECISIONS = [0.99, 0.995];
const AUTO_APPLY = 0.95;
/** L2 distance within which two pictures are one photo. */
const SAME_PHOTO = 0.15;
const SETTINGS = ['everybody confirmed', 'half of each person confirmed'];
/** Libraries drawn of so many named people. */
const DRAWS: Readonly<Record<number, number>> = { 1: 10, 5: 4, 20: 2 };

const prefix = process.argv[2];
/** Deals the people into other parts. */
const SEED = Number(process.argv[3] ?? 3);
if (!prefix) {
  console.error('usage: compare-confidence.ts PREFIX [SEED]');
  process.exit(64);
}
const data = withoutTwoNames(readLabelledEmbeddings(prefix));
const people = shuffled([...new Set(data.faces.map(({ person }) => person))], seededRandom(SEED));
const [half, threeQuarters] = [people.length / 2, (3 * people.length) / 4].map(Math.floor) as [number, number];
const [fit, choice, last] = [people.slice(0, half), people.slice(half, threeQuarters), people.slice(threeQuarters)].map(
  (ofPart) => new Set(ofPart),
) as [Set<number>, Set<number>, Set<number>];
console.log(`${data.faces.length} faces; people fitted on ${fit.size}, chosen on ${choice.size}, reported on ${last.size}`);

const fitted = drawTrials(data, fit);
const faceWeights = fitFaces(fitted);
const inSettings = [...fitted].flatMap(([{ name }, trials]) => (SETTINGS.includes(name) ? trials : []));
const models: ReadonlyMap<string, Model> = new Map([
  [
    'confidence',
    ({ evidence }: Trial) => ({
      personIds: evidence.map(({ personId }) => personId),
      chances: probabilities(logOddsOf(faceFeatures(evidence), faceWeights)),
    }),
  ],
  ...Object.entries(SCORES).map(([name, score]) => [name, fitScore(score, inSettings)] as const),
]);

for (const setting of SETTINGS) {
  const [chosenOn, trials] = [choice, last].map((ofPart) => drawOne(setting, ofPart)) as [Trial[], Trial[]];
  console.log(`\n${setting}: ${trials.filter(({ truth }) => truth !== null).length} known faces of ${trials.length} tried`);
  for (const [name, model] of models) {
    const { calibrationError, brier } = reportConfidence(trials, model);
    const answers = descending(answerTrials(trials, model));
    const figures = PRECISIONS.map((precision) => {
      const { threshold } = coverageOf(descending(answerTrials(chosenOn, model)), precision);
      const named = answers.filter(({ confidence }) => confidence >= threshold);
      const right = named.filter((answer) => answer.right).length;
      const known = answers.filter((answer) => answer.known).length;
      const [low, high] = coverageInterval(answers, precision);
      return (
        `at ${100 * precision} %: ${shown(coverageOf(answers, precision).covered)} [${shown(low)}, ${shown(high)}], ` +
        `by the chosen threshold ${shown(right / known)} with ${((100 * right) / named.length).toFixed(2)} % right`
      );
    });
    console.log(`  ${name.padEnd(26)} ${figures.join('; ')}; ECE ${calibrationError.toFixed(4)}, Brier ${brier.toFixed(4)}`);
  }
}

console.log(`\nstrangers named from ${AUTO_APPLY} on, by thirds of how near their strangers are (crowded, usual, sparse)`);
const density = densities(last);
for (const [named, draws] of Object.entries(DRAWS)) {
  const kind = LIBRARY_KINDS.find(({ name }) => name === `${named} named, 100 % of their faces`)!;
  const random = seededRandom(SEED);
  const strangers = Array.from({ length: draws }, () => simulateLibrary(data, last, kind.draw(data, last, random)))
    .flat()
    .filter(({ truth, place }) => truth === null && density.has(place));
  const ordered = strangers.toSorted((a, b) => density.get(a.place)! - density.get(b.place)!);
  const thirds = [0, 1, 2].map((i) =>
    ordered.slice(Math.floor((i * ordered.length) / 3), Math.floor(((i + 1) * ordered.length) / 3)),
  );
  for (const [name, model] of models) {
    const shares = [ordered, ...thirds].map((trials) => percent(reportConfidence(trials, model).strangersFrom(AUTO_APPLY)));
    console.log(`  ${named.padStart(2)} named, ${name.padEnd(26)} ${shares[0]}: ${shares.slice(1).join(', ')} (${draws} draws)`);
  }
}

/** Weighs every face alike. */
function drawOne(setting: string, ofPart: ReadonlySet<number>): Trial[] {
  const kind = LIBRARY_KINDS.find(({ name }) => name === setting)!;
  return simulateLibrary(data, ofPart, kind.draw(data, ofPart, seededRandom(SEED)));
}

/** Between which coverage lies in 95 % of the redraws of the people. */
function coverageInterval(answers: readonly Answer[], precision: number): [number, number] {
  const random = seededRandom(SEED);
  const persons = [...new Set(answers.map(({ place }) => data.faces[place]!.person))];
  const covered = Array.from({ length: REDRAWS }, () => {
    const times = new Map<number, number>();
    for (let i = 0; i < persons.length; i++) {
      const person = persons[Math.floor(random() * persons.length)]!;
      times.set(person, (times.get(person) ?? 0) + 1);
    }
    const redrawn = answers.flatMap((answer) => {
      const count = times.get(data.faces[answer.place]!.person);
      return count ? [{ ...answer, weight: answer.weight * count }] : [];
    });
    return coverageOf(redrawn, precision).covered;
  }).sort((a, b) => a - b);
  return [covered[Math.floor(0.025 * REDRAWS)]!, covered[Math.floor(0.975 * REDRAWS)]!];
}

/** Of each face of these people, the mean distance to its nearest strangers. */
function densities(ofPart: ReadonlySet<number>): Map<number, number> {
  const { known, places } = knownLibrary(data, ofPart, new Set());
  return new Map(
    places.map((place, index) => {
      const { person } = data.faces[place]!;
      const own = new Set(
        known.cohort.starts.slice(0, -1).flatMap((start, identity) => {
          return data.faces[places[known.cohort.rows[start]!]!]!.person === person ? [identity] : [];
        }),
      );
      return [place, strangerDistance(neighbourhoodOf(known.bank, known.cohort, probeAt(known, index)), own)];
    }),
  );
}

/** Leaves out faces that lie as near to somebody else's as two pictures of one photo do. */
function withoutTwoNames({ faces, vectors, dimension }: LabelledEmbeddings): LabelledEmbeddings {
  const out = new Set<number>();
  for (let a = 0; a < faces.length; a++) {
    for (let b = a + 1; b < faces.length; b++) {
      if (faces[a]!.person === faces[b]!.person) continue;
      let squared = 0;
      for (let i = 0; i < dimension && squared < SAME_PHOTO ** 2; i++) {
        squared += (vectors[a * dimension + i]! - vectors[b * dimension + i]!) ** 2;
      }
      if (squared < SAME_PHOTO ** 2) out.add(a).add(b);
    }
  }
  const kept = [...faces.keys()].filter((place) => !out.has(place));
  const taken = new Float32Array(kept.length * dimension);
  for (const [i, place] of kept.entries()) taken.set(vectors.subarray(place * dimension, (place + 1) * dimension), i * dimension);
  console.log(`${out.size} faces under two names left out`);
  return { faces: kept.map((place) => faces[place]!), vectors: taken, dimension };
}

function descending(answers: readonly Answer[]): Answer[] {
  return answers.toSorted((a, b) => b.confidence - a.confidence);
}

function shown(share: number): string {
  return share.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)} %`;
}
