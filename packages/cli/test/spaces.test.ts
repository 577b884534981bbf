import { appendFile, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Face, SpaceStatus } from '@photoorg/sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readRecords, runPhotoorg } from './run-photoorg.ts';
import { samplePhoto } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it('fills another space, compares it, lets it serve, goes on in it, and takes it back', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  const addPhoto = async (name: string) => {
    await copyFile(samplePhoto(1), join(root, name));
    await appendFile(join(root, name), name);
  };
  const photoorg = (...words: string[]) => readRecords([...words, ...library.flags]);
  const spaces = async () => (await photoorg('spaces', 'list')) as unknown as SpaceStatus[];
  await addPhoto('one.jpg');
  await addPhoto('two.jpg');
  await photoorg('ingest', '--root', root, '--faces', '--quiet');
  const faces = (await photoorg('faces', '--all')) as unknown as Face[];
  const lefts = [...new Set(faces.map(({ box }) => box.x))];
  for (const left of lefts) {
    const ids = faces.filter(({ box }) => box.x === left).map(({ faceId }) => faceId);
    await photoorg('label', 'confirm', `Person ${left}`, ...ids, '--create', '--actor', 'test');
  }

  const [filled] = await photoorg('spaces', 'fill', '--embedder', 'int8', '--quiet');
  expect(filled).toMatchObject({ embedded: faces.length, failed: 0, missing: 0, interrupted: false });
  const [serving, beside] = await spaces();
  expect([serving!.active, beside!.active]).toEqual([true, false]);
  expect(beside).toMatchObject({ name: `${serving!.name}/int8`, faces: faces.length, missing: 0, failed: 0 });

  const [comparison] = await photoorg('spaces', 'compare', beside!.name, '--quiet');
  expect(comparison).toMatchObject({ faces: faces.length, people: lefts.length, spaces: [{ rank1: 1 }, { rank1: 1 }] });
  const shown = await runPhotoorg(['spaces', 'compare', beside!.name, ...library.flags]);
  expect(shown.stdout + shown.stderr).toContain(beside!.name);

  await photoorg('spaces', 'use', beside!.name, '--actor', 'test');
  await addPhoto('three.jpg');
  await photoorg('ingest', '--root', root, '--faces', '--quiet');
  const all = (await photoorg('faces', '--all')) as unknown as Face[];
  const added = all.find(({ label }) => label === null)!;
  const [best] = await photoorg('suggest', added.faceId);
  expect(best).toMatchObject({ person: { displayName: `Person ${added.box.x}` }, distance: 0 });
  expect((await spaces()).map(({ faces: count, missing }) => [count, missing])).toEqual([
    [faces.length, lefts.length],
    [all.length, 0],
  ]);

  expect(await photoorg('spaces', 'rollback', '--actor', 'test')).toMatchObject([{ to: serving!.name }]);
  expect((await spaces()).map(({ active }) => active)).toEqual([true, false]);
  expect(await runPhotoorg(['spaces', 'use', 'unknown', ...library.flags])).toMatchObject({ code: 1 });
});
