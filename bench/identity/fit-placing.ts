/**
 * Fits the confidence of names placed on faces on one half of the people, and says what it is worth on the other.
 *
 *   node --conditions=@photoorg/source bench/identity/fit-placing.ts PREFIX [DRAWS]     (PREFIX.f32 and PREFIX.jsonl)
 *
 * Each half is drawn DRAWS times (default 4) as photos of households for each quality of names; medians over the draws are printed. Of
 * known faces: those named at 99 % precision by the best threshold, and those named from each confidence on, with the precision.
 */

import { type PlacementTerm, placementTerms } from '../../packages/sdk/src/placing/placement-terms.ts';
import { NOBODY } from '../../packages/sdk/src/placing/puzzle.ts';
import { solvePuzzle } from '../../packages/sdk/src/placing/solve-puzzle.ts';
import { Pace } from '../../packages/sdk/src/values/pace.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { drawHouseholds, type FacesEach, type NameQuality } from './draw-households.ts';
import { fitStandardised } from './fit-standardised.ts';
import { householdPuzzle } from './household-puzzle.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

const QUALITIES: readonly NameQuality[] = [
  { missing: 0, wrong: 0 },
  { missing: 0.1, wrong: 0.1 },
  { missing: 0.3, wrong: 0 },
];
const FEW_FACES: FacesEach = { fewest: 3, most: 40 };
const MANY_FACES: FacesEach = { fewest: 5, most: Number.POSITIVE_INFINITY };
const PRECISION = 0.99;
const CONFIDENCES = [0.9, 0.95, 0.97, 0.98];

interface Trial {
  readonly terms: Readonly<Record<PlacementTerm, number>>;
  readonly isRight: boolean;
}

interface Draw {
  readonly quality: NameQuality;
  readonly trials: readonly Trial[];
  readonly knownFaces: number;
  /** Share of known faces whose photo carries their name. */
  readonly carried: number;
}

const [prefix, draws = '4'] = process.argv.slice(2);
if (!prefix) {
  console.error('usage: fit-placing.ts PREFIX [DRAWS]');
  process.exit(64);
}
const data = readLabelledEmbeddings(prefix);
const people = [...new Set(data.faces.map(({ person }) => person))];
const fitted = await drawAll(new Set(people.filter((person) => person % 2 === 0)), FEW_FACES);
const heldOut = new Set(people.filter((person) => person % 2 === 1));
const names = Object.keys(fitted[0]!.trials[0]!.terms) as PlacementTerm[];
const weights = fitStandardised(
  fitted.flatMap(({ trials }) =>
    trials.map(({ terms, isRight }) => ({ features: [names.map((name) => terms[name])], truth: isRight ? 0 : -1, weight: 1 })),
  ),
  names.length,
);
console.log(Object.fromEntries(names.map((name, i) => [name, Number(weights[i]!.toPrecision(4))])));
report('fitted on', fitted);
report('held out, 3 to 40 faces each', await drawAll(heldOut, FEW_FACES));
report('held out, 5 faces and more each', await drawAll(heldOut, MANY_FACES));

async function drawAll(half: ReadonlySet<number>, each: FacesEach): Promise<Draw[]> {
  const all: Draw[] = [];
  for (const quality of QUALITIES) {
    for (let draw = 1; draw <= Number(draws); draw++) {
      const { puzzle, truth } = await householdPuzzle(data, drawHouseholds(data, half, quality, seededRandom(draw), each));
      const { placements } = await solvePuzzle(puzzle, new Pace());
      const known = [...truth.keys()].filter((face) => truth[face] !== NOBODY);
      const carried = known.filter((face) => puzzle.names[puzzle.photoOf[face]!]!.includes(truth[face]!));
      all.push({
        quality,
        trials: placements.map(({ face, person, clues }) => ({ terms: placementTerms(clues), isRight: truth[face] === person })),
        knownFaces: known.length,
        carried: carried.length / known.length,
      });
    }
  }
  return all;
}

function report(title: string, all: readonly Draw[]): void {
  for (const [quality, same] of Map.groupBy(all, (draw) => draw.quality)) {
    const sorted = same.map(({ trials }) =>
      trials
        .map(({ terms, isRight }) => ({ confidence: confidenceOf(terms), isRight }))
        .sort((a, b) => b.confidence - a.confidence),
    );
    const reached = same.map((draw, i) => rightAtPrecision(sorted[i]!) / draw.knownFaces);
    const from = CONFIDENCES.map((confidence) => {
      const chosen = sorted.map((trials) => trials.filter((trial) => trial.confidence >= confidence));
      const right = chosen.map((trials) => trials.filter(({ isRight }) => isRight).length);
      const cover = median(right.map((count, i) => count / same[i]!.knownFaces));
      return `>= ${confidence}: ${cover.toFixed(3)} at ${median(right.map((count, i) => count / chosen[i]!.length)).toFixed(4)}`;
    });
    const { missing, wrong } = quality;
    const carried = median(same.map((draw) => draw.carried));
    console.log(
      `${title}, ${missing} missing, ${wrong} wrong (${carried.toFixed(3)} carried): ${median(reached).toFixed(3)} [${reached.map((share) => share.toFixed(2)).join(' ')}]; ${from.join(', ')}`,
    );
  }
}

function confidenceOf(terms: Trial['terms']): number {
  return 1 / (1 + Math.exp(-names.reduce((sum, name, i) => sum + weights[i]! * terms[name], 0)));
}

function rightAtPrecision(trials: readonly { isRight: boolean }[]): number {
  let [right, best] = [0, 0];
  for (const [i, { isRight }] of trials.entries()) {
    right += Number(isRight);
    if (right / (i + 1) >= PRECISION) best = right;
  }
  return best;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
