/**
 * Cuts people, and mixtures of two people, in two: how clear the cuts are, and how many faces they put on the wrong side.
 *
 *   node --conditions=@photoorg/source bench/identity/measure-split.ts PREFIX     (PREFIX.f32 and PREFIX.jsonl)
 */
import { cutInTwo } from '../../packages/sdk/src/identity/people/cut-in-two.ts';
import { seededRandom } from '../../packages/sdk/src/values/seeded-random.ts';
import { readLabelledEmbeddings } from './labelled-embeddings.ts';

const LEAST_FACES = 4;
const MOST_FACES = 40;
const FEW = 3;

const [prefix] = process.argv.slice(2);
if (!prefix) {
  console.error('usage: measure-split.ts PREFIX');
  process.exit(64);
}
const { faces, vectors, dimension } = readLabelledEmbeddings(prefix);
const random = seededRandom(7);
const people = [...Map.groupBy(faces.keys(), (row) => faces[row]!.person).values()]
  .filter((rows) => rows.length >= LEAST_FACES)
  .map((rows) => rows.slice(0, MOST_FACES));
const draw = () => people[Math.floor(random() * people.length)]!;

function cut(rows: readonly number[]) {
  const chosen = new Float32Array(rows.length * dimension);
  for (const [place, row] of rows.entries())
    chosen.set(vectors.subarray(row * dimension, (row + 1) * dimension), place * dimension);
  return cutInTwo({ photoIds: rows.map(String), vectors: chosen, dimension })!;
}

function mixtures(count: number, mostOfSecond: number) {
  return Array.from({ length: count }, () => {
    const first = draw();
    let second = draw();
    while (second === first) second = draw();
    const rest = second.slice(0, mostOfSecond);
    const { halves, silhouette } = cut([...first, ...rest]);
    const strays = halves.filter((half, place) => (half !== halves[0]) !== place >= first.length).length;
    const total = first.length + rest.length;
    return { silhouette, wrong: Math.min(strays, total - strays), total };
  });
}

function say(name: string, silhouettes: readonly number[]) {
  const sorted = silhouettes.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(3);
  console.log(`${name}: silhouette 1 % ${at(0.01)}, 5 % ${at(0.05)}, median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}`);
}

say(
  `${people.length} people`,
  people.map((rows) => cut(rows).silhouette),
);
for (const mostOfSecond of [MOST_FACES, FEW]) {
  const tried = mixtures(300, mostOfSecond);
  say(
    `300 mixtures with up to ${mostOfSecond} faces of the second`,
    tried.map(({ silhouette }) => silhouette),
  );
  const wrong = tried.reduce((sum, one) => sum + one.wrong, 0);
  const total = tried.reduce((sum, one) => sum + one.total, 0);
  const clean = tried.filter((one) => one.wrong === 0).length;
  console.log(`  ${wrong} of ${total} faces on the wrong side; ${clean} mixtures without a mistake`);
}
