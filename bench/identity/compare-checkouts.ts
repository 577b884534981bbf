/**
 * Times what a user waits for in this checkout and in another one, such as a worktree of an earlier commit, in turns in one run: both
 * hold the same generated library, of which half of the faces are confirmed.
 *
 *   [TEST_DATABASE_URL=postgres://…] node --conditions=@photoorg/source bench/identity/compare-checkouts.ts OTHER [FACES]
 *
 * Runs on an empty clone for each on the server of TEST_DATABASE_URL, else on two embedded databases in memory. Tells processor time,
 * of this process and of a server on this machine, and wall time in brackets: that says more about the neighbours than about the code.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { newId } from '../../packages/sdk/src/values/new-id.ts';
import { Clusters, clusterSpace } from '../../packages/sdk/test/support/sample-clusters.ts';
import { sampleFace, samplePhoto } from '../../packages/sdk/test/support/sample-photos.ts';

const [other, facesWanted = '20000'] = process.argv.slice(2);
if (!other) {
  console.error('usage: compare-checkouts.ts OTHER [FACES]');
  process.exit(64);
}
const FACES = Number(facesWanted);
const PEOPLE = 250;
const FACES_PER_PHOTO = 2;
const PHOTOS_PER_BATCH = 500;
/** A quarter of the faces are strangers', two thirds of the others are confirmed: half of all. */
const STRANGERS = 0.25;
const CONFIRMED = 2 / 3;
const ROUNDS = 5;
const LONG_ROUNDS = 3;

/** One checkout's code, on a library of its own. */
class Side {
  readonly name: string;
  readonly test: Awaited<ReturnType<openTestLibrary>>;
  readonly createReview: createReview;
  faces: { person: number; faceId: string }[] = [];

  private constructor(name: string, test: Side['test'], createReview: Side['createReview']) {
    this.name = name;
    this.test = test;
    this.createReview = createReview;
  }

  static async open(name: string, root: string): Promise<Side> {
    const load = (path: string) => import(pathToFileURL(resolve(root, 'packages/sdk/src', path)).href);
    const testing = (await load('testing/index.ts')) as { openTestLibrary: openTestLibrary };
    const review = (await load('review/create-review.ts')) as { createReview: createReview };
    return new Side(name, await testing.openTestLibrary(), review.createReview);
  }

  async save(photos: readonly Picture[]): Promise<string[]> {
    const faceIds: string[] = [];
    for (let start = 0; start < photos.length; start += PHOTOS_PER_BATCH) {
      const batch = photos.slice(start, start + PHOTOS_PER_BATCH).map(({ content, vectors }) => ({
        photo: samplePhoto(content, { exif: null }),
        faces: vectors.map((vector, i) => sampleFace({ x: 10 + i * 90, y: 20, width: 80, height: 100 }, [...vector])),
        space: clusterSpace,
      }));
      faceIds.push(...(await this.test.library.photos.saveAnalyzed(batch)).flatMap((photo) => photo.faceIds));
    }
    return faceIds;
  }
}
type openTestLibrary = typeof import('../../packages/sdk/src/testing/index.ts').openTestLibrary;
type createReview = typeof import('../../packages/sdk/src/review/create-review.ts').createReview;

interface Picture {
  readonly content: string;
  readonly persons: readonly number[];
  readonly vectors: readonly Float32Array[];
}

const clusters = new Clusters(5, PEOPLE);
function takePictures(count: number): Picture[] {
  return Array.from({ length: count }, () => {
    const first = clusters.pick(PEOPLE);
    const persons = [first, (first + 1 + clusters.pick(PEOPLE - 1)) % PEOPLE].map((person) =>
      clusters.pick(1000) < STRANGERS * 1000 ? PEOPLE : person,
    );
    return { content: newId(), persons, vectors: persons.map((person) => clusters.face(person)) };
  });
}
const again = (pictures: readonly Picture[]) =>
  pictures.map((picture) => ({ ...picture, vectors: picture.persons.map((person) => clusters.face(person)) }));

const here = await Side.open('here', resolve(import.meta.dirname, '../..'));
const there = await Side.open('there', other);
const sides = [here, there];
console.log(`${here.test.kind}, ${FACES} faces, half of them confirmed as ${PEOPLE} people; medians of ${ROUNDS}`);

const pictures = takePictures(FACES / FACES_PER_PHOTO);
const persons = pictures.flatMap((picture) => picture.persons);
for (const side of sides) {
  const { library, context } = side.test;
  side.faces = (await side.save(pictures)).map((faceId, i) => ({ faceId, person: persons[i]! }));
  for (let person = 0; person < PEOPLE; person++) {
    const { personId } = await library.people.create({ displayName: `Person ${person}` });
    const theirs = side.faces.filter((face) => face.person === person);
    const faceIds = theirs.slice(0, Math.round(theirs.length * CONFIRMED)).map((face) => face.faceId);
    await library.labels.confirmMany({ faceIds, personId, actor: 'bench' });
  }
  await sql`ANALYZE`.execute(context.db);
}

const probes = Array.from({ length: ROUNDS }, () => clusters.pick(FACES));
const batches = Array.from({ length: ROUNDS }, () => takePictures(PHOTOS_PER_BATCH));
const single = Array.from({ length: ROUNDS }, () => takePictures(1));
await compare('saving 500 new photos with 1,000 faces', (side, round) => side.save(batches[round]!));
const changed = batches.map(again);
await compare('saving those again', (side, round) => side.save(changed[round]!));
await compare(
  'similarFaces',
  (side, round) => side.test.library.search.similarFaces({ faceId: side.faces[probes[round]!]!.faceId }),
  ROUNDS * 4,
);
await compare(
  'suggestions',
  (side, round) => side.test.library.review.suggestions(side.faces[probes[round]!]!.faceId),
  ROUNDS * 4,
);
await compare('queue, first call', (side) => side.createReview(side.test.context).queue(), LONG_ROUNDS);
await compare('queue, nothing new', (side) => side.test.library.review.queue());
await compare(
  'queue after an answer',
  (side) => side.test.library.review.queue(),
  ROUNDS,
  async ({ test: { library } }, round) => {
    const { face, suggestions } = (await library.review.queue({ limit: ROUNDS + 1 })).items[round % 2]!;
    await library.labels.confirm({ faceId: face.faceId, personId: suggestions[0]!.person.personId, actor: 'bench' });
  },
);
await compare(
  'queue after a new photo',
  (side) => side.test.library.review.queue(),
  LONG_ROUNDS,
  async (side, round) => {
    await side.save(single[round]!);
  },
);
const singleChanged = single.map(again);
await compare(
  'queue after a photo was saved again',
  (side) => side.test.library.review.queue(),
  LONG_ROUNDS,
  async (side, round) => {
    await side.save(singleChanged[round]!);
  },
);
await compare('applyCertain, dry run', (side) => side.test.library.review.applyCertain({ dryRun: true }), LONG_ROUNDS);
for (const { test } of sides) await test.close();

/** Calls that take turns, so that a busy machine slows both alike. `prepare` is not timed. */
async function compare(
  name: string,
  call: (side: Side, round: number) => Promise<unknown>,
  rounds = ROUNDS,
  prepare?: (side: Side, round: number) => Promise<void>,
): Promise<void> {
  const times = new Map(sides.map((side) => [side, { processor: [] as number[], wall: [] as number[] }]));
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      await prepare?.(side, round % ROUNDS);
      const [start, processor] = [performance.now(), await processorMillis(side)];
      await call(side, round % ROUNDS);
      times.get(side)!.wall.push(performance.now() - start);
      times.get(side)!.processor.push((await processorMillis(side)) - processor);
    }
  }
  const [mine, theirs] = [times.get(here)!, times.get(there)!];
  const ratio = median(mine.processor) / median(theirs.processor);
  const shown = (all: typeof mine) => `${median(all.processor).toFixed(1)} ms (${median(all.wall).toFixed(1)})`;
  console.log(`${name}: here ${shown(mine)}, there ${shown(theirs)}: ratio ${ratio.toFixed(2)}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Of this process and, on a server of this machine, of the library's backends. */
async function processorMillis({ test }: Side): Promise<number> {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1_000;
  if (test.kind === 'embedded') return own;
  const { rows } = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`.execute(
    test.context.db,
  );
  const backends = rows.map(({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6);
  return backends.reduce((sum, millis) => sum + millis, own);
}
