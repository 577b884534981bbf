import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { childProcessesOf, hasProc, isRunning } from '../../ingest/test/support/child-processes.ts';
import { hasPerl } from '../../ingest/test/support/exiftool.ts';
import { makeFilm } from '../../ingest/test/support/film-file.ts';
import { FILM_TIME, writePhoneFilm } from '../../ingest/test/support/film-with-words.ts';
import { finish, parseRecords, readRecords, runPhotoorg, startPhotoorg } from './run-photoorg.ts';
import { makePhotos } from './sample-photos.ts';
import { type TemporaryDatabase, type TemporaryLibrary, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew.
vi.setConfig({ testTimeout: 300_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** A library with a folder that holds a photo and a film. */
async function libraryWithFilm(): Promise<TemporaryLibrary & { root: string }> {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await makePhotos(root, ['photo.jpg']);
  await writeFile(join(root, 'film.mp4'), makeFilm({ width: 64, height: 48, createdAt: FILM_TIME }));
  return { ...library, root };
}

describe.skipIf(!hasPerl)('--exiftool (needs perl)', () => {
  it('indexes films, too, and a run without it leaves them as they are', async () => {
    const { root, flags } = await libraryWithFilm();
    const ingest = ['ingest', '--root', root, '--exif', ...flags];
    expect(await readRecords(ingest)).toMatchObject([{ seen: 1, created: 1 }]);
    expect(await readRecords([...ingest, '--exiftool'])).toMatchObject([{ seen: 2, created: 1, unchanged: 1, failed: 0 }]);
    expect(await readRecords(ingest)).toMatchObject([{ seen: 1, unchanged: 1, missing: 0, missingNotMarked: null }]);
    const again = await readRecords(ingest, { env: { PHOTOORG_EXIFTOOL: '1' } });
    expect(again).toMatchObject([{ seen: 2, unchanged: 2, missing: 0 }]);
    const photos = await readRecords(['photos', ...flags]);
    expect(photos.map(({ ext, mime, width }) => ({ ext, mime, width }))).toContainEqual({
      ext: 'mp4',
      mime: 'video/quicktime',
      width: 64,
    });
  });

  it('reads a film for `metadata`, which says what to switch on without it', async () => {
    const folder = join(database.folder, 'metadata');
    await mkdir(folder);
    const film = join(folder, 'film.mov');
    await writePhoneFilm(film);
    expect(await readRecords(['metadata', film, '--exiftool'])).toMatchObject([
      { shotLocal: '2019-07-13T14:25:30', offsetMinutes: 120, zone: 'Europe/Paris', make: 'Apple', width: 1080, height: 1920 },
    ]);
    const without = await runPhotoorg(['metadata', film]);
    expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining('Switch exiftool on.') });
  });

  it.skipIf(process.env.TEST_DATABASE_URL === undefined)(
    'enqueues films; a worker without exiftool fails them, one with it indexes them',
    async () => {
      const { root, flags } = await libraryWithFilm();
      const enqueue = ['ingest', '--root', root, '--exif', '--enqueue', ...flags];
      expect(await readRecords(enqueue)).toMatchObject([{ seen: 1, enqueued: 1 }]);
      expect(await readRecords([...enqueue, '--exiftool'])).toMatchObject([{ enqueued: 1 }]);
      const worker = ['worker', '--drain', '--no-faces', '--json', ...flags];
      const failing = await runPhotoorg(worker);
      expect(failing.stderr).toContain('EXIFTOOL_MISSING');
      expect(parseRecords(failing.stdout)).toMatchObject([{ created: 1, failed: 1 }]);
      expect(await readRecords([...enqueue, '--exiftool'])).toMatchObject([{ enqueued: 1, unchanged: 1 }]);
      expect(await readRecords([...worker, '--exiftool'])).toMatchObject([{ created: 1, failed: 0 }]);
      expect(await readRecords(['errors', ...flags])).toEqual([]);
    },
  );

  it.skipIf(!hasProc).each(['SIGINT', 'SIGKILL'] as const)('leaves no process behind after %s (needs /proc)', async (signal) => {
    const { root, flags } = await libraryWithFilm();
    const watch = startPhotoorg(['ingest', '--root', root, '--exif', '--exiftool', '--watch', '--json', ...flags]);
    const ended = finish(watch);
    await new Promise((resolve) => watch.stdout.once('data', resolve));
    const processes = await childProcessesOf(watch.pid!);
    expect(processes.length).toBeGreaterThan(0);
    watch.kill(signal);
    await ended;
    let running = processes;
    for (let attempt = 0; attempt < 100 && running.length > 0; attempt++) {
      const states = await Promise.all(running.map(isRunning));
      running = running.filter((_, index) => states[index]);
      await sleep(100);
    }
    expect(running).toEqual([]);
  });
});

it.skipIf(process.platform === 'win32')('--exiftool without perl ends with 69 and says what to install', async () => {
  const { root, flags } = await libraryWithFilm();
  const run = await runPhotoorg(['ingest', '--root', root, '--exiftool', ...flags], { env: { PATH: database.folder } });
  expect(run).toMatchObject({ code: 69, stdout: '', stderr: expect.stringMatching(/EXIFTOOL_MISSING.*install perl/) });
});
