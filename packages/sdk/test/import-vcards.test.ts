import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { openSampleLibrary } from './support/sample-library.ts';

const actor = 'mia';
const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const BOOK =
  card('FN:Ada Lovelace', 'NICKNAME:Granny', 'BDAY:1815-12-10') +
  card('FN:Émile Zola', 'BDAY:--0402') +
  card('FN:Bert', 'BDAY:19800101');

let opened: TestLibrary;
let library: Awaited<ReturnType<typeof openSampleLibrary>>;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());
beforeEach(async () => {
  library = await openSampleLibrary(opened.context);
});

const everybody = async () =>
  (await library.people.list()).items.map(({ displayName, aliases, birthDate }) => ({ displayName, aliases, birthDate }));

test('people of an address book are made, in one batch that an undo takes back', async () => {
  const { batchId, ...counts } = await library.people.importVcards({ vcards: BOOK, actor });
  expect(counts).toEqual({ events: 3, cards: 3, leftOut: 0, created: 3, completed: 0, unchanged: 0, ambiguous: [] });
  expect(await everybody()).toEqual([
    { displayName: 'Ada Lovelace', aliases: ['Granny'], birthDate: '1815-12-10' },
    { displayName: 'Bert', aliases: [], birthDate: '1980-01-01' },
    { displayName: 'Émile Zola', aliases: [], birthDate: null },
  ]);
  expect(await library.people.importVcards({ vcards: BOOK, actor })).toMatchObject({ batchId: null, unchanged: 3, events: 0 });
  await library.labels.undo({ batchId: batchId!, actor });
  expect(await everybody()).toEqual([]);
});

test('people who are there get a missing birth date and nothing else', async () => {
  await library.people.create({ displayName: 'ada lovelace', actor });
  await library.people.create({ displayName: 'Robert', aliases: ['Bert'], birthDate: '1979-05-05', actor });
  expect(await library.people.importVcards({ vcards: BOOK, actor })).toMatchObject({ created: 1, completed: 1, unchanged: 1 });
  expect(await everybody()).toEqual([
    { displayName: 'ada lovelace', aliases: [], birthDate: '1815-12-10' },
    { displayName: 'Émile Zola', aliases: [], birthDate: null },
    { displayName: 'Robert', aliases: ['Bert'], birthDate: '1979-05-05' },
  ]);
});

test('namesakes are left alone, in the library as in the book', async () => {
  await library.people.create({ displayName: 'Bert', actor });
  await library.people.create({ displayName: 'Bert', actor });
  const twice = BOOK + card('FN:ADA LOVELACE', 'BDAY:19000101');
  const { ambiguous, created } = await library.people.importVcards({ vcards: twice, actor });
  expect(created).toBe(1);
  expect(ambiguous).toEqual([
    { name: 'Ada Lovelace', cards: 2, personIds: [] },
    { name: 'Bert', cards: 1, personIds: [expect.any(String), expect.any(String)] },
  ]);
});

test('a dry run only counts, and what is no address book is refused', async () => {
  expect(await library.people.importVcards({ vcards: BOOK, actor, dryRun: true })).toMatchObject({ created: 3, batchId: null });
  expect(await everybody()).toEqual([]);
  await expect(library.people.importVcards({ vcards: 'hello', actor })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
