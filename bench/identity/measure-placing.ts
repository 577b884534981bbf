/**
 * How long placing names takes for so many faces: those of labelled embeddings in photos of households, drawn again and again with noise.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-placing.ts PREFIX FACES     (PREFIX.f32 and PREFIX.jsonl)
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { placementConfidence } from '../../packages/sdk/src/placing/placement-confidence.ts';
import { NOBODY } from '../../packages/sdk/src/placing/puzzle.ts';
import { solvePuzzle } from '../../packages/sdk/src/placing/solve-puzzle.ts';
import { Pace } from '../../packages/sdk/src/values/pace.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { seededNormal } from '../../packages/sdk/test/support/seeded-normal.ts';
import { drawHouseholds } from './draw-households.ts';
import { householdPuzzle } from './household-puzzle.ts';
import { type LabelledEmbeddings, readLabelledEmbeddings } from './labelled-embeddings.ts';

/** L2 length of the noise, a quarter of what lies between two faces of one person. */
const NOISE = 0.1;
const MIN_CONFIDENCE = 0.98;

const [prefix, count] = [process.argv[2], Number(process.argv[3])];
if (!prefix || !Number.isSafeInteger(count)) {
  console.error('usage: measure-placing.ts PREFIX FACES');
  process.exit(64);
}
const data = repeated(readLabelledEmbeddings(prefix), count);
const people = new Set(data.faces.map(({ person }) => person));
const drawn = drawHouseholds(data, people, { missing: 0.1, wrong: 0.1 }, seededRandom(1), {
  fewest: 3,
  most: Number.POSITIVE_INFINITY,
});
const grouping = performance.now();
const { puzzle, truth } = await householdPuzzle(data, drawn);
const started = performance.now();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const { placements } = await solvePuzzle(puzzle, new Pace());
delay.disable();
const seconds = (performance.now() - started) / 1000;
const certain = placements.filter(({ clues }) => placementConfidence(clues) >= MIN_CONFIDENCE);
const right = certain.filter(({ face, person }) => truth[face] === person).length;
const known = truth.filter((person) => person !== NOBODY).length;
console.log(
  `${truth.length} faces of ${puzzle.names.length} photos: grouped in ${((started - grouping) / 1000).toFixed(1)} s, placed in ${seconds.toFixed(1)} s, event loop held up ${(delay.max / 1e6).toFixed(0)} ms at most; ${(right / known).toFixed(3)} of known faces at ${(right / certain.length).toFixed(4)}`,
);

function repeated({ faces, vectors, dimension }: LabelledEmbeddings, size: number): LabelledEmbeddings {
  const random = seededRandom(1);
  const normal = seededNormal(random);
  const places = Array.from({ length: size }, (_, i) => i % faces.length);
  const noisy = new Float32Array(size * dimension);
  for (const [row, place] of places.entries()) {
    for (let i = 0; i < dimension; i++) {
      noisy[row * dimension + i] = vectors[place * dimension + i]! + (normal() * NOISE) / Math.sqrt(dimension);
    }
  }
  return { dimension, vectors: noisy, faces: places.map((place) => faces[place]!) };
}
