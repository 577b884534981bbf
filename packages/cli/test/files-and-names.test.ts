import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuplicateGroup, Face, FileStory } from '@photoorg/sdk';
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

it('exports names, finds them again in another library, and explains files and duplicates', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  await copyFile(samplePhoto(3), join(root, 'a.jpg'));
  const photoorg = (...words: string[]) => readRecords([...words, ...library.flags]);
  await photoorg('ingest', '--root', root, '--quiet');
  const [face] = (await photoorg('faces')) as unknown as Face[];
  await photoorg('label', 'confirm', 'Ada', face!.faceId, '--create', '--actor', 'test');

  expect(await photoorg('export-regions', '--all', '--dry-run')).toMatchObject([{ status: 'would-create', names: ['Ada'] }]);
  const sidecar = join(root, 'a.jpg.xmp');
  expect(await photoorg('export-regions', '--person', 'Ada')).toMatchObject([{ status: 'created', sidecar }]);
  expect(await readFile(sidecar, 'utf8')).toContain('>Ada<');
  expect((await photoorg('ingest', '--root', root, '--quiet'))[0]).toMatchObject({ unchanged: 1 });
  expect((await runPhotoorg(['export-regions', ...library.flags])).code).toBe(64);

  const other = await database.newLibrary();
  for (const [flags, names] of [
    [['--no-regions'], []],
    [[], ['Ada']],
  ]) {
    await readRecords(['ingest', '--root', root, '--quiet', ...flags!, ...other.flags]);
    const people = await readRecords(['people', ...other.flags]);
    expect(people.map((person) => person.displayName)).toEqual(names);
  }

  await rename(join(root, 'a.jpg'), join(root, 'b.jpg'));
  await rename(sidecar, join(root, 'b.jpg.xmp'));
  await copyFile(join(root, 'b.jpg'), join(root, 'c.jpg'));
  await photoorg('ingest', '--root', root, '--quiet');
  const files = (await photoorg('files', root)) as unknown as FileStory[];
  expect(files.map((file) => [file.path, file.events.map((event) => event.kind)])).toEqual([
    ['b.jpg', ['moved']],
    ['c.jpg', ['copied']],
  ]);
  const table = await runPhotoorg(['files', join(root, 'b.jpg'), '--explain', ...library.flags]);
  expect(table.stdout).toContain(`Moved from ${join(root, 'a.jpg')}`);
  const [group] = (await photoorg('duplicates')) as unknown as DuplicateGroup[];
  expect(group).toMatchObject({ kind: 'exact', photos: [{ paths: [join(root, 'b.jpg'), join(root, 'c.jpg')] }] });
  expect((await runPhotoorg(['duplicates', ...library.flags])).stdout).toContain('byte for byte');
});
