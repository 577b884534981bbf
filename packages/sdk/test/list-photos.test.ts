import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Photo, PhotoFilter } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { sampleAnalyzed, sampleFace } from './support/sample-photos.ts';

let opened: TestLibrary;
const ids: Record<string, string> = {};
let ada: string;
let bob: string;

const shot = (local: string | null) => ({
  at: null,
  local,
  offsetMinutes: null,
  zone: null,
  source: local && 'exif:DateTimeOriginal',
  precision: null,
  candidates: [],
});

beforeAll(async () => {
  opened = await openTestLibrary();
  const { library } = opened;
  const box = { x: 0, y: 0, width: 100, height: 100 };
  const photos = [
    {
      name: 'beach',
      faces: [sampleFace(box), sampleFace({ ...box, x: 500 })],
      path: 'Italy 2019/IMG_1234.JPG',
      local: '2019-07-01T12:00:00',
      keywords: ['sea', 'Sonnenuntergang'],
      lens: 'RF 35mm F1.8 Macro',
      iso: 100,
      exposureTime: 1 / 250,
      fNumber: 2.8,
      focalLength: 35,
    },
    {
      name: 'party',
      faces: [sampleFace(box)],
      path: 'party/zürich-fest.jpg',
      local: '2020-12-31T23:59:59',
      caption: 'New Year at Ümit’s',
      cameraMake: 'Apple',
      cameraModel: 'iPhone 12',
      iso: 6400,
      exposureTime: 16667 / 1_000_000,
      fNumber: 1.7999999523,
      focalLength: 4.25,
    },
    { name: 'scan', faces: [], path: 'scans/r5-letter.jpg', local: null, cameraMake: 'Epson', cameraModel: null },
    { name: 'unseen', faces: null, path: 'new/IMG_9999.jpg', local: '2021-01-01T00:00:00' },
  ];
  for (const { name, faces, local, ...rest } of photos) {
    const [saved] = await library.photos.saveAnalyzed([sampleAnalyzed(name, faces, { shot: shot(local), ...rest })]);
    ids[name] = saved!.photoId;
    for (const [index, faceId] of saved!.faceIds.entries()) {
      const names = [
        ['beach', 0, 'Ada Lovelace'],
        ['beach', 1, 'Bob'],
        ['party', 0, 'Ada Lovelace'],
      ] as const;
      const label = names.find(([photo, face]) => photo === name && face === index);
      if (!label) continue;
      const person = (await library.people.findByName(label[2])) ?? (await library.people.create({ displayName: label[2] }));
      await library.labels.confirm({ faceId, personId: person.personId, actor: 'me' });
    }
  }
  ada = (await library.people.findByName('Ada Lovelace'))!.personId;
  bob = (await library.people.findByName('Bob'))!.personId;
});
afterAll(() => opened.close());

const nameOf = (photo: Photo) => Object.keys(ids).find((name) => ids[name] === photo.photoId);

async function found(filter: PhotoFilter): Promise<(string | undefined)[]> {
  const { items, total } = await opened.library.photos.list({ ...filter, order: 'oldest' });
  expect(total).toBe(items.length);
  return items.map(nameOf).toSorted();
}

test('who is on photos is told by photo, whoever has a name', async () => {
  const people = await opened.library.photos.people(Object.values(ids));
  const names = (photo: string) => people.get(ids[photo]!)?.map(({ displayName, isGuess }) => [displayName, isGuess]);
  expect(names('beach')).toEqual([
    ['Ada Lovelace', false],
    ['Bob', false],
  ]);
  expect(names('party')).toEqual([['Ada Lovelace', false]]);
  expect(people.has(ids.scan!)).toBe(false);
  expect(await opened.library.photos.people([])).toEqual(new Map());
  await expect(opened.library.photos.people(['beach'])).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

describe('words', () => {
  test.each([
    ['sea', ['beach']],
    ['SEA italy', ['beach']],
    ['img', ['beach', 'unseen']],
    ['IMG_1234.JPG', ['beach']],
    ['1234', ['beach']],
    ['sonnenunt', ['beach']],
    ['zürich', ['party']],
    ['ZÜR', ['party']],
    ['ümit', ['party']],
    ['epson', ['scan']],
    ['ada', ['beach', 'party']],
    ['lovelace sea', ['beach']],
    ['ada bob', ['beach']],
    ['ada -bob', ['party']],
    ['"new year"', ['party']],
    ['"year new"', []],
    ['sea or epson', ['beach', 'scan']],
    ['jpg -img', ['party', 'scan']],
    ['nothing', []],
    ['!!!', []],
    ['a\0 "unclosed \ud800 ( & | :* \\ \' ', []],
    ['  ', ['beach', 'party', 'scan', 'unseen']],
  ])('%j finds %j', async (q, expected) => {
    expect(await found({ q })).toEqual(expected);
  });
});

describe('filters', () => {
  const cases: { desc: string; filter: () => PhotoFilter; expected: string[] }[] = [
    {
      desc: 'from a moment on',
      filter: () => ({ shotFrom: new Date('2020-12-31T23:59:59Z') }),
      expected: ['party', 'scan', 'unseen'],
    },
    { desc: 'up to a moment', filter: () => ({ shotTo: new Date('2019-07-01T12:00:00Z') }), expected: ['beach'] },
    { desc: 'one person', filter: () => ({ personId: ada }), expected: ['beach', 'party'] },
    { desc: 'A and B', filter: () => ({ personId: [ada, bob] }), expected: ['beach'] },
    { desc: 'A without B', filter: () => ({ personId: ada, withoutPersonId: bob }), expected: ['party'] },
    { desc: 'nobody known by that id', filter: () => ({ personId: newId() }), expected: [] },
    { desc: 'with faces', filter: () => ({ hasFaces: true }), expected: ['beach', 'party'] },
    { desc: 'without faces', filter: () => ({ hasFaces: false }), expected: ['scan', 'unseen'] },
    { desc: 'a camera', filter: () => ({ camera: 'canon' }), expected: ['beach', 'unseen'] },
    { desc: 'a model not typed to its end', filter: () => ({ camera: 'apple iph' }), expected: ['party'] },
    { desc: 'a camera, not what a path says', filter: () => ({ camera: 'r5' }), expected: ['beach', 'unseen'] },
    { desc: 'other cameras, whatever a path says', filter: () => ({ camera: '-r5' }), expected: ['party', 'scan'] },
    { desc: 'a camera or another', filter: () => ({ camera: 'epson or apple' }), expected: ['party', 'scan'] },
    { desc: 'any lens', filter: () => ({ lens: '' }), expected: ['beach'] },
    { desc: 'a lens', filter: () => ({ lens: '35mm macro' }), expected: ['beach'] },
    { desc: 'from an ISO on', filter: () => ({ isoFrom: 100 }), expected: ['beach', 'party'] },
    { desc: 'up to an ISO', filter: () => ({ isoTo: 6399 }), expected: ['beach'] },
    {
      desc: 'long exposures, 1/60 s as another program writes it',
      filter: () => ({ exposureTimeFrom: 1 / 60 }),
      expected: ['party'],
    },
    { desc: 'short exposures', filter: () => ({ exposureTimeTo: 1 / 250 }), expected: ['beach'] },
    { desc: 'f/1.8 alone', filter: () => ({ fNumberFrom: 1.8, fNumberTo: 1.8 }), expected: ['party'] },
    { desc: 'f/2.8 and narrower', filter: () => ({ fNumberFrom: 2.8 }), expected: ['beach'] },
    { desc: 'focal lengths', filter: () => ({ focalLengthFrom: 4, focalLengthTo: 35 }), expected: ['beach', 'party'] },
    { desc: 'a focal length that none has', filter: () => ({ focalLengthFrom: 5, focalLengthTo: 34 }), expected: [] },
    {
      desc: 'all at once',
      filter: () => ({
        q: 'italy',
        personId: ada,
        hasFaces: true,
        shotTo: new Date('2020-01-01Z'),
        camera: 'canon',
        lens: 'rf',
        isoTo: 200,
        exposureTimeTo: 0.01,
        fNumberTo: 4,
        focalLengthFrom: 24,
      }),
      expected: ['beach'],
    },
  ];
  test.each(cases)('$desc', async ({ filter, expected }) => {
    expect(await found(filter())).toEqual(expected);
  });

  test.each([
    { desc: 'an id that is none', options: { personId: 'ada' } },
    { desc: 'a date that is none', options: { shotFrom: new Date(Number.NaN) } },
    { desc: 'an ISO of 0', options: { isoFrom: 0 } },
    { desc: 'an exposure time that is no number', options: { exposureTimeTo: Number.NaN } },
    { desc: 'an f-number without end', options: { fNumberTo: Infinity } },
    { desc: 'a focal length as text', options: { focalLengthFrom: '35' as unknown as number } },
    { desc: 'a limit of 0', options: { limit: 0 } },
    { desc: 'a limit of 201', options: { limit: 201 } },
    { desc: 'an offset below 0', options: { offset: -1 } },
    { desc: 'a cursor of nonsense', options: { cursor: 'nonsense' } },
    { desc: 'a forged cursor', options: { cursor: Buffer.from('["newest","2020","x"]').toString('base64url') } },
  ])('$desc is refused', async ({ options }) => {
    await expect(opened.library.photos.list(options)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('an aborted listing rejects with the reason', async () => {
    const reason = new Error('enough');
    await expect(opened.library.photos.list({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('pages', () => {
  test.each(['newest', 'oldest', 'added'] as const)(
    'by cursor in the order %s give every photo once, also while photos are added',
    async (order) => {
      await using other = await openTestLibrary();
      const { photos } = other.library;
      const many = Array.from({ length: 23 }, (_, i) =>
        sampleAnalyzed(`${order} ${i}`, null, {
          shot: shot(`2020-01-${String(1 + (i % 5)).padStart(2, '0')}T00:00:00.${i % 3}`),
        }),
      );
      await photos.saveAnalyzed(many);
      const expected = (await photos.list({ order, limit: 200 })).items.map((photo) => photo.photoId);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await photos.list({ order, limit: 4, cursor });
        seen.push(...page.items.map((photo) => photo.photoId));
        cursor = page.nextCursor ?? undefined;
        const late = order === 'oldest' ? '1990-01-01T00:00:00' : '2050-01-01T00:00:00';
        await photos.saveAnalyzed([sampleAnalyzed(`${order} late ${seen.length}`, null, { shot: shot(late) })]);
      } while (cursor);
      expect(seen).toEqual(expected);
    },
  );

  test('an offset leaves out as many', async () => {
    const all = (await opened.library.photos.list()).items.map(nameOf);
    expect((await opened.library.photos.list({ offset: 2, limit: 1 })).items.map(nameOf)).toEqual(all.slice(2, 3));
  });

  test('iterating gives what listing gives', async () => {
    const seen: (string | undefined)[] = [];
    for await (const photo of opened.library.photos.iterate({ q: 'jpg', batchSize: 1 })) seen.push(nameOf(photo));
    expect(seen).toEqual((await opened.library.photos.list({ q: 'jpg' })).items.map(nameOf));
  });
});

test.each(['not-an-id', newId()])('a photo and a face by the id %s are not there', async (id) => {
  const { photos, faces } = opened.library;
  expect(await photos.find(id)).toBeNull();
  expect(await faces.find(id)).toBeNull();
  await expect(photos.get(id)).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' });
  await expect(photos.getWithFaces(id)).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' });
  await expect(photos.metadata(id)).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' });
  await expect(photos.files(id)).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' });
  for (const read of [faces.get, faces.crop, faces.embedding])
    await expect(read(id)).rejects.toMatchObject({ code: 'FACE_NOT_FOUND' });
});
