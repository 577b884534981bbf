import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Face, Photo } from '@photoorg/sdk';
import { expect, it, vi } from 'vitest';
import { finish, parseRecords, readRecords, runPhotoorg, startPhotoorg } from './run-photoorg.ts';
import { makePhotos, samplePhoto } from './sample-photos.ts';
import { temporaryLibrary } from './temporary-library.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000 });

it('indexes photos, finds their faces, takes names and undoes them', async () => {
  await using library = await temporaryLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  await copyFile(samplePhoto(1), join(root, 'one.jpg'));
  await copyFile(samplePhoto(5), join(root, 'two.jpg'));
  const photoorg = (...words: string[]) => readRecords([...words, ...library.flags]);

  const [first] = await photoorg('ingest', '--root', root, '--exif', '--faces', '--thumbnails', '--quiet');
  expect(first).toMatchObject({ seen: 2, created: 2, failed: 0 });
  const photos = (await photoorg('photos')) as unknown as Photo[];
  const faces = (await photoorg('faces', '--all')) as unknown as Face[];
  expect(photos.map((photo) => photo.path).sort()).toEqual([join(root, 'one.jpg'), join(root, 'two.jpg')]);
  expect(faces).toHaveLength(first?.faces as number);
  expect(faces.every((face) => face.hasCrop)).toBe(true);

  const [second] = await photoorg('ingest', '--root', root, '--exif', '--faces', '--thumbnails', '--quiet');
  expect(second).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect(await photoorg('photos')).toEqual(photos);

  await rename(join(root, 'one.jpg'), join(root, 'renamed.jpg'));
  const [third] = await photoorg('ingest', '--root', root, '--exif', '--faces', '--quiet');
  expect(third).toMatchObject({ created: 0, moved: 1 });
  expect((await photoorg('photos')).map((photo) => photo.photoId)).toEqual(photos.map((photo) => photo.photoId));

  const [probe, ...others] = faces;
  const [change] = await photoorg('label', 'confirm', 'Ada', probe!.faceId, '--create', '--actor', 'test');
  expect((await photoorg('people'))[0]).toMatchObject({ displayName: 'Ada', facesCount: 1 });
  expect((await photoorg('faces', probe!.faceId))[0]).toMatchObject({ label: { displayName: 'Ada', source: 'human_confirmed' } });
  const similar = await photoorg('similar', probe!.faceId);
  expect(similar).toHaveLength(others.length);
  const distances = similar.map((row) => row.distance as number);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  for (const suggestion of await photoorg('suggest', others[0]!.faceId)) {
    expect(suggestion).toMatchObject({ faceId: others[0]!.faceId, person: { displayName: 'Ada' }, reason: expect.any(String) });
  }

  await photoorg('label', 'undo', change?.batchId as string, '--actor', 'test');
  expect((await photoorg('faces', probe!.faceId))[0]).toMatchObject({ label: null });
  expect((await photoorg('runs')).map((run) => run.status)).toEqual(['finished', 'finished', 'finished']);
});

it('finds by an embedding from stdin the face it was made of', async () => {
  await using library = await temporaryLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  await copyFile(samplePhoto(6), join(root, 'one.jpg'));
  await readRecords(['ingest', '--root', root, '--faces', '--quiet', ...library.flags]);
  const [image] = await readRecords<{ faces: { embedding: number[]; box: unknown }[] }>(['embed', join(root, 'one.jpg')]);
  const [nearest] = await readRecords<{ probeFaceId: null; distance: number; face: Face }>(
    ['similar', '--embedding', '-', '--limit', '1', ...library.flags],
    { stdin: JSON.stringify(image!.faces[0]!.embedding) },
  );
  expect(nearest!.distance).toBeCloseTo(0, 5);
  expect(nearest!.face.box).toEqual(image!.faces[0]!.box);
});

it('goes on past a corrupt photo, names it with its code, and ends with 1', async () => {
  await using library = await temporaryLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'c.jpg']);
  await writeFile(join(root, 'b.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
  const run = await runPhotoorg(['ingest', '--root', root, '--exif', '--json', ...library.flags]);
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/b\.jpg: [A-Z_]+: /);
  expect(parseRecords(run.stdout)).toMatchObject([{ created: 2, failed: 1 }]);
  expect(await readRecords(['errors', ...library.flags])).toMatchObject([{ path: 'b.jpg', attempts: 1 }]);
});

it('writes nothing in a dry run', async () => {
  await using library = await temporaryLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'b.jpg']);
  const [result] = await readRecords(['ingest', '--root', root, '--exif', '--dry-run', '--quiet', ...library.flags]);
  expect(result).toMatchObject({ created: 2 });
  expect(await readRecords(['photos', ...library.flags])).toEqual([]);
});

it('lists in pages and says on stderr what it left out', async () => {
  await using library = await temporaryLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'b.jpg', 'c.jpg']);
  await readRecords(['ingest', '--root', root, '--exif', '--quiet', ...library.flags]);
  const some = await runPhotoorg(['photos', '--limit', '2', '--json', ...library.flags]);
  expect(parseRecords(some.stdout)).toHaveLength(2);
  expect(some.stderr).toContain('2 of 3');
  const all = await runPhotoorg(['photos', '--all', ...library.flags]);
  expect(all.stdout.trimEnd().split('\n')).toHaveLength(1 + 3);
  expect(all.stderr).toBe('');
});

it('ends quietly when the reader of its output goes away', async () => {
  await using library = await temporaryLibrary();
  await readRecords(['people', 'create', 'Ada', 'Bo', 'Cy', ...library.flags]);
  const child = startPhotoorg(['people', '--all', '--json', ...library.flags]);
  child.stdout.destroy();
  expect(await finish(child)).toMatchObject({ code: 0, stderr: '' });
});

it('tells the machine, the models and the database to be in order', async () => {
  await using library = await temporaryLibrary();
  const checks = await readRecords(['doctor', ...library.flags]);
  expect(checks.length).toBeGreaterThan(3);
  expect(checks.filter((check) => check.status === 'error')).toEqual([]);
});
