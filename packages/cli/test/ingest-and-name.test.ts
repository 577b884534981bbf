import { existsSync } from 'node:fs';
import { appendFile, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Face, Photo, Suggestion } from '@photoorg/sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { finish, parseRecords, readRecords, runPhotoorg, startPhotoorg } from './run-photoorg.ts';
import { makePhotos, samplePhoto } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it('indexes photos, finds their faces, takes names and undoes them', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  await copyFile(samplePhoto(1), join(root, 'one.jpg'));
  await copyFile(samplePhoto(1), join(root, 'two.jpg'));
  // Other content, the same faces.
  await appendFile(join(root, 'two.jpg'), 'two');
  const photoorg = (...words: string[]) => readRecords([...words, ...library.flags]);

  const thumbnails = ['--thumbnails', '--thumbnails-folder', join(library.folder, 'thumbnails')];
  const [first] = await photoorg('ingest', '--root', root, '--exif', '--faces', ...thumbnails, '--quiet');
  expect(first).toMatchObject({ seen: 2, created: 2, failed: 0 });
  const photos = (await photoorg('photos')) as unknown as Photo[];
  const faces = (await photoorg('faces', '--all')) as unknown as Face[];
  expect(photos.map((photo) => photo.path).sort()).toEqual([join(root, 'one.jpg'), join(root, 'two.jpg')]);
  expect(faces).toHaveLength(first?.faces as number);
  expect(faces.every((face) => face.hasCrop)).toBe(true);

  const rendered = await readdir(join(library.folder, 'thumbnails'));
  expect(rendered.toSorted()).toEqual(['CACHEDIR.TAG', ...photos.map(({ sha256 }) => `${sha256}-512.webp`)].toSorted());

  const [second] = await photoorg('ingest', '--root', root, '--exif', '--faces', ...thumbnails, '--quiet');
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
  const twin = similar[0]?.face as Face;
  expect(twin.photoId).not.toBe(probe!.photoId);
  const [suggestion, ...noOther] = (await photoorg('suggest', twin.faceId)) as unknown as (Suggestion & { faceId: string })[];
  expect(suggestion).toMatchObject({ faceId: twin.faceId, rank: 1, person: { displayName: 'Ada' }, reason: expect.any(String) });
  expect(noOther).toEqual([]);
  expect(suggestion!.terms.reduce((sum, { logOdds }) => sum + logOdds, 0)).toBe(suggestion!.score);
  const table = await runPhotoorg(['suggest', twin.faceId, ...library.flags]);
  expect(table.stdout).toMatch(/TERMS\n.*mean of nearest [+-]\d+\.\d, .*number of faces [+]0\.0/);

  const [image] = await readRecords<{ faces: { embedding: number[]; box: unknown }[] }>(['embed', join(root, 'two.jpg')]);
  const { embedding, box } = image!.faces[0]!;
  const asked = ['similar', '--embedding', '-', '--limit', '2', ...library.flags];
  const nearest = await readRecords<{ distance: number; face: Face }>(asked, { stdin: JSON.stringify(embedding) });
  for (const { distance, face } of nearest) {
    expect(distance).toBeCloseTo(0, 5);
    expect(face.box).toEqual(box);
  }

  expect((await photoorg('review', 'apply', '--dry-run', '--quiet'))[0]).toMatchObject({ batchId: null });
  expect((await photoorg('faces', '--labelled')).map((face) => face.faceId)).toEqual([probe!.faceId]);
  const [learned] = await photoorg('recompute-priors', '--dry-run', '--quiet');
  expect(learned).toMatchObject({ facesTried: 1, priors: [{ prior: 'shot time' }, { prior: 'company' }, { prior: 'place' }] });
  const [calibrated] = await photoorg('calibrate', '--dry-run', '--quiet');
  expect(calibrated).toMatchObject({ facesTried: 1, knownShare: null, confidences: expect.arrayContaining([]) });
  const report = join(library.folder, 'report.html');
  const [evaluation] = await photoorg('evaluate', '--html', report, '--quiet');
  expect(evaluation).toMatchObject({ facesTried: 1, knownFaces: 0, firstRight: null });
  expect(await readFile(report, 'utf8')).toContain('<svg');

  await photoorg('label', 'undo', change?.batchId as string, '--actor', 'test');
  expect((await photoorg('faces', probe!.faceId))[0]).toMatchObject({ label: null });
  expect((await photoorg('runs')).map((run) => run.status)).toEqual(['finished', 'finished', 'finished']);
});

it('goes on past a corrupt photo, names it with its code, and ends with 1', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'c.jpg']);
  await writeFile(join(root, 'b.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
  const run = await runPhotoorg(['ingest', '--root', root, '--exif', '--json', ...library.flags]);
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/b\.jpg: [A-Z_]+: /);
  expect(parseRecords(run.stdout)).toMatchObject([{ created: 2, failed: 1 }]);
  expect(await readRecords(['errors', ...library.flags])).toMatchObject([{ path: 'b.jpg', attempts: 1 }]);
});

it('makes no database for a folder that is not there', async () => {
  const folder = join(database.folder, 'never-made');
  const run = await runPhotoorg(['ingest', '--root', join(database.folder, 'mistyped'), '--database', folder]);
  expect(run).toMatchObject({ code: 64, stdout: '' });
  expect(run.stderr).toContain('ROOT_NOT_FOUND');
  expect(existsSync(folder)).toBe(false);
});

it('leaves a failed file alone until --retry-failed, and forgets its failure when it works', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['good.jpg']);
  const [file, spoilt] = [join(root, 'spoilt.jpg'), Buffer.from('no photo at all')];
  await writeFile(file, spoilt);
  const ingest = async (...words: string[]) =>
    parseRecords((await runPhotoorg(['ingest', '--root', root, '--exif', '--json', ...words, ...library.flags])).stdout)[0];
  const errors = (...words: string[]) => readRecords(['errors', ...words, ...library.flags]);

  expect(await ingest()).toMatchObject({ created: 1, failed: 1, failedBefore: 0 });
  expect(await ingest()).toMatchObject({ unchanged: 1, failed: 0, failedBefore: 1 });
  const retried = await ingest('--retry-failed');
  expect(retried).toMatchObject({ unchanged: 1, failed: 1, failedBefore: 0 });
  expect(await errors('--run', retried!.runId as string)).toMatchObject([
    { path: 'spoilt.jpg', attempts: 2, code: 'UNSUPPORTED_FORMAT' },
  ]);

  await copyFile(samplePhoto(3), file);
  expect(await ingest()).toMatchObject({ created: 1, failed: 0, failedBefore: 0 });
  expect(await errors()).toEqual([]);
  expect(await errors('--resolved')).toMatchObject([{ path: 'spoilt.jpg' }]);
});

it('writes nothing in a dry run', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'b.jpg']);
  const [result] = await readRecords(['ingest', '--root', root, '--exif', '--dry-run', '--quiet', ...library.flags]);
  expect(result).toMatchObject({ created: 2 });
  expect(await readRecords(['photos', ...library.flags])).toEqual([]);
});

it('lists in pages and says on stderr what it left out', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'b.jpg', 'c.jpg']);
  await readRecords(['ingest', '--root', root, '--exif', '--quiet', ...library.flags]);
  const some = await runPhotoorg(['photos', '--limit', '2', '--json', ...library.flags]);
  expect(parseRecords(some.stdout)).toHaveLength(2);
  expect(some.stderr).toContain('2 of 3');
  const all = await runPhotoorg(['photos', '--all', ...library.flags]);
  expect(all.stdout.trimEnd().split('\n')).toHaveLength(1 + 3);
  expect(all.stderr).not.toContain('shown');
});

it('ends quietly when the reader of its output goes away', async () => {
  const library = await database.newLibrary();
  await readRecords(['people', 'create', 'Ada', 'Bo', 'Cy', ...library.flags]);
  const child = startPhotoorg(['people', '--all', '--json', ...library.flags]);
  child.stdout.destroy();
  expect(await finish(child)).toMatchObject({ code: 0, stderr: '' });
});

it('tells the machine, the models and the database to be in order', async () => {
  const library = await database.newLibrary();
  const checks = await readRecords(['doctor', ...library.flags]);
  expect(checks.length).toBeGreaterThan(3);
  expect(checks.filter((check) => check.status === 'error')).toEqual([]);
});
