import { appendFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readUnusualPixels, scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer, type FaceAnalyzer } from '@photoorg/vision';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { serverUrlOf } from '../src/database/server/open-server-database.ts';
import { indexPhotos, openPhotoLibrary, type PhotoLibrary } from '../src/index.ts';
import { contextOf } from '../src/library/library-internals.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample, writeVariant } from './support/photo-folder.ts';
import { runScript, SEVERAL_PROCESSES_MILLIS } from './support/run-script.ts';

vi.setConfig({ testTimeout: SEVERAL_PROCESSES_MILLIS });

const float = useFaceAnalyzer();
const given = useLibraryAndFolder();
let int8: FaceAnalyzer;
beforeAll(async () => {
  int8 = await createFaceAnalyzer({ workers: 1, embedder: { quantisation: 'int8' } });
});
afterAll(() => int8.close());

const index = (analyzer: FaceAnalyzer) => indexPhotos({ library: given.library, root: given.folder, scanPhotos, analyzer });
const fill = (options = {}) => given.library.spaces.fill({ analyzer: int8, ...options });
const statusOf = async ({ space }: FaceAnalyzer) => (await given.library.spaces.list()).find(({ name }) => name === space.name);
const namesIn = async (faceIds: readonly string[]) => {
  const found = await Promise.all(faceIds.map((faceId) => given.library.review.suggestions(faceId)));
  return found.map(([best]) => best?.person.displayName ?? null);
};

describe('a space beside the one that serves', () => {
  let faceIds: string[];

  // Two copies of a group photo: the faces of one are confirmed, those of the other ask to be named.
  beforeEach(async () => {
    await copySample(2, join(given.folder, 'one.jpg'));
    await copySample(2, join(given.folder, 'two.jpg'));
    await appendFile(join(given.folder, 'two.jpg'), 'other content, same faces');
    await index(float.analyzer);
    const { items } = await given.library.faces.list({ limit: 200 });
    const [first] = items;
    for (const [number, { faceId }] of items.filter(({ photoId }) => photoId === first!.photoId).entries()) {
      const { personId } = await given.library.people.create({ displayName: `Person ${number}`, actor: 'mia' });
      await given.library.labels.confirm({ faceId, personId, actor: 'mia' });
    }
    faceIds = items.filter(({ photoId }) => photoId !== first!.photoId).map(({ faceId }) => faceId);
  });

  test('changes nothing that anybody sees until it is used, and nothing of that when it is taken back', async () => {
    const { library } = given;
    const before = await namesIn(faceIds);
    expect(before.every((name) => name !== null)).toBe(true);
    await writeVariant('later', join(given.folder, 'later.jpg'));
    await index(int8);
    expect(await namesIn(faceIds)).toEqual(before);
    expect((await library.spaces.active())?.name).toBe(float.analyzer.space.name);
    expect((await library.review.queue({ limit: 200 })).items.filter(({ suggestions }) => suggestions.length > 0)).toHaveLength(
      faceIds.length,
    );

    expect(await fill()).toMatchObject({ failed: 0, missing: 0, interrupted: false, embedded: 2 * faceIds.length });
    expect(await namesIn(faceIds)).toEqual(before);
    const used = await library.spaces.use({ space: int8.space.name, actor: 'mia' });
    expect(used).toMatchObject({ from: float.analyzer.space.name, to: int8.space.name, actor: 'mia', undoes: null });
    expect(await namesIn(faceIds)).toEqual(before);
    const [similar] = await library.search.similarFaces({ faceId: faceIds[0]! });
    expect(similar).toMatchObject({ space: int8.space.name });

    const back = await library.spaces.rollback({ actor: 'mia' });
    expect(back).toMatchObject({ to: float.analyzer.space.name, undoes: used.switchId });
    expect(await namesIn(faceIds)).toEqual(before);
    await expect(library.spaces.rollback({ actor: 'mia' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
    expect(await library.spaces.switches()).toEqual([back, used]);
  });

  test('is given the vectors that indexing gives', async () => {
    await fill();
    const analyzed = await int8.analyze(join(given.folder, 'one.jpg'));
    const faces = (await given.library.faces.list({ labelled: true, limit: 200 })).items;
    for (const { faceId, box } of faces) {
      const { embedding } = await given.library.faces.embedding(faceId, { space: int8.space.name });
      const found = analyzed.faces.find((face) => face.box.x === box.x && face.box.y === box.y)!;
      expect([...embedding]).toEqual([...found.embedding]);
    }
    expect(faces.length).toBeGreaterThan(0);
  });

  test('cannot be used while labelled faces would be out of sight, unless that is allowed', async () => {
    await given.library.spaces.ensure(int8.space);
    const use = (options = {}) => given.library.spaces.use({ space: int8.space.name, actor: 'mia', ...options });
    await expect(use()).rejects.toMatchObject({ code: 'SPACE_INCOMPLETE', details: { faces: faceIds.length } });
    expect((await given.library.spaces.active())?.name).toBe(float.analyzer.space.name);
    await use({ incomplete: true });
    expect((await given.library.review.queue()).items).toEqual([]);
    await given.library.spaces.rollback({ actor: 'mia' });
    expect((await namesIn(faceIds)).every((name) => name !== null)).toBe(true);
  });

  test('can be used when nothing but faces of deleted photos lacks a vector', async () => {
    const { library } = given;
    const { items } = await library.faces.list({ labelled: true, limit: 200 });
    await fill();
    const { db } = contextOf(library);
    await sql`DELETE FROM face_embeddings WHERE face_id = ${items[0]!.faceId} AND space_id <> (SELECT space_id FROM active_spaces)`.execute(
      db,
    );
    const use = () => library.spaces.use({ space: int8.space.name, actor: 'mia' });
    await expect(use()).rejects.toMatchObject({ code: 'SPACE_INCOMPLETE', details: { faces: 1 } });
    await sql`UPDATE photos SET deleted_ts = now() WHERE photo_id = ${items[0]!.photoId}`.execute(db);
    expect(await use()).toMatchObject({ to: int8.space.name });
  });

  test('that is chosen twice is left by taking that back once', async () => {
    const { spaces } = given.library;
    await fill();
    for (let i = 0; i < 2; i++) await spaces.use({ space: int8.space.name, actor: 'mia' });
    expect(await spaces.rollback({ actor: 'mia' })).toMatchObject({ from: int8.space.name, to: float.analyzer.space.name });
  });

  test('has no failure of a face that was embedded since', async () => {
    const { spaces } = given.library;
    await appendFile(join(given.folder, 'two.jpg'), 'edited since');
    expect(await fill()).toMatchObject({ embedded: faceIds.length, failed: faceIds.length });
    await index(int8);
    expect(await statusOf(int8)).toMatchObject({ faces: 2 * faceIds.length, failed: 0, missing: 0 });
    expect(await spaces.failures({ space: int8.space.name })).toEqual([]);
  });

  test('is filled as far as the photos are there, and the rest by a later fill', async () => {
    await rename(join(given.folder, 'one.jpg'), join(given.folder, 'gone.jpeg'));
    await appendFile(join(given.folder, 'two.jpg'), 'edited since');
    const first = await fill();
    expect(first).toMatchObject({ embedded: 0, failed: 2 * faceIds.length, missing: 2 * faceIds.length });
    const failures = await given.library.spaces.failures({ space: int8.space.name });
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['ORIGINAL_MISSING', 'PHOTO_CHANGED']));
    expect(await statusOf(int8)).toMatchObject({ failed: 2 * faceIds.length, missing: 0, faces: 0 });
    await index(float.analyzer);
    expect(await fill()).toMatchObject({ embedded: 2 * faceIds.length, failed: 0, missing: 0 });
    expect(await given.library.spaces.failures({ space: int8.space.name })).toEqual([]);
  });

  test('a fill that is stopped says so, and the next goes on from there', async () => {
    for (let i = 0; i < 20; i++) await writeVariant(`variant ${i}`, join(given.folder, `variant-${i}.jpg`));
    await index(float.analyzer);
    const stop = new AbortController();
    const stopped = await fill({
      signal: stop.signal,
      concurrency: 1,
      onProgress: ({ embedded }: { embedded: number }) => embedded > 0 && stop.abort(),
    });
    expect(stopped.interrupted).toBe(true);
    expect(stopped.embedded).toBeGreaterThan(0);
    expect(stopped.missing).toBeGreaterThan(0);
    const rest = await fill();
    expect(rest).toMatchObject({ embedded: stopped.missing, failed: 0, missing: 0, interrupted: false });
  });

  test('a fill that an analyzer ends has saved what was done, and asks it nothing more', async () => {
    const underWay = new Set<object>();
    let calls = 0;
    const embedFaces: FaceAnalyzer['embedFaces'] = async (...asked) => {
      if (calls++ === 0) throw Object.assign(new Error('half a model'), { code: 'MODEL_CORRUPT' });
      underWay.add(asked);
      return await int8.embedFaces(...asked).finally(() => underWay.delete(asked));
    };
    await expect(fill({ analyzer: { space: int8.space, embedFaces } })).rejects.toThrow('half a model');
    expect(underWay.size).toBe(0);
    expect(await statusOf(int8)).toMatchObject({ faces: faceIds.length, missing: faceIds.length, failed: 0 });
  });

  test('options that there are not, and analyzers that embed nothing, are refused', async () => {
    await expect(fill({ minFace: 3 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(fill({ concurrency: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(fill({ analyzer: { space: int8.space } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(given.library.spaces.use({ space: 'no such', actor: 'mia' })).rejects.toMatchObject({ code: 'SPACE_NOT_FOUND' });
  });
});

test('a photo that only the scanner can decode is embedded from its pixels', async () => {
  const { makeRaw } = await import('../../ingest/test/support/raw-files.ts');
  const { readFile, writeFile } = await import('node:fs/promises');
  await copySample(1, join(given.folder, 'preview.jpg'));
  const preview = await readFile(join(given.folder, 'preview.jpg'));
  await writeFile(join(given.folder, 'raw.dng'), makeRaw('dng', { preview, orientation: 1 }));
  await rename(join(given.folder, 'preview.jpg'), join(given.folder, '.hidden'));
  await index(float.analyzer);
  const faces = (await given.library.faces.list()).items.length;
  expect(faces).toBeGreaterThan(0);
  expect(await fill()).toMatchObject({ embedded: 0, failed: faces });
  const failures = await given.library.spaces.failures({ space: int8.space.name });
  expect(failures.map(({ code }) => code)).toEqual(Array(faces).fill('PIXELS_NEEDED'));
  expect(await fill({ readPixels: readUnusualPixels })).toMatchObject({ embedded: faces, failed: 0, missing: 0 });
});

test('confirmed names serve while a second space is filled by a process that is killed five times', async () => {
  // More batches than lives.
  const photos = 100;
  for (let i = 0; i < photos; i++) await writeVariant(`variant ${i}`, join(given.folder, `photo-${i}.jpg`));
  const url = serverUrlOf(given.context.db);
  const database = url ?? join(given.folder, '.library');
  // The embedded database belongs to one process: there, names are asked for between the lives of the other.
  const withLibrary = async <Result>(work: (library: PhotoLibrary) => Promise<Result>): Promise<Result> => {
    await using library = await openPhotoLibrary({ database });
    return await work(library);
  };
  const bestName = (faceId: string) => async (library: PhotoLibrary) =>
    (await library.review.suggestions(faceId))[0]?.person.displayName;

  const { probe, total } = await withLibrary(async (library) => {
    const { faces } = await indexPhotos({ library, root: given.folder, scanPhotos, analyzer: float.analyzer });
    const [known, ...others] = (await library.faces.list({ limit: 200 })).items;
    const { personId } = await library.people.create({ displayName: 'Ada', actor: 'mia' });
    await library.labels.confirm({ faceId: known!.faceId, personId, actor: 'mia' });
    return { probe: others.find(({ box }) => box.x === known!.box.x)!.faceId, total: faces };
  });
  let embedded = 0;
  for (let life = 0; life < 5; life++) {
    const filler = runScript('fill-space.ts', database);
    await filler.nextLine();
    while (Number(await filler.nextLine()) === 0);
    if (url) expect(await withLibrary(bestName(probe))).toBe('Ada');
    await filler.kill();
    expect(await withLibrary(bestName(probe))).toBe('Ada');
    const spaces = await withLibrary((library) => library.spaces.list());
    const filled = spaces.find(({ name }) => name === int8.space.name)!.faces;
    expect(filled).toBeGreaterThan(embedded);
    expect(filled).toBeLessThan(total);
    embedded = filled;
  }
  await withLibrary(async (library) => {
    expect(await library.spaces.fill({ analyzer: int8 })).toMatchObject({ embedded: total - embedded, failed: 0, missing: 0 });
    expect((await library.diagnose()).filter(({ status }) => status === 'error')).toEqual([]);
    await library.spaces.use({ space: int8.space.name, actor: 'mia' });
    expect(await bestName(probe)(library)).toBe('Ada');
  });
});
