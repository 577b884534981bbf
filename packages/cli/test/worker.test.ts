import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { finish, parseRecords, readRecords, runPhotoorg, startPhotoorg } from './run-photoorg.ts';
import { makePhotos } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, and a dead worker is noticed after half a minute.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const hasServer = process.env.TEST_DATABASE_URL !== undefined;

it.skipIf(hasServer)('workers on the embedded database are refused with what to do instead', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['a.jpg']);
  for (const words of [
    ['ingest', '--root', root, '--enqueue'],
    ['worker', '--no-faces'],
  ]) {
    const run = await runPhotoorg([...words, ...library.flags]);
    expect(run).toMatchObject({ code: 64, stdout: '' });
    expect(run.stderr).toContain('QUEUE_NEEDS_SERVER');
  }
});

describe.skipIf(!hasServer)('workers on a server', () => {
  it('share what was enqueued; one that is stopped ends with 130, one that is killed is replaced, and no photo is lost', async () => {
    const library = await database.newLibrary();
    const root = join(library.folder, 'photos');
    const names = Array.from({ length: 90 }, (_, index) => `photo-${index}.jpg`);
    await makePhotos(root, names);
    const [enqueued] = await readRecords(['ingest', '--root', root, '--exif', '--enqueue', ...library.flags]);
    expect(enqueued).toMatchObject({ seen: 90, enqueued: 90, unchanged: 0 });
    const worker = (...words: string[]) => startPhotoorg(['worker', '--no-faces', '--json', ...words, ...library.flags]);
    const [killed, stopped, drain] = [worker('--concurrency', '1'), worker(), worker('--drain')];
    const endings = Promise.all([finish(killed), finish(stopped), finish(drain)]);
    while ((await readRecords(['photos', '--limit', '1', ...library.flags])).length === 0) await sleep(100);
    killed.kill('SIGKILL');
    stopped.kill('SIGINT');
    const [, second, third] = await endings;
    expect(second.code).toBe(130);
    expect(parseRecords(second.stdout)).toMatchObject([{ interrupted: true }]);
    expect(third.code).toBe(0);

    const photos = await readRecords(['photos', '--all', ...library.flags]);
    expect(photos.map((photo) => photo.path).sort()).toEqual(names.map((name) => join(root, name)).sort());
    expect(await readRecords(['runs', ...library.flags])).toMatchObject([
      { status: 'finished', counts: { queued: 90, created: 90, missing: 0 } },
    ]);
    const [again] = await readRecords(['ingest', '--root', root, '--exif', '--enqueue', ...library.flags]);
    expect(again).toMatchObject({ enqueued: 0, unchanged: 90 });
  });

  it('render thumbnails as the run was enqueued, unless told not to, and say what they leave to others', async () => {
    const library = await database.newLibrary();
    const [root, thumbnails] = [join(library.folder, 'photos'), join(library.folder, 'thumbnails')];
    const enqueue = (...words: string[]) => runPhotoorg(['ingest', '--root', root, '--enqueue', ...words, ...library.flags]);
    const work = (...words: string[]) =>
      runPhotoorg(['worker', '--drain', '--no-faces', '--thumbnails-folder', thumbnails, ...words, ...library.flags]);
    const rendered = async () => (await readdir(thumbnails).catch(() => [])).filter((name) => name.endsWith('.webp')).length;

    await makePhotos(root, ['without.jpg']);
    await enqueue('--exif');
    await work();
    expect(await rendered()).toBe(0);
    await makePhotos(root, ['unwanted-here.jpg']);
    await enqueue('--exif', '--thumbnails');
    await work('--no-thumbnails');
    expect(await rendered()).toBe(0);
    await makePhotos(root, ['with.jpg']);
    await enqueue('--exif', '--thumbnails');
    await work();
    expect(await rendered()).toBe(1);

    await enqueue('--faces');
    const left = await work();
    expect(left).toMatchObject({ code: 0 });
    expect(left.stderr).toContain('Left to other workers: 3 files; their runs want faces that this worker does not find.');
  });

  it('find faces as the run was enqueued, whatever the worker was told', async () => {
    const library = await database.newLibrary();
    const root = join(library.folder, 'photos');
    await makePhotos(root, ['one.jpg']);
    await readRecords(['ingest', '--root', root, '--faces', '--enqueue', '--min-face', '24', ...library.flags]);
    expect(await readRecords(['worker', '--drain', '--json', ...library.flags])).toMatchObject([{ created: 1, failed: 0 }]);
    const [run] = await readRecords(['runs', ...library.flags]);
    expect(run).toMatchObject({ status: 'finished', config: { faces: { provenance: { minFace: 24 } } } });
  });
});
