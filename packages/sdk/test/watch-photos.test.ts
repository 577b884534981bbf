import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos, watchFolder } from '@photoorg/ingest';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeRaw } from '../../ingest/test/support/raw-files.ts';
import { makeJpeg, xmpPacket } from '../../ingest/test/support/test-images.ts';
import { type IndexPhotosResult, indexPhotos, type WatchPhotosResult, watchPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { writeVariant } from './support/photo-folder.ts';

// Each step waits for files to be quiet, on machines that are busy with others.
vi.setConfig({ testTimeout: 300_000 });

const QUIET_MILLIS = 400;

const given = useLibraryAndFolder();
let root: string;
let stop: AbortController;

beforeEach(async () => {
  root = join(given.folder, 'photos');
  await mkdir(root);
  stop = new AbortController();
});

function watch() {
  return watchPhotos({
    library: given.library,
    root,
    scanPhotos,
    watchFolder: (options) => watchFolder({ ...options, quietMillis: QUIET_MILLIS }),
    signal: stop.signal,
  });
}

/** Runs go by until one has done something; which run sees a change depends on when the system tells of it. */
async function runThat(did: keyof IndexPhotosResult, runs: AsyncIterator<WatchPhotosResult>): Promise<WatchPhotosResult> {
  for (;;) {
    const { value, done } = await runs.next();
    if (done) throw new Error('The watch has ended.');
    if (value[did]) return value;
  }
}

async function paths(): Promise<string[]> {
  return (await given.library.photos.list()).items.map((photo) => photo.path!.slice(root.length + 1)).sort();
}

describe('watching a folder', () => {
  test('indexes what is there, then what comes, moves and goes', async () => {
    for (let i = 0; i < 6; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await using runs = watch();
    expect(await runThat('created', runs)).toMatchObject({ created: 6, failed: 0 });

    await mkdir(join(root, 'later'));
    await writeVariant('later', join(root, 'later', 'new.jpg'));
    expect(await runThat('created', runs)).toMatchObject({ created: 1, unchanged: 6 });

    const [before] = (await given.library.photos.list()).items.filter((photo) => photo.path?.endsWith('photo-0.jpg'));
    await rename(join(root, 'photo-0.jpg'), join(root, 'later', 'renamed.jpg'));
    expect(await runThat('moved', runs)).toMatchObject({ moved: 1, created: 0, missing: 0 });
    expect((await given.library.photos.get(before!.photoId)).path).toBe(join(root, 'later', 'renamed.jpg'));

    await rm(join(root, 'photo-1.jpg'));
    expect(await runThat('missing', runs)).toMatchObject({ missing: 1, missingNotMarked: null });
    expect(await paths()).toHaveLength(6);

    stop.abort();
    expect(await runs.next()).toEqual({ value: undefined, done: true });
    expect((await given.library.runs.list()).every((run) => run.status === 'finished')).toBe(true);
  });

  test('looks at what came or changed alone, and at everything when something went', async () => {
    for (let i = 0; i < 6; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await using runs = watch();
    expect((await runs.next()).value).toMatchObject({ look: 'everything' });
    while ((await paths()).length < 6) await runs.next();

    await writeVariant('new', join(root, 'new.jpg'));
    expect(await runThat('created', runs)).toMatchObject({ seen: 1, created: 1, look: 'changes' });
    await writeVariant('edited', join(root, 'photo-0.jpg'));
    expect(await runThat('seen', runs)).toMatchObject({ seen: 1, failed: 0, unchanged: 0, look: 'changes' });

    await writeFile(join(root, 'photo-1.jpg.xmp'), xmpPacket('<dc:title>Told beside it</dc:title>'));
    expect(await runThat('updated', runs)).toMatchObject({ seen: 1, updated: 1, look: 'changes' });
    await writeFile(join(root, 'new.dng'), makeRaw('dng', { preview: await makeJpeg(), orientation: 1 }));
    expect(await runThat('seen', runs)).toMatchObject({ failed: 0, look: 'changes' });
    const { items } = await given.library.photos.list();
    expect(items.filter(({ title }) => title === 'Told beside it').map(({ path }) => path)).toEqual([join(root, 'photo-1.jpg')]);

    await rm(join(root, 'photo-1.jpg.xmp'));
    expect(await runThat('seen', runs)).toMatchObject({ look: 'everything', missing: 0 });
    await rm(join(root, 'photo-2.jpg'));
    expect(await runThat('missing', runs)).toMatchObject({ missing: 1, look: 'everything' });
    // What was found in part is what would have been found in whole.
    stop.abort();
    const again = await indexPhotos({ library: given.library, root, scanPhotos });
    expect(again).toMatchObject({ created: 0, updated: 0, moved: 0, missing: 0, failed: 0 });
  });

  test('a copy that stops for a while is a damaged photo until the rest of it comes', async () => {
    await using runs = watch();
    await runs.next();
    const whole = await makeJpeg({}, [640, 480]);
    const half = Math.floor(whole.length / 2);
    await using file = await open(join(root, 'copied.jpg'), 'w');
    await file.write(whole.subarray(0, half));
    expect(await runThat('created', runs)).toMatchObject({ created: 1, damaged: 1 });
    const [damaged] = (await given.library.photos.list()).items;
    expect(damaged).toMatchObject({ pictureError: 'IMAGE_TRUNCATED' });
    await file.write(whole.subarray(half));
    expect(await runThat('updated', runs)).toMatchObject({ created: 0, updated: 1, damaged: 0 });
    const { items, total } = await given.library.photos.list({ includeMissing: true });
    expect(total).toBe(1);
    expect(items).toMatchObject([{ photoId: damaged!.photoId, pictureError: null }]);
    expect(await given.library.runs.errors({ unresolved: true })).toEqual([]);
  });

  test('looks at everything after the time between two such looks, however much came meanwhile', async () => {
    await using runs = watchPhotos({
      library: given.library,
      root,
      scanPhotos,
      watchFolder: (options) => watchFolder({ ...options, quietMillis: QUIET_MILLIS }),
      rescanMillis: 1,
      signal: stop.signal,
    });
    for (let i = 0; i < 3; i++) {
      expect((await runs.next()).value).toMatchObject({ look: 'everything' });
      await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    }
    await runThat('created', runs);
  });

  test('does not take most files for deleted when they vanish at once', async () => {
    for (let i = 0; i < 5; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await using runs = watch();
    await runThat('created', runs);
    for (let i = 0; i < 4; i++) await rm(join(root, `photo-${i}.jpg`));
    expect(await runThat('missingNotMarked', runs)).toMatchObject({ missing: 0 });
    expect(await paths()).toHaveLength(5);
  });

  test('reads a file when its copying has come to an end, not before', async () => {
    await using runs = watch();
    await runs.next();
    await writeVariant('whole', join(given.folder, 'source.jpg'));
    const content = await readFile(join(given.folder, 'source.jpg'));
    const target = await open(join(root, 'copy.jpg'), 'w');
    const copying = (async () => {
      // In pieces with pauses shorter than what counts as quiet, long enough for several looks.
      for (let at = 0; at < content.length; at += Math.ceil(content.length / 10)) {
        await target.write(content.subarray(at, at + Math.ceil(content.length / 10)));
        await new Promise((resolve) => setTimeout(resolve, QUIET_MILLIS / 4));
      }
      await target.close();
    })();
    expect(await runThat('created', runs)).toMatchObject({ created: 1, failed: 0, failedBefore: 0 });
    await copying;
    expect(await given.library.runs.errors()).toEqual([]);
  });

  test('a run that is stopped in the middle gives its result, and the watch ends', async () => {
    for (let i = 0; i < 20; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    const runs: IndexPhotosResult[] = [];
    for await (const run of watchPhotos({
      library: given.library,
      root,
      scanPhotos,
      watchFolder: (options) => watchFolder({ ...options, quietMillis: 0 }),
      batchSize: 1,
      concurrency: 1,
      signal: stop.signal,
      onProgress: ({ created }) => {
        if (created > 0) stop.abort();
      },
    })) {
      runs.push(run);
    }
    expect(runs).toMatchObject([{ interrupted: true }]);
    expect(await paths()).toHaveLength(runs[0]!.created);
  });

  test('ends with an error when the folder is taken away', async () => {
    await writeFile(join(root, 'note.txt'), 'x');
    const runs = watchPhotos({ library: given.library, root, scanPhotos, watchFolder, pollMillis: 100, signal: stop.signal });
    await runs.next();
    await rm(root, { recursive: true });
    await expect(runs.next()).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
  });
});
