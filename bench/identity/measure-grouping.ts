/**
 * How long grouping takes, and how good it is, for so many faces: those of labelled embeddings, drawn again and again with noise.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-grouping.ts PREFIX FACES     (PREFIX.f32 and PREFIX.jsonl)
 */

import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { seededNormal } from '../../packages/sdk/test/support/seeded-normal.ts';
import { groupUnknown } from './group-unknown.ts';
import { scoreGrouping } from './grouping-scores.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

/** L2 length of the noise, a quarter of what lies between two faces of one person. */
const NOISE = 0.1;

const [prefix, count] = [process.argv[2], Number(process.argv[3])];
if (!prefix || !Number.isSafeInteger(count)) {
  console.error('usage: measure-grouping.ts PREFIX FACES');
  process.exit(64);
}
const { faces, vectors, dimension } = readLabelledEmbeddings(prefix);
const random = seededRandom(1);
const normal = seededNormal(random);
const drawn = Array.from({ length: count }, () => Math.floor(random() * faces.length));
const noisy = new Float32Array(count * dimension);
for (const [row, face] of drawn.entries()) {
  for (let i = 0; i < dimension; i++) {
    noisy[row * dimension + i] = vectors[face * dimension + i]! + (normal() * NOISE) / Math.sqrt(dimension);
  }
}
const started = performance.now();
const groups = await groupUnknown({ photos: drawn.map((_, photo) => photo), vectors: noisy, dimension });
const seconds = (performance.now() - started) / 1000;
const { pairwise, bcubed } = scoreGrouping(
  groups,
  drawn.map((face) => faces[face]!.person),
);
console.log(`${count} faces: ${seconds.toFixed(1)} s, pairwise F ${pairwise.f.toFixed(3)}, BCubed F ${bcubed.f.toFixed(3)}`);
