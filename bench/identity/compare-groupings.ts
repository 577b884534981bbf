/**
 * Groups labelled embeddings without looking at the labels, in several ways, and says how well the groups agree with the people.
 *
 *   node --conditions=@photoorg/source bench/identity/compare-groupings.ts PREFIX [MOST]     (PREFIX.f32 and PREFIX.jsonl)
 *
 * MOST leaves out people with more faces than that, whose pairs outnumber those of everybody else.
 */
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { groupUnknown } from './group-unknown.ts';
import { scoreGrouping } from './grouping-scores.ts';
import { averageLinkage, chineseWhispers, dbscan, type Grouping } from './known-groupings.ts';
import { distanceMatrix, type LabelledEmbeddings, readLabelledEmbeddings } from './labelled-embeddings.ts';

const KNOWN: readonly (readonly [string, Grouping])[] = [
  ['DBSCAN .36, 2', dbscan(0.36, 2)],
  ['DBSCAN .40, 2', dbscan(0.4, 2)],
  ['Chinese whispers .44', chineseWhispers(0.44, seededRandom(1))],
  ['Chinese whispers .46', chineseWhispers(0.46, seededRandom(1))],
  ['average linkage .50', averageLinkage(0.5)],
  ['average linkage .52', averageLinkage(0.52)],
];

const [prefix, most] = process.argv.slice(2);
if (!prefix) {
  console.error('usage: compare-groupings.ts PREFIX [MOST]');
  process.exit(64);
}
const data = withoutLargest(readLabelledEmbeddings(prefix), Number(most ?? Number.POSITIVE_INFINITY));
const people = data.faces.map(({ person }) => person);
console.log(`${data.faces.length} faces of ${new Set(people).size} people`);
report('ours', await ours(data));
const distances = distanceMatrix(data);
for (const [name, grouping] of KNOWN) report(name, grouping(data, distances));

function report(name: string, groups: ArrayLike<number>): void {
  const { pairwise, bcubed } = scoreGrouping(groups, people);
  const text = ({ f, precision, recall }: typeof pairwise) => `${f.toFixed(3)} (${precision.toFixed(3)} / ${recall.toFixed(3)})`;
  console.log(`${name.padEnd(24)} pairwise F ${text(pairwise)}   BCubed F ${text(bcubed)}`);
}

async function ours({ faces, vectors, dimension }: LabelledEmbeddings): Promise<Int32Array> {
  const started = performance.now();
  const photos = faces.map(({ photo }) => photo);
  const groups = await groupUnknown({ photos, vectors, dimension });
  console.log(`ours took ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return groups;
}

function withoutLargest({ faces, vectors, dimension }: LabelledEmbeddings, most: number): LabelledEmbeddings {
  const counts = Map.groupBy(faces, ({ person }) => person);
  const kept = [...faces.keys()].filter((place) => counts.get(faces[place]!.person)!.length <= most);
  const keptVectors = new Float32Array(kept.length * dimension);
  for (const [row, place] of kept.entries()) {
    keptVectors.set(vectors.subarray(place * dimension, (place + 1) * dimension), row * dimension);
  }
  return { dimension, vectors: keptVectors, faces: kept.map((place) => faces[place]!) };
}
