import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPhotoLibrary } from '@photoorg/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { finish, parseRecords, readRecords, runPhotoorg, startPhotoorg, untilSaid } from './run-photoorg.ts';
import { makePhotos } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const photoNames = Array.from({ length: 120 }, (_, index) => `photo-${index}.jpg`);

describe.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('an ingest that gets %s half-way', (signal) => {
  it('goes on where it was, every photo exactly once', async () => {
    const library = await database.newLibrary();
    const root = join(library.folder, 'photos');
    await makePhotos(root, photoNames);
    // Its failure is printed as soon as the walk meets it: the sign that the run is in the middle.
    await writeFile(join(root, 'broken.jpg'), 'no photo at all');
    const ingest = ['ingest', '--root', root, '--exif', '--concurrency', '1', '--json', ...library.flags];

    const child = startPhotoorg(ingest);
    await untilSaid(child, 'broken.jpg');
    child.kill(signal);
    const stopped = await finish(child);
    if (signal === 'SIGKILL') expect(stopped.code).toBeNull();
    else {
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toContain('Stopping cleanly');
      expect(parseRecords(stopped.stdout)).toMatchObject([{ interrupted: true }]);
    }

    const again = await runPhotoorg([...ingest, '--quiet']);
    expect(parseRecords(again.stdout)).toMatchObject([{ interrupted: false, seen: photoNames.length + 1 }]);
    const photos = await readRecords(['photos', '--all', ...library.flags]);
    expect(photos.map((photo) => photo.path).sort()).toEqual(photoNames.map((name) => join(root, name)).sort());
    expect(new Set(photos.map((photo) => photo.sha256)).size).toBe(photoNames.length);
  });
});

const stoppedNote = 'Stopped. What is done is saved; the same command goes on from here.\n';

it.each(['SIGINT', 'SIGTERM'] as const)(
  'a second %s ends an ingest at once and silently, with threads at work',
  async (signal) => {
    const library = await database.newLibrary();
    const root = join(library.folder, 'photos');
    await makePhotos(root, photoNames.slice(0, 12));
    await writeFile(join(root, 'a-broken.jpg'), 'no photo at all');
    const ingest = ['ingest', '--root', root, '--faces', '--json', ...library.flags];

    const child = startPhotoorg(ingest);
    await untilSaid(child, 'a-broken.jpg');
    child.kill(signal);
    await untilSaid(child, 'Stopping cleanly');
    child.kill(signal);
    const ended = await finish(child);
    expect(child.signalCode).toBe(signal);
    // Nothing of threads that died in the middle; at most the run's own last word, when it had stopped before the second signal.
    expect(['', stoppedNote]).toContain(ended.stderr);

    const [again] = parseRecords((await runPhotoorg([...ingest, '--quiet'])).stdout);
    expect(again).toMatchObject({ interrupted: false, seen: 13 });
    expect(await readRecords(['photos', '--all', ...library.flags])).toHaveLength(12);
    expect((await readRecords(['doctor', ...library.flags])).filter((check) => check.status === 'error')).toEqual([]);
  },
);

it.skipIf(process.env.TEST_DATABASE_URL !== undefined)(
  'a folder that another process has open is refused with 69 and its process id',
  async () => {
    const library = await database.newLibrary();
    await using _open = await openPhotoLibrary({ database: database.database });
    const run = await runPhotoorg(['photos', ...library.flags]);
    expect(run).toMatchObject({ code: 69, stdout: '' });
    expect(run.stderr).toContain('LIBRARY_LOCKED');
    expect(run.stderr).toContain(String(process.pid));
  },
);
