import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { sampleAnalyzed, sampleFace, samplePhoto, sampleSpace, sha256Of } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});

afterAll(() => opened.close());

beforeEach(() => opened.clear());

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.table(table)}`.execute(opened.context.db);
  return rows[0]!.n;
}

describe('saving photos', () => {
  test('every fact comes back as it was given', async () => {
    const { library } = opened;
    const exposure = { iso: 400, exposureTime: 1 / 250, fNumber: 2.8, focalLength: 35 };
    const gps = { gpsDirection: 0, gpsAccuracy: 4.5 };
    const [saved] = await library.photos.saveAnalyzed([sampleAnalyzed('a', undefined, { ...exposure, ...gps })]);
    expect(saved).toMatchObject({ status: 'created', faceIds: [expect.any(String)] });
    const photo = await library.photos.getWithFaces(saved!.photoId);
    expect(photo).toMatchObject({
      path: '/photos/a.jpg',
      sha256: Buffer.from(sha256Of('a')).toString('hex'),
      phash: '8000000000000001',
      filesize: 5_000_000_000,
      width: 1000,
      height: 800,
      orientation: 6,
      shotAt: new Date('2024-05-01T01:02:03.456Z'),
      shotLocal: '2024-05-01T10:02:03.456',
      shotOffsetMinutes: 540,
      shotZone: 'Asia/Tokyo',
      shotSource: 'exif:DateTimeOriginal',
      shotPrecision: 'subsecond',
      latitude: 0,
      longitude: 139.7,
      altitude: 12.5,
      ...gps,
      exposure,
      thumbhash: 'AQID',
      facesCount: 1,
      facesDetectedAt: expect.any(Date),
      missing: false,
    });
    expect(photo.files).toEqual([
      {
        fileId: expect.any(String),
        root: '/photos',
        path: 'a.jpg',
        absolutePath: new Uint8Array(Buffer.from('/photos/a.jpg')),
        size: 5_000_000_000,
        mtimeNs: 1_714_557_600_123_456_789n,
        kind: 'original',
        missingSince: null,
      },
    ]);
    const [face] = photo.faces;
    expect(face).toMatchObject({
      box: { x: 10, y: 20, width: 100, height: 100 },
      landmarks: [[10, 20]],
      score: expect.closeTo(0.9, 6),
      quality: { sharpness: 0.5 },
      provenance: { threshold: 0.5 },
      hasCrop: true,
      label: null,
    });
    expect(await library.faces.crop(face!.faceId)).toEqual({ bytes: expect.any(Uint8Array), mime: 'image/jpeg' });
    expect((await library.faces.embedding(face!.faceId)).embedding).toEqual(Float32Array.of(1, 0, 0, 0));
  });

  test('all that was read comes back, too, when it is asked for', async () => {
    const candidates = [
      {
        source: 'exif:DateTimeOriginal',
        local: '2024-05-01T10:02:03.456',
        at: new Date('2024-05-01T01:02:03.456Z'),
        offsetMinutes: 540,
        doubt: 'unset-clock',
      },
      { source: 'file:mtime', local: null, at: new Date('2024-05-02T00:00:00Z'), offsetMinutes: null, offsetSource: null },
    ];
    const read = {
      exif: { exif: { Make: 'Canon', Flash: 16 }, xmp: { 'dc:subject': ['sea'] } },
      shot: { ...samplePhoto('a').shot, rules: 'abc', candidates },
      place: { city: 'Tokyo', region: 'Tokyo', country: 'Japan', countryCode: 'JP', source: 'atlas-1' },
    };
    const { photos } = opened.library;
    const [told, bare] = await photos.saveAnalyzed([sampleAnalyzed('a', null, read), sampleAnalyzed('b', null, { exif: null })]);
    expect(await photos.metadata(told!.photoId)).toEqual({
      exif: read.exif,
      shotCandidates: candidates.map((candidate) => ({ offsetSource: null, ...candidate })),
      shotRules: 'abc',
      placeSource: 'atlas-1',
    });
    const nothing = { exif: null, shotCandidates: [], shotRules: null, placeSource: null };
    expect(await photos.metadata(bare!.photoId)).toEqual(nothing);
  });

  test('saving the same again changes nothing and keeps all ids', async () => {
    const { photos } = opened.library;
    const batch = [sampleAnalyzed('a'), sampleAnalyzed('b')];
    const first = await photos.saveAnalyzed(batch);
    const again = await photos.saveAnalyzed(batch.map((item) => ({ ...item, faces: null })));
    expect(again).toEqual(first.map(({ photoId }) => ({ photoId, status: 'known', faceIds: [] })));
    const redetected = await photos.saveAnalyzed(batch);
    expect(redetected.map(({ faceIds }) => faceIds)).toEqual(first.map(({ faceIds }) => faceIds));
  });

  test('two files of the same content are one photo with two files, in one batch or in two', async () => {
    const { photos } = opened.library;
    const [first, twin] = await photos.saveAnalyzed([
      sampleAnalyzed('a', [], { path: 'b/x.jpg' }),
      sampleAnalyzed('a', null, { path: 'a/x.jpg' }),
    ]);
    const [third] = await photos.saveAnalyzed([sampleAnalyzed('a', null, { path: 'c/x.jpg' })]);
    expect(twin!.photoId).toBe(first!.photoId);
    expect(third).toMatchObject({ photoId: first!.photoId, status: 'updated' });
    expect((await photos.files(first!.photoId)).map((file) => file.path)).toEqual(['a/x.jpg', 'b/x.jpg', 'c/x.jpg']);
    expect((await photos.get(first!.photoId)).path).toBe('/photos/a/x.jpg');
  });

  test('a path whose content changed belongs to the new photo, and the old one is missing', async () => {
    const { photos } = opened.library;
    const [old] = await photos.saveAnalyzed([sampleAnalyzed('a', null, { path: 'x.jpg' })]);
    const [edited] = await photos.saveAnalyzed([sampleAnalyzed('b', null, { path: 'x.jpg' })]);
    expect(await photos.get(old!.photoId)).toMatchObject({ missing: true, path: null });
    expect(await photos.get(edited!.photoId)).toMatchObject({ missing: false, path: '/photos/x.jpg' });
    await photos.saveAnalyzed([sampleAnalyzed('c', null, { path: 'y.jpg' })]);
    expect((await photos.list()).items.map((photo) => photo.photoId)).not.toContain(old!.photoId);
    expect((await photos.list({ includeMissing: true })).total).toBe(3);
  });

  test('a later reading adds facts, but its gaps erase none', async () => {
    const { photos } = opened.library;
    const bare = { exif: null, latitude: null, longitude: null, cameraMake: null, keywords: [] };
    const byMtime = {
      at: null,
      local: '2030-01-01T00:00:00',
      offsetMinutes: null,
      zone: null,
      source: 'file:mtime',
      precision: null,
      candidates: [],
    };
    const [saved] = await photos.saveAnalyzed([sampleAnalyzed('a', null, { title: null, keywords: ['sea'], iso: 400 })]);
    await photos.saveAnalyzed([sampleAnalyzed('a', null, { ...bare, title: 'Beach', fNumber: 8, shot: byMtime })]);
    expect(await photos.get(saved!.photoId)).toMatchObject({
      title: 'Beach',
      keywords: ['sea'],
      cameraMake: 'Canon',
      exposure: { iso: 400, exposureTime: null, fNumber: 8, focalLength: null },
      latitude: 0,
      shotSource: 'exif:DateTimeOriginal',
    });
  });

  test('of two copies dated by their files, the earlier date counts, whatever the order', async () => {
    const dated = (local: string) => ({
      at: null,
      local,
      offsetMinutes: null,
      zone: null,
      source: 'file:mtime',
      precision: null,
      candidates: [],
    });
    const early = dated('2020-01-01T00:00:00');
    const late = dated('2021-01-01T00:00:00');
    const { photos } = opened.library;
    for (const [content, shots] of [
      ['a', [early, late]],
      ['b', [late, early]],
    ] as const) {
      for (const shot of shots)
        await photos.saveAnalyzed([sampleAnalyzed(content, null, { exif: null, shot, path: `${content}${shot.local}` })]);
      expect((await photos.findBySha256(sha256Of(content)))?.shotLocal).toBe('2020-01-01T00:00:00');
    }
  });

  test.each([
    {
      desc: 'NUL and half surrogates in text',
      changes: { title: 'a\0b\ud800', keywords: ['x\0', 'x', ' '] },
      expected: { title: 'ab\ufffd', keywords: ['x'] },
    },
    { desc: 'an invalid date', changes: { createdAt: new Date(Number.NaN) }, expected: { createdAt: null } },
    { desc: 'the last date JavaScript knows', changes: { modifiedAt: new Date(8.64e15) }, expected: { modifiedAt: null } },
    {
      desc: 'coordinates that are no numbers',
      changes: { latitude: Number.NaN, altitude: Infinity },
      expected: { latitude: null, longitude: null, altitude: null },
    },
    { desc: 'a latitude beyond the pole', changes: { latitude: 91 }, expected: { latitude: null, longitude: null } },
    {
      desc: 'a code that no country has',
      changes: { place: { city: 'Berlin', region: null, country: null, countryCode: 'de', source: 'atlas-1' } },
      expected: { placeCity: 'Berlin', placeCountryCode: null },
    },
    { desc: 'an orientation that EXIF does not have', changes: { orientation: 0 }, expected: { orientation: 1 } },
    {
      desc: 'a precision and a source of the offset that there are not',
      changes: { shot: { ...samplePhoto('a').shot, precision: 'century' as 'year', offsetSource: 'guess' as 'tag' } },
      expected: { shotPrecision: null, shotOffsetSource: null, shotLocal: '2024-05-01T10:02:03.456' },
    },
    {
      desc: 'exposures that no camera has',
      changes: { iso: 0, exposureTime: -1, fNumber: Number.NaN, focalLength: Infinity },
      expected: { exposure: { iso: null, exposureTime: null, fNumber: null, focalLength: null } },
    },
    {
      desc: 'a direction and an accuracy that there are not',
      changes: { gpsDirection: 361, gpsAccuracy: -1 },
      expected: { gpsDirection: null, gpsAccuracy: null },
    },
    { desc: 'an ISO between two', changes: { iso: 31.6 }, expected: { exposure: expect.objectContaining({ iso: 32 }) } },
    { desc: 'a rating out of range', changes: { rating: 99 }, expected: { rating: null } },
    {
      desc: 'metadata with everything JSON lacks',
      changes: { exif: { a: '\0', b: Number.NaN, c: 10n, '\0d': [Infinity] } },
      expected: {},
    },
    {
      desc: 'keywords of megabytes',
      changes: { keywords: Array.from({ length: 2_000 }, (_, i) => `${i} ${'key '.repeat(1_000)}`) },
      expected: {},
    },
    { desc: 'a caption of megabytes', changes: { caption: 'word '.repeat(500_000) }, expected: {} },
  ])('$desc cost the photo nothing else', async ({ changes, expected }) => {
    const [saved] = await opened.library.photos.saveAnalyzed([sampleAnalyzed('a', null, changes)]);
    expect(await opened.library.photos.get(saved!.photoId)).toMatchObject({ filesize: 5_000_000_000, ...expected });
  });

  test('a folder and a file whose names end in a blank keep them', async () => {
    const options = { root: '/photos ', path: 'a.jpg ' };
    const [saved] = await opened.library.photos.saveAnalyzed([sampleAnalyzed('a', null, options)]);
    expect(await opened.library.photos.files(saved!.photoId)).toMatchObject([options]);
  });

  test('a path of 4,000 random bytes is a path like any other', async () => {
    const pathBytes = Buffer.from(
      Array.from({ length: 4000 }, (_, i) => 1 + ((i * 7919 + ((i * i) % 251)) % 255)).filter((byte) => byte !== 0x2f),
    );
    const { file, ...rest } = samplePhoto('a');
    const analyzed = { photo: { ...rest, file: { ...file!, pathBytes } }, faces: null, space: null };
    const [saved] = await opened.library.photos.saveAnalyzed([analyzed]);
    await opened.library.photos.saveAnalyzed([analyzed]);
    const files = await opened.library.photos.files(saved!.photoId);
    expect(files).toHaveLength(1);
    expect(Buffer.from(files[0]!.absolutePath).subarray('/photos/'.length)).toEqual(pathBytes);
  });

  test.each([
    { desc: 'a hash of the wrong length', photo: { sha256: Uint8Array.of(1) } },
    { desc: 'an image without width', photo: { width: 0 } },
    { desc: 'a file size below zero', photo: { filesize: -1 } },
  ])('$desc is refused and nothing of its batch is saved', async ({ photo }) => {
    const bad = { photo: { ...samplePhoto('bad'), ...photo }, faces: null, space: null };
    await expect(opened.library.photos.saveAnalyzed([sampleAnalyzed('a'), bad])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await count('photos')).toBe(0);
  });
});

describe('saving faces', () => {
  const left = { x: 0, y: 0, width: 100, height: 100 };
  const right = { x: 500, y: 0, width: 100, height: 100 };

  test('a face found again keeps its row; others come and go', async () => {
    const { library } = opened;
    const [first] = await library.photos.saveAnalyzed([sampleAnalyzed('a', [sampleFace(left), sampleFace(right)])]);
    const moved = { ...left, x: 8 };
    const added = { x: 300, y: 300, width: 50, height: 50 };
    const [second] = await library.photos.saveAnalyzed([
      sampleAnalyzed('a', [sampleFace(added), sampleFace(moved, [0, 1, 0, 0], { detector: 'sample/2' })]),
    ]);
    expect(second!.faceIds[1]).toBe(first!.faceIds[0]);
    const { faces, facesCount } = await library.photos.getWithFaces(second!.photoId);
    expect(faces.map((face) => face.box)).toEqual([moved, added]);
    expect(facesCount).toBe(2);
    expect((await library.faces.embedding(first!.faceIds[0]!)).embedding).toEqual(Float32Array.of(0, 1, 0, 0));
  });

  test('a face reported twice is stored once', async () => {
    const [saved] = await opened.library.photos.saveAnalyzed([
      sampleAnalyzed('a', [sampleFace(left), sampleFace({ ...left, width: 99 }, [0, 1, 0, 0], { score: 0.99 })]),
    ]);
    expect(saved!.faceIds[0]).toBe(saved!.faceIds[1]);
    expect((await opened.library.faces.get(saved!.faceIds[0]!)).box.width).toBe(99);
  });

  test.each([
    { desc: 'a box outside the image', face: sampleFace({ x: 950, y: 0, width: 100, height: 10 }), code: 'INVALID_INPUT' },
    { desc: 'a box with fractions', face: sampleFace({ x: 0.5, y: 0, width: 10, height: 10 }), code: 'INVALID_INPUT' },
    { desc: 'a vector of another dimension', face: sampleFace(left, [1, 2, 3]), code: 'SPACE_MISMATCH' },
    { desc: 'a vector with NaN', face: sampleFace(left, [1, 2, 3, Number.NaN]), code: 'INVALID_INPUT' },
  ])('$desc is refused', async ({ face, code }) => {
    await expect(opened.library.photos.saveAnalyzed([sampleAnalyzed('a', [face])])).rejects.toMatchObject({ code });
    expect(await count('photos')).toBe(0);
  });

  test('a space keeps its meaning', async () => {
    await opened.library.spaces.ensure(sampleSpace);
    await expect(opened.library.spaces.ensure({ ...sampleSpace, dimension: 5 })).rejects.toMatchObject({
      code: 'SPACE_MISMATCH',
    });
    expect(await opened.library.spaces.get(sampleSpace.name)).toMatchObject({ dimension: 4 });
  });

  test('many faces are added in bulk, in order, and counted', async () => {
    const { library } = opened;
    const saved = await library.photos.saveAnalyzed(['a', 'b', 'c'].map((content) => sampleAnalyzed(content, [])));
    const rows = Array.from({ length: 300 }, (_, i) => ({
      photoId: saved[i % 3]!.photoId,
      face: sampleFace({ x: i, y: 0, width: 20, height: 20 }, [i, 0, 0, 0], { source: 'imported' as const }),
    }));
    const ids = await library.faces.saveMany(rows, sampleSpace);
    expect((await library.faces.embedding(ids[123]!)).embedding[0]).toBe(123);
    expect(await library.faces.get(ids[123]!)).toMatchObject({ photoId: rows[123]!.photoId, source: 'imported' });
    expect((await library.photos.get(saved[0]!.photoId)).facesCount).toBe(100);
    await expect(library.faces.saveMany([rows[0]!], sampleSpace)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(library.faces.saveMany([{ ...rows[0]!, photoId: newId() }], sampleSpace)).rejects.toMatchObject({
      code: 'PHOTO_NOT_FOUND',
    });
    const seen: string[] = [];
    for await (const face of library.faces.iterate({ batchSize: 70 })) seen.push(face.faceId);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });
});

test('two programs saving the same photos at once make each photo and face once', async () => {
  const batch = Array.from({ length: 20 }, (_, i) => sampleAnalyzed(`photo ${i}`));
  const library = opened.library;
  const results = await Promise.all([library.photos.saveAnalyzed(batch), library.photos.saveAnalyzed(batch.toReversed())]);
  expect(results[1]!.map(({ faceIds }) => faceIds).reverse()).toEqual(results[0]!.map(({ faceIds }) => faceIds));
  expect(await count('photos')).toBe(20);
  expect(await count('faces')).toBe(20);
});
