/**
 * Saves photos as indexing does and reads them back, by this checkout and by another one, such as that of the release before: batch by
 * batch in turns, in one run. Counts CPU time, of this process and of the server, since wall time says more about the neighbours than
 * about the code.
 *
 *   [TEST_DATABASE_URL=postgresql://…] node --conditions=@photoorg/source bench/sdk/save-photos.ts OTHER_CHECKOUT [photos]
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { openTestLibrary, TestLibrary } from '@photoorg/sdk/testing';
import { sql } from 'kysely';
import { samplePhoto } from '../../packages/sdk/test/support/sample-photos.ts';

const OTHER = process.argv[2] ?? '';
const PHOTOS = Number(process.argv[3] ?? 1_600);
const BATCH = 32;
const PAGE = 200;
const ROUNDS = 5;
const TICK_MILLIS = 10;

const sides = ['here', 'other'] as const;
type Side = (typeof sides)[number];
type Millis = Record<Side, number>;

/** As many tags as a camera writes. */
const exif = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`Tag${i}`, i % 2 === 0 ? i / 7 : `text number ${i}`]));
const settings = { iso: 400, exposureTime: 1 / 250, fNumber: 2.8, focalLength: 35, exif: { exif } };

await using here = await openOf(join(import.meta.dirname, '../..'));
await using other = await openOf(OTHER);
const opened: Record<Side, TestLibrary> = { here, other };

async function openOf(checkout: string): Promise<TestLibrary> {
  const path = join(resolve(checkout), 'packages/sdk/src/testing/index.ts');
  const testing = (await import(path)) as { openTestLibrary: typeof openTestLibrary };
  return testing.openTestLibrary();
}

/** Processor time of the backends of a library's database, on a server of this machine. */
async function serverMillis({ kind, context }: TestLibrary): Promise<number> {
  if (kind === 'embedded') return 0;
  const { rows } = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`.execute(
    context.db,
  );
  return rows.reduce((millis, { pid }) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return millis + (Number(fields[11]) + Number(fields[12])) * TICK_MILLIS;
  }, 0);
}

/** CPU milliseconds of a step of which each batch is done by one side and then by the other. */
async function measure(step: (library: TestLibrary, batch: number) => Promise<unknown>): Promise<Millis> {
  const server = async () => ({ here: await serverMillis(here), other: await serverMillis(other) });
  const before = await server();
  const millis: Millis = { here: 0, other: 0 };
  for (let batch = 0; batch < PHOTOS / BATCH; batch++) {
    for (const side of batch % 2 === 0 ? sides : sides.toReversed()) {
      const start = process.cpuUsage();
      await step(opened[side], batch);
      const { user, system } = process.cpuUsage(start);
      millis[side] += (user + system) / 1_000;
    }
  }
  const after = await server();
  return { here: millis.here + after.here - before.here, other: millis.other + after.other - before.other };
}

function batchOf(round: number, batch: number) {
  return Array.from({ length: BATCH }, (_, i) => {
    return { photo: samplePhoto(`${round} ${batch} ${i}`, settings), faces: null, space: null };
  });
}

const steps = ['new photos', 'the same again', 'a page of 200'] as const;
const rounds: Record<(typeof steps)[number], Millis>[] = [];
// The first round warms up.
for (let round = 0; round <= ROUNDS; round++) {
  const save = ({ library }: TestLibrary, batch: number) => library.photos.saveAnalyzed(batchOf(round, batch));
  const read = ({ library }: TestLibrary, batch: number) => library.photos.list({ limit: PAGE, offset: batch, order: 'added' });
  const measured = {
    'new photos': await measure(save),
    'the same again': await measure(save),
    'a page of 200': await measure(read),
  };
  if (round > 0) rounds.push(measured);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
for (const step of steps) {
  const [ours, theirs] = sides.map((side) => median(rounds.map((round) => round[step][side])));
  const ratios = rounds.map((round) => round[step].here / round[step].other);
  const all = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  console.log(
    `${step}: ${ours!.toFixed(0)} CPU ms, the other ${theirs!.toFixed(0)}; ratio ${median(ratios).toFixed(2)} (${all})`,
  );
}
