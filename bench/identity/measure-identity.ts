/**
 * Times what a user waits for in a library of so many faces (default 50,000), of which half are confirmed as 250 people:
 *
 *   [TEST_DATABASE_URL=postgres://…] node --conditions=@photoorg/source bench/identity/measure-identity.ts [--faces 50000] [--only search,review] [--seconds 300] [--json FILE]
 *
 * Runs on an empty clone on the server of TEST_DATABASE_URL, else on an embedded database in memory. Parts: groups (before anybody is named), search,
 * review, cards, certain, apply, merge. A call that takes longer than `--seconds` is given up, and says how far it came. Bars are checked at 50,000 faces.
 * Search and groups have hnswlib for company where it is installed: `npm install --no-save hnswlib-node`, which needs a compiler, or HNSWLIB_NODE=FOLDER.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openTestLibrary } from '../../packages/sdk/src/testing/index.ts';
import type { Bench } from './scale/bench.ts';
import { Crowd } from './scale/crowd.ts';
import { Figures } from './scale/figures.ts';
import { measureCards } from './scale/measure-cards.ts';
import { measureApply, measureCertain } from './scale/measure-certain.ts';
import { measureGroups } from './scale/measure-groups.ts';
import { measureMerge } from './scale/measure-merge.ts';
import { measureReview } from './scale/measure-review.ts';
import { measureSearch } from './scale/measure-search.ts';

const PEOPLE = 250;
/** The size that the bars are promised for. */
const FACES_OF_BARS = 50_000;

/** In this order: the first before anybody is named; the last adds faces of its own. */
const BEFORE_NAMING: Readonly<Record<string, (bench: Bench) => Promise<void>>> = { groups: measureGroups };
const PARTS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  search: measureSearch,
  review: measureReview,
  cards: measureCards,
  certain: measureCertain,
  apply: measureApply,
  merge: measureMerge,
};

const known = [...Object.keys(BEFORE_NAMING), ...Object.keys(PARTS)];
const { values } = parseArgs({
  options: {
    faces: { type: 'string', default: String(FACES_OF_BARS) },
    only: { type: 'string', default: known.join(',') },
    seconds: { type: 'string', default: '300' },
    json: { type: 'string' },
  },
});
const [faces, seconds] = [Number(values.faces), Number(values.seconds)];
const only = values.only.split(',');
const unknown = only.find((name) => !known.includes(name));
if (unknown !== undefined || !(Number.isSafeInteger(faces) && faces >= 1_000) || !(seconds > 0)) {
  console.error(`usage: measure-identity.ts [--faces 50000] [--only ${known.join(',')}] [--seconds 300] [--json FILE]`);
  process.exit(64);
}

await using test = await openTestLibrary();
const { library, context, kind } = test;
const figures = new Figures({
  prefix: `${kind}, ${faces} faces:`,
  checksBars: faces === FACES_OF_BARS,
  mostMillis: seconds * 1000,
});
const crowd = new Crowd(faces, PEOPLE);
const bench = { library, context, crowd, figures };

figures.part = 'library';
await figures.needed('photos and faces saved', () => crowd.save(context));
await run(BEFORE_NAMING);
figures.part = 'library';
await figures.needed('half of them confirmed', () => crowd.name(library, context));
await run(PARTS);

if (values.json) {
  const machine = { processor: cpus()[0]!.model.trim(), cores: cpus().length, node: process.version, load: loadavg()[2] };
  await writeFile(values.json, JSON.stringify({ database: kind, faces, people: PEOPLE, machine, figures: figures.all }, null, 2));
}

async function run(parts: typeof PARTS): Promise<void> {
  for (const [part, measure] of Object.entries(parts)) {
    if (!only.includes(part)) continue;
    figures.part = part;
    try {
      await measure(bench);
    } catch (error) {
      // The figures of the others are worth having all the same.
      console.error(error);
      figures.add({ name: 'failed', note: String(error) });
      process.exitCode = 1;
    }
  }
}
