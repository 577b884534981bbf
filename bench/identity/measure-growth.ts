/**
 * Adds a tenth of labelled embeddings, drawn once, to groups of the others: what moves, and how the groups compare with those of all
 * faces at once.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-growth.ts PREFIX     (PREFIX.f32 and PREFIX.jsonl)
 */
import { type GroupOfFaces, groupFaces } from '../../packages/sdk/src/grouping/group-faces.ts';
import { keepIds } from '../../packages/sdk/src/grouping/keep-ids.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { facesToGroup, formerOf, knownFace, placesOf } from '../../packages/sdk/test/support/grouped-faces.ts';
import { scoreGrouping } from './grouping-scores.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

const prefix = process.argv[2];
if (!prefix) {
  console.error('usage: measure-growth.ts PREFIX');
  process.exit(64);
}
const { faces, vectors, dimension } = readLabelledEmbeddings(prefix);
const coin = seededRandom(1);
const newPhotos = new Set([...new Set(faces.map(({ photo }) => photo))].filter(() => coin() < 0.1));
const order = [...faces.keys()].sort((a, b) => Number(newPhotos.has(faces[a]!.photo)) - Number(newPhotos.has(faces[b]!.photo)));
const known = order.map((face, place) =>
  knownFace(place, vectors.subarray(face * dimension, (face + 1) * dimension), { photoId: `${faces[face]!.photo}` }),
);
const people = order.map((face) => faces[face]!.person);
const standing = order.filter((face) => !newPhotos.has(faces[face]!.photo)).length;

const before = await groupFaces(facesToGroup(known.slice(0, standing)));
const started = performance.now();
const grown = await groupFaces(facesToGroup(known, { former: formerOf(before) }));
const seconds = (performance.now() - started) / 1000;
const anew = await groupFaces(facesToGroup(known));
console.log(
  `${standing} faces, and ${known.length - standing} new ones in ${seconds.toFixed(1)} s: ${moved(before, grown)} moved; anew ${moved(before, anew)}`,
);
report('before', before);
report('grown', grown);
report('anew', anew);

function report(name: string, groups: readonly GroupOfFaces[]): void {
  const numbers = numbersOf(groups);
  const { pairwise, bcubed } = scoreGrouping(numbers, people.slice(0, numbers.length));
  console.log(`${name.padEnd(8)} pairwise F ${pairwise.f.toFixed(3)}   BCubed F ${bcubed.f.toFixed(3)}`);
}

/** Faces whose group has another id than before. */
function moved(former: readonly GroupOfFaces[], now: readonly GroupOfFaces[]): number {
  const places = formerOf(former);
  const groups = placesOf(now);
  const ids = keepIds(groups, (place) => places(place)?.groupId ?? null);
  return groups
    .flatMap((group, number) => group.map((place) => ({ before: places(place)?.groupId, id: ids[number] })))
    .filter(({ before, id }) => before !== undefined && before !== id).length;
}

function numbersOf(groups: readonly GroupOfFaces[]): number[] {
  const numbers: number[] = [];
  for (const [number, places] of placesOf(groups).entries()) for (const place of places) numbers[place] = number;
  return numbers;
}
