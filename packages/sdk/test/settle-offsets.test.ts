import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShotTime } from '../src/index.ts';
import { completePhotos } from '../src/indexing/complete-photos.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());
beforeEach(() => opened.clear());

interface Shot {
  local: string;
  /** Known as an instant alone: `local` is in UTC. */
  isInstant?: boolean;
  offsetMinutes?: number | null;
  offsetSource?: ShotTime['offsetSource'];
  source?: string;
  precision?: ShotTime['precision'];
  model?: string;
}

function shotTime({
  local,
  offsetMinutes = null,
  offsetSource = 'tag',
  source = 'exif:DateTimeOriginal',
  precision = 'second',
  isInstant = false,
}: Shot): ShotTime {
  if (isInstant) {
    const instant = { source, local: null, at: new Date(`${local}Z`), offsetMinutes: null, offsetSource: null };
    return { ...instant, zone: null, precision, candidates: [instant] };
  }
  const at = offsetMinutes === null ? null : new Date(Date.parse(`${local}Z`) - offsetMinutes * 60_000);
  const reading = { source, local, at, offsetMinutes, offsetSource: offsetMinutes === null ? null : offsetSource };
  return { ...reading, zone: null, precision, candidates: [reading] };
}

async function save(shots: Record<string, Shot>): Promise<void> {
  await opened.library.photos.saveAnalyzed(
    Object.entries(shots).map(([name, shot]) =>
      sampleAnalyzed(name, null, { shot: shotTime(shot), cameraModel: shot.model ?? 'EOS R5' }),
    ),
  );
}

async function settle(): Promise<void> {
  expect(await completePhotos(opened.context, { gazetteer: undefined, signal: undefined })).toBe(true);
}

async function offsets(): Promise<Record<string, [number | null, string | null]>> {
  const { items } = await opened.library.photos.list({ limit: 200 });
  return Object.fromEntries(
    items
      .map(
        (photo) =>
          [photo.path!.slice('/photos/'.length, -'.jpg'.length), [photo.shotOffsetMinutes, photo.shotOffsetSource]] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as Record<string, [number | null, string | null]>;
}

async function offsetOf(name: string) {
  return (await offsets())[name];
}

const AROUND = {
  before: { local: '2024-05-01T10:00:00', offsetMinutes: 540 },
  after: { local: '2024-05-01T14:00:00', offsetMinutes: 540 },
};
const BETWEEN = { local: '2024-05-01T12:00:00' };

describe('the offset of neighbours', () => {
  test('is taken over with its instant, recorded as a candidate, and names no zone', async () => {
    await save({ ...AROUND, between: BETWEEN });
    await settle();
    const { items } = await opened.library.photos.list({ q: 'between' });
    expect(items[0]).toMatchObject({
      shotAt: new Date('2024-05-01T03:00:00Z'),
      shotLocal: '2024-05-01T12:00:00',
      shotOffsetMinutes: 540,
      shotOffsetSource: 'neighbours',
      shotSource: 'exif:DateTimeOriginal',
      shotZone: null,
    });
    const { rows } = await sql<{ sources: string[] }>`
      SELECT array(SELECT candidate ->> 'source' FROM jsonb_array_elements(shot_candidates) AS candidate) AS sources
      FROM photos WHERE path LIKE '%between%'`.execute(opened.context.db);
    expect(rows[0]!.sources).toEqual(['neighbours', 'exif:DateTimeOriginal']);
  });

  test.each<{ desc: string; shots: Record<string, Shot> }>([
    { desc: 'there is one before only', shots: { before: AROUND.before } },
    { desc: 'there is one after only', shots: { after: AROUND.after } },
    { desc: 'the two differ', shots: { ...AROUND, after: { ...AROUND.after, offsetMinutes: 480 } } },
    { desc: 'one is too far', shots: { ...AROUND, after: { local: '2024-05-01T18:00:01', offsetMinutes: 540 } } },
    { desc: 'they are of another camera', shots: { ...AROUND, after: { ...AROUND.after, model: 'EOS R6' } } },
    { desc: 'they tell the time of a name', shots: { ...AROUND, after: { ...AROUND.after, source: 'file:name' } } },
    { desc: 'only Takeout tells it', shots: { ...AROUND, after: { ...AROUND.after, offsetSource: 'takeout' } } },
  ])('is not taken over when $desc', async ({ shots }) => {
    await save({ ...shots, between: BETWEEN });
    await settle();
    expect(await offsetOf('between')).toEqual([null, null]);
  });

  test.each<{ desc: string; between: Shot }>([
    { desc: 'says itself what it is', between: { ...BETWEEN, offsetMinutes: 60 } },
    { desc: 'tells the day alone', between: { ...BETWEEN, precision: 'day' } },
    { desc: 'has its time from a name', between: { ...BETWEEN, source: 'file:name' } },
  ])('is not taken over by a photo that $desc', async ({ between }) => {
    await save({ ...AROUND, between });
    await settle();
    expect((await offsetOf('between'))?.[1]).not.toBe('neighbours');
  });

  test('is trusted more than what Takeout implies, whose own word comes back without neighbours', async () => {
    const between: Shot = { ...BETWEEN, offsetMinutes: 60, offsetSource: 'takeout' };
    await save({ ...AROUND, between });
    await settle();
    expect(await offsetOf('between')).toEqual([540, 'neighbours']);
    await save({ after: { ...AROUND.after, offsetMinutes: 480 } });
    await settle();
    expect(await offsetOf('between')).toEqual([60, 'takeout']);
  });

  test('is taken over when the neighbour comes later, and taken back when it changes or moves away', async () => {
    await save({ before: AROUND.before, between: BETWEEN });
    await settle();
    expect(await offsetOf('between')).toEqual([null, null]);
    await save({ after: AROUND.after });
    await settle();
    expect(await offsetOf('between')).toEqual([540, 'neighbours']);
    await save({ after: { local: '2024-09-09T09:00:00', offsetMinutes: 540 } });
    await settle();
    expect(await offsetOf('between')).toEqual([null, null]);
  });

  test('is not passed on from one photo that took it over to the next', async () => {
    await save({ ...AROUND, between: BETWEEN, later: { local: '2024-05-01T14:30:00' } });
    await settle();
    await save({ between: BETWEEN });
    await settle();
    expect(await offsetOf('later')).toEqual([null, null]);
  });

  test('leaves nothing to do the second time', async () => {
    await save({ ...AROUND, between: BETWEEN });
    await settle();
    const versions = () => sql`SELECT photo_id, xmin::text, ctid::text FROM photos ORDER BY photo_id`.execute(opened.context.db);
    const before = (await versions()).rows;
    await settle();
    await save({ ...AROUND });
    await settle();
    expect((await versions()).rows).toEqual(before);
    expect((await sql`SELECT FROM unsettled_spans`.execute(opened.context.db)).rows).toEqual([]);
  });

  test('is the same whatever the order the photos come in', async () => {
    const hour = fc.integer({ min: 0, max: 40 });
    const offset = fc.constantFrom(null, null, 540, 480);
    const shots = fc.uniqueArray(fc.record({ hour, offset, model: fc.constantFrom('R5', 'R6') }), {
      minLength: 3,
      maxLength: 12,
      selector: ({ hour, model }) => `${model} ${hour}`,
    });
    await fc.assert(
      fc.asyncProperty(shots, fc.infiniteStream(fc.nat()), async (photos, random) => {
        const named = photos.map(({ hour, offset, model }): [string, Shot] => {
          const local = new Date(Date.UTC(2024, 4, 1, hour)).toISOString().slice(0, 19);
          return [`${model}-${hour}`, { local, offsetMinutes: offset, model }];
        });
        await opened.clear();
        await save(Object.fromEntries(named));
        await settle();
        const together = await offsets();
        await opened.clear();
        const order = named.map((photo) => ({ photo, key: random.next().value as number })).sort((a, b) => a.key - b.key);
        for (const { photo, key } of order) {
          await save(Object.fromEntries([photo]));
          if (key % 2 === 0) await settle();
        }
        await settle();
        expect(await offsets()).toEqual(together);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a shot known as an instant alone', () => {
  const TOLD = { source: 'takeout:photoTakenTime', isInstant: true };
  const INSTANT: Shot = { ...TOLD, local: '2024-05-01T18:00:00' };
  /** 22:00 and 6:00 in Tokyo, by another camera. */
  const NIGHT: Record<string, Shot> = {
    before: { local: '2024-05-01T22:00:00', offsetMinutes: 540 },
    after: { local: '2024-05-02T06:00:00', offsetMinutes: 540 },
  };

  async function timeline(): Promise<string[]> {
    const { items } = await opened.library.photos.list({ limit: 200 });
    return items.map(({ path }) => path!.slice('/photos/'.length, -'.jpg'.length));
  }

  test('stands among the photos around it, by their offset', async () => {
    await save({ ...NIGHT, instant: INSTANT });
    expect(await timeline()).toEqual(['after', 'before', 'instant']);
    await settle();
    expect(await timeline()).toEqual(['after', 'instant', 'before']);
    const { items } = await opened.library.photos.list({ shotFrom: '2024-05-02', shotTo: '2024-05-02T04:00:00' });
    expect(items).toMatchObject([
      {
        shotAt: new Date('2024-05-01T18:00:00Z'),
        shotLocal: null,
        shotOffsetMinutes: 540,
        shotOffsetSource: 'neighbours',
        shotSource: 'takeout:photoTakenTime',
      },
    ]);
  });

  test.each<{ desc: string; shots: Record<string, Shot>; instant?: Shot }>([
    { desc: 'there is one before only', shots: { before: NIGHT.before! } },
    { desc: 'the two differ', shots: { ...NIGHT, after: { ...NIGHT.after!, offsetMinutes: 480 } } },
    { desc: 'one is too far', shots: { ...NIGHT, after: { local: '2024-05-02T15:00:01', offsetMinutes: 540 } } },
    { desc: 'only Takeout tells it', shots: { ...NIGHT, after: { ...NIGHT.after!, offsetSource: 'takeout' } } },
    { desc: 'it is the time of a file', shots: NIGHT, instant: { ...INSTANT, source: 'file:mtime' } },
  ])('stays in UTC where $desc', async ({ shots, instant = INSTANT }) => {
    await save({ ...shots, instant });
    await settle();
    expect(await offsetOf('instant')).toEqual([null, null]);
  });

  test('goes back to UTC when the photos around it change, and follows its own instant', async () => {
    await save({ ...NIGHT, instant: INSTANT });
    await settle();
    expect(await offsetOf('instant')).toEqual([540, 'neighbours']);
    await save({ instant: INSTANT });
    await settle();
    expect(await offsetOf('instant')).toEqual([540, 'neighbours']);
    await save({ after: { ...NIGHT.after!, offsetMinutes: 480 } });
    await settle();
    expect(await offsetOf('instant')).toEqual([null, null]);
    await save(NIGHT);
    await settle();
    await save({ instant: { ...TOLD, local: '2024-06-01T18:00:00' } });
    await settle();
    expect(await offsetOf('instant')).toEqual([null, null]);
    const { items } = await opened.library.photos.list({ shotFrom: '2024-06-01' });
    expect(items).toMatchObject([{ shotAt: new Date('2024-06-01T18:00:00Z') }]);
  });

  test('stands at the same place whatever the order the photos come in', async () => {
    const shots = fc.uniqueArray(
      fc.record({ hour: fc.integer({ min: 0, max: 60 }), offset: fc.constantFrom(540, 480), isInstant: fc.boolean() }),
      { minLength: 3, maxLength: 12, selector: ({ hour }) => hour },
    );
    await fc.assert(
      fc.asyncProperty(shots, fc.infiniteStream(fc.nat()), async (photos, random) => {
        const named = photos.map(({ hour, offset, isInstant }): [string, Shot] => {
          const local = new Date(Date.UTC(2024, 4, 1, hour)).toISOString().slice(0, 19);
          return [`shot-${hour}`, isInstant ? { ...TOLD, local } : { local, offsetMinutes: offset }];
        });
        await opened.clear();
        await save(Object.fromEntries(named));
        await settle();
        const together = await offsets();
        await opened.clear();
        const order = named.map((photo) => ({ photo, key: random.next().value as number })).sort((a, b) => a.key - b.key);
        for (const { photo, key } of order) {
          await save(Object.fromEntries([photo]));
          if (key % 2 === 0) await settle();
        }
        await settle();
        expect(await offsets()).toEqual(together);
      }),
      { numRuns: 15 },
    );
  });
});
