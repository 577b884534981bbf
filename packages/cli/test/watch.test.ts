import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { finish, readRecords, startPhotoorg } from './run-photoorg.ts';
import { makePhotos, samplePhoto } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it.each([
  { desc: 'told by the system', words: [] },
  { desc: 'by polling', words: ['--poll', '1'] },
])('watches a folder, $desc, a line of JSON a run, until Ctrl-C', async ({ words }) => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg', 'b.jpg']);
  const child = startPhotoorg(['ingest', '--root', root, '--exif', '--watch', ...words, '--json', ...library.flags]);
  const ending = finish(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** The first run that has done this; the others are looks that found nothing. */
  const runThat = async (did: string) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The watch ended: ${(await ending).stderr}`);
      const run = JSON.parse(value) as Record<string, unknown>;
      if (run[did]) return run;
    }
  };

  expect(await runThat('created')).toMatchObject({ created: 2, failed: 0 });
  await copyFile(samplePhoto(3), join(root, 'c.jpg'));
  expect(await runThat('created')).toMatchObject({ created: 1, look: words.length > 0 ? 'everything' : 'changes' });
  await rename(join(root, 'c.jpg'), join(root, 'd.jpg'));
  expect(await runThat('moved')).toMatchObject({ moved: 1, missing: 0 });

  child.kill('SIGINT');
  expect((await ending).code).toBe(130);
  const photos = await readRecords(['photos', '--all', ...library.flags]);
  expect(photos.map((photo) => photo.path).sort()).toEqual(['a.jpg', 'b.jpg', 'd.jpg'].map((name) => join(root, name)));
});
