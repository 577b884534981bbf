import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PhotoFilter } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed, sampleFace } from './support/sample-photos.ts';

let opened: TestLibrary;

/** Six photos around one day, by clocks of all the world; `at` is what a clock in Greenwich showed. */
const shots = [
  { name: 'the evening before', local: '2002-07-20T23:59:59.999999', offsetMinutes: null, at: null },
  { name: 'first moment, Kiritimati', local: '2002-07-21T00:00:00', offsetMinutes: 840, at: '2002-07-20T10:00:00Z' },
  { name: 'noon, no zone', local: '2002-07-21T12:00:00', offsetMinutes: null, at: null },
  { name: 'last moment, Honolulu', local: '2002-07-21T23:59:59.999', offsetMinutes: -600, at: '2002-07-22T09:59:59.999Z' },
  { name: 'midnight after, no zone', local: '2002-07-22T00:00:00', offsetMinutes: null, at: null },
  { name: 'midnight after, Kiritimati', local: '2002-07-22T00:00:00', offsetMinutes: 840, at: '2002-07-21T10:00:00Z' },
];

beforeAll(async () => {
  opened = await openTestLibrary();
  const face = sampleFace({ x: 0, y: 0, width: 100, height: 100 });
  const photos = shots.map(({ name, local, offsetMinutes, at }) =>
    sampleAnalyzed(name, [face], {
      title: name,
      shot: {
        at: at === null ? null : new Date(at),
        local,
        offsetMinutes,
        zone: null,
        source: 'exif:DateTimeOriginal',
        precision: 'second',
        candidates: [],
      },
    }),
  );
  const undated = { title: 'undated', modifiedAt: new Date('2002-07-21T12:00:00Z') };
  const shot = { at: null, local: null, offsetMinutes: null, zone: null, source: null, precision: null, candidates: [] };
  await opened.library.photos.saveAnalyzed([...photos, sampleAnalyzed('undated', [face], { ...undated, shot })]);
});
afterAll(() => opened.close());

const ofTheDay = ['first moment, Kiritimati', 'noon, no zone', 'undated', 'last moment, Honolulu'];
const midnights = ['midnight after, no zone', 'midnight after, Kiritimati'];

const cases: { desc: string; filter: PhotoFilter; expected: string[] }[] = [
  { desc: 'of one day', filter: { shotFrom: '2002-07-21', shotTo: '2002-07-21' }, expected: ofTheDay },
  { desc: 'up to a day', filter: { shotTo: '2002-07-21' }, expected: ['the evening before', ...ofTheDay] },
  { desc: 'from a day on', filter: { shotFrom: '2002-07-22' }, expected: midnights },
  {
    desc: 'of a month',
    filter: { shotFrom: '2002-07', shotTo: '2002-07' },
    expected: ['the evening before', ...ofTheDay, ...midnights],
  },
  { desc: 'of the month before', filter: { shotTo: '2002-06' }, expected: [] },
  {
    desc: 'of a year',
    filter: { shotFrom: '2002', shotTo: '2002' },
    expected: ['the evening before', ...ofTheDay, ...midnights],
  },
  {
    desc: 'up to a time, which is a moment',
    filter: { shotFrom: '2002-07-21', shotTo: '2002-07-21T00:00' },
    expected: ofTheDay.slice(0, 1),
  },
  {
    desc: 'up to a Date, which is a moment, too',
    filter: { shotFrom: new Date('2002-07-21'), shotTo: new Date('2002-07-21') },
    expected: ofTheDay.slice(0, 1),
  },
];

test.each(cases)('photos $desc are those whose own clocks showed it', async ({ filter, expected }) => {
  const { photos, search, faces } = opened.library;
  const page = await photos.list({ ...filter, order: 'oldest' });
  expect(page.items.map((photo) => photo.title).toSorted()).toEqual(expected.toSorted());
  expect(page.total).toBe(expected.length);
  const iterated = await Array.fromAsync(photos.iterate(filter));
  expect(iterated.map((photo) => photo.title).toSorted()).toEqual(expected.toSorted());

  const [probe] = (await faces.list({ limit: 1 })).items;
  const similar = await search.similarFaces({ faceId: probe!.faceId, shotFrom: filter.shotFrom, shotTo: filter.shotTo });
  const others = page.items.map(({ photoId }) => photoId).filter((photoId) => photoId !== probe!.photoId);
  expect(similar.map(({ face }) => face.photoId).toSorted()).toEqual(others.toSorted());
});

test.each(['2002-02-30', 'yesterday', '2002-07-21T12:00Z'])('%s is no day and no time of a clock on the wall', async (shotTo) => {
  await expect(opened.library.photos.list({ shotTo })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
