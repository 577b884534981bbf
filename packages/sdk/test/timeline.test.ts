import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PhotoFilter, PhotoToSave } from '../src/index.ts';
import { initialSchema } from '../src/schema/migrations/0001-initial.ts';
import { instantsInTheTimeline } from '../src/schema/migrations/0014-instants-in-the-timeline.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

type Shot = PhotoToSave['shot'];

const COPIED = new Date('2026-01-05T00:00:00Z');
const UNKNOWN: Shot = { at: null, local: null, offsetMinutes: null, zone: null, source: null, precision: null, candidates: [] };

const clock = (local: string): Shot => ({ ...UNKNOWN, local, source: 'exif:DateTimeOriginal', precision: 'second' });
const instant = (at: string, source: string): Shot => ({ ...UNKNOWN, at: new Date(at), source, precision: 'second' });

/** Newest first. */
const SHOTS: readonly { title: string; shot: Shot }[] = [
  { title: 'a date that is nowhere', shot: UNKNOWN },
  { title: 'a copy that kept no date', shot: instant('2025-02-03T04:05:06Z', 'file:mtime') },
  { title: 'OneDrive', shot: instant('2021-07-13T14:25:30Z', 'file:name') },
  { title: 'a camera in 2020', shot: clock('2020-05-21T14:25:30') },
  { title: 'GPS', shot: instant('2019-05-05T12:25:30Z', 'gps:DateTime') },
  { title: 'an instant in Tokyo', shot: { ...instant('2018-12-31T15:00:00Z', 'gps:DateTime'), offsetMinutes: 540 } },
  { title: 'an instant in Greenwich', shot: instant('2018-12-31T23:59:59Z', 'gps:DateTime') },
  { title: 'a camera in 2018', shot: clock('2018-05-21T14:25:30') },
  { title: 'Pixel', shot: instant('2017-05-20T12:34:56.789Z', 'file:name') },
  { title: 'Takeout', shot: instant('2015-01-01T08:13:20Z', 'takeout:photoTakenTime') },
];

const TITLES = SHOTS.map(({ title }) => title);

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
  const photos = SHOTS.map(({ title, shot }) => sampleAnalyzed(title, [], { title, shot, modifiedAt: COPIED }));
  await opened.library.photos.saveAnalyzed(photos.toReversed());
});
afterAll(() => opened.close());

async function titles(filter: PhotoFilter & { order?: 'newest' | 'oldest' } = {}) {
  const { items } = await opened.library.photos.list(filter);
  return items.map(({ title }) => title);
}

test('a photo stands at its clock or its instant, whenever its file was copied', async () => {
  expect(await titles()).toEqual(TITLES);
  expect(await titles({ order: 'oldest' })).toEqual(TITLES.toReversed());
});

test.each<{ filter: PhotoFilter; expected: string[] }>([
  { filter: { shotFrom: '2017', shotTo: '2017' }, expected: ['Pixel'] },
  { filter: { shotFrom: '2015-01-01', shotTo: '2015-01-01' }, expected: ['Takeout'] },
  { filter: { shotFrom: '2019', shotTo: '2019' }, expected: ['GPS', 'an instant in Tokyo'] },
  { filter: { shotFrom: '2021-07-13T14:25:30', shotTo: '2021-07-13T14:25:30' }, expected: ['OneDrive'] },
  { filter: { shotFrom: '2026' }, expected: ['a date that is nowhere'] },
])('filters find it there: $filter', async ({ filter, expected }) => {
  expect(await titles(filter)).toEqual(expected);
});

test('photos of an older library move there', async () => {
  const { db } = opened.context;
  const [, former] = /(sort_ts timestamp GENERATED .*),$/m.exec(initialSchema.join('\n')) ?? [];
  await sql`ALTER TABLE photos DROP COLUMN sort_ts, ADD COLUMN ${sql.raw(former!)}`.execute(db);
  expect(await titles()).not.toEqual(TITLES);
  for (const statement of instantsInTheTimeline) await sql.raw(statement).execute(db);
  expect(await titles()).toEqual(TITLES);
});
