import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPhotoLibrary } from '@photoorg/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../sdk/src/values/seeded-random.ts';
import { parseRecords, runPhotoorg, startPhotoorg } from './run-photoorg.ts';
import { makePhotos } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

/** `npm run test:kill` takes 60. */
const points = Number(process.env.PHOTOORG_KILL_POINTS ?? 4);
const seed = Number(process.env.PHOTOORG_KILL_SEED ?? 20_261_122);
/** Some points lie this share of a run before its beginning: while the library is opened. */
const BEFORE = 0.15;
/** Finding faces takes longest: one point in this many has it. */
const facesEvery = 4;

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

interface Folder {
  words: string[];
  root: string;
  /** Photos, and files that show them. */
  photos: number;
  files: number;
  /** Of an ingest that nobody kills: how long after its start the run begins, and how long that takes. */
  startMillis: number;
  runMillis: number;
}

let database: TemporaryDatabase;
let plain: Folder;
let withFaces: Folder;
const savedAtKill: string[] = [];

beforeAll(async () => {
  database = await temporaryDatabase();
  plain = await makeFolder('plain', 120, ['--exif', '--no-faces']);
  withFaces = await makeFolder('faces', 8, ['--exif', '--faces', '--thumbnails']);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  console.info(`Killed at ${points} points (seed ${seed}); photos saved by then: ${savedAtKill.join(', ')}.`);
});

/** Photos, a copy of one in every five, and a file that is none. */
async function makeFolder(name: string, photos: number, steps: string[]): Promise<Folder> {
  const root = join(database.folder, name);
  const names = Array.from({ length: photos }, (_, index) => `photo-${index}.jpg`);
  await makePhotos(root, names);
  const copied = names.filter((_, index) => index % 5 === 0);
  for (const original of copied) await copyFile(join(root, original), join(root, `copy-of-${original}`));
  await writeFile(join(root, 'broken.jpg'), 'no photo at all');
  const words = ['ingest', '--root', root, ...steps, '--json', '--quiet'];
  const library = await database.newLibrary();
  await runPhotoorg([...words, ...library.flags]);
  const start = performance.now();
  const whole = await runPhotoorg([...words, ...(await database.newLibrary()).flags]);
  const runMillis = parseRecords<{ elapsedMillis: number }>(whole.stdout)[0]!.elapsedMillis;
  const startMillis = performance.now() - start - runMillis;
  return { words, root, photos, files: photos + copied.length, startMillis, runMillis };
}

describe('an ingest that is killed and started again has every photo exactly once', () => {
  const random = seededRandom(seed);
  const moments = Array.from({ length: points }, (_, index) => ({ point: index + 1, share: random() * (1 + BEFORE) - BEFORE }));
  it.each(moments)('at point $point, $share of the run', async ({ point, share }) => {
    const folder = point % facesEvery === 0 ? withFaces : plain;
    const { flags } = await database.newLibrary();
    const child = startPhotoorg([...folder.words, ...flags]);
    const ended = once(child, 'exit');
    await Promise.race([sleep(Math.max(0, folder.startMillis + share * folder.runMillis)), ended]);
    child.kill('SIGKILL');
    await ended;
    savedAtKill.push(await countSaved(flags));

    const again = await runPhotoorg([...folder.words, ...flags]);
    expect(parseRecords(again.stdout)).toMatchObject([{ interrupted: false, seen: folder.files + 1, missing: 0 }]);
    await using library = await openPhotoLibrary(openOptions(flags));
    const photos = await Array.fromAsync(library.photos.iterate({ includeMissing: true }));
    expect(photos).toHaveLength(folder.photos);
    expect(new Set(photos.map((photo) => photo.sha256)).size).toBe(folder.photos);
    const files = await Promise.all(photos.map((photo) => library.photos.files(photo.photoId)));
    expect(new Set(files.flat().map((file) => file.path)).size).toBe(folder.files);
    expect(files.flat()).toHaveLength(folder.files);
    // All show the same scene: a face more or less is one doubled or lost.
    expect(new Set(photos.map((photo) => photo.facesCount)).size).toBe(1);
    expect(photos.every((photo) => (photo.facesDetectedAt !== null) === (folder === withFaces))).toBe(true);
    expect(await library.runs.errors({ unresolved: true })).toMatchObject([{ path: 'broken.jpg' }]);
    expect((await library.diagnose()).filter((diagnosis) => diagnosis.status === 'error')).toEqual([]);
  });
});

async function countSaved(flags: readonly string[]): Promise<string> {
  await using library = await openPhotoLibrary(openOptions(flags));
  return String((await library.photos.list({ limit: 1 })).total);
}

function openOptions(flags: readonly string[]) {
  return { database: flags[1]!, library: flags[3]! };
}
