import { once } from 'node:events';
import { appendFile, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createThumbnailCache, scanPhotos } from '@photoorg/ingest';
import { createFaceAnalyzer } from '@photoorg/vision';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeRaw } from '../../ingest/test/support/raw-files.ts';
import { makeJpeg } from '../../ingest/test/support/test-images.ts';
import { serverUrlOf } from '../src/database/server/open-server-database.ts';
import { enqueuePhotos, type IndexQueuedPhotosOptions, indexPhotos, indexQueuedPhotos } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { describeEmbedded } from './support/embedded-only.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { copySample, temporaryFolder, writeVariant } from './support/photo-folder.ts';
import { runScript, SEVERAL_PROCESSES_MILLIS } from './support/run-script.ts';

// A dead worker is noticed after half a minute.
vi.setConfig({ testTimeout: SEVERAL_PROCESSES_MILLIS });

const given = useFaceAnalyzer();
let opened: TestLibrary;
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

describeEmbedded('a queue on the embedded database', () => {
  test('is refused with what to do instead', async () => {
    await using temporary = await temporaryFolder();
    const { library } = opened;
    const enqueuing = enqueuePhotos({ library, root: temporary.folder, scanPhotos });
    await expect(enqueuing).rejects.toMatchObject({ code: 'QUEUE_NEEDS_SERVER' });
    await expect(indexQueuedPhotos({ library, scanPhotos })).rejects.toMatchObject({ code: 'QUEUE_NEEDS_SERVER' });
  });
});

describe.skipIf(process.env.TEST_DATABASE_URL === undefined)('a queue on a server', () => {
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  let root: string;
  beforeEach(async () => {
    await opened.clear();
    temporary = await temporaryFolder();
    root = join(temporary.folder, 'photos');
    await mkdir(root);
    return () => temporary[Symbol.asyncDispose]();
  });

  const enqueue = (options = {}) => enqueuePhotos({ library: opened.library, root, scanPhotos, ...options });
  const work = (options: Partial<IndexQueuedPhotosOptions> = {}) =>
    indexQueuedPhotos({ library: opened.library, scanPhotos, drain: true, ...options });
  const latestRun = async () => (await opened.library.runs.list({ limit: 1 }))[0]!;
  const files = async () => {
    const { rows } = await sql<{ path: string; photo: string; missing: boolean }>`
      SELECT path, photo_id AS photo, missing_since IS NOT NULL AS missing FROM photo_files ORDER BY path`.execute(
      opened.context.db,
    );
    return rows;
  };

  test('what is new is enqueued once, indexed by a worker, and the run finished with its counts', async () => {
    for (let i = 0; i < 5; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await writeFile(join(root, 'broken.jpg'), 'no photo at all');
    expect(await enqueue()).toMatchObject({ seen: 6, enqueued: 6, unchanged: 0 });
    expect(await enqueue()).toMatchObject({ seen: 6, enqueued: 0, unchanged: 0 });
    expect(await work()).toMatchObject({ created: 5, failed: 1, interrupted: false });
    const runs = await opened.library.runs.list();
    expect(runs.map((run) => run.status)).toEqual(['finished', 'finished']);
    expect(runs.find((run) => run.counts.queued === 6)?.counts).toMatchObject({ created: 5, failed: 1, missing: 0 });
    expect(runs.find((run) => run.counts.queued === 6)?.stageMillis.metadata).toBeGreaterThan(0);
    expect(await opened.library.runs.errors()).toMatchObject([{ path: 'broken.jpg', attempts: 1 }]);
    expect(await enqueue()).toMatchObject({ enqueued: 0, unchanged: 5, failedBefore: 1 });
    expect((await latestRun()).status).toBe('finished');
    expect(await enqueue({ retryFailed: true })).toMatchObject({ enqueued: 1, unchanged: 5 });
    expect(await work()).toMatchObject({ failed: 1 });
    expect(await opened.library.runs.errors()).toMatchObject([{ path: 'broken.jpg', attempts: 2 }]);
  });

  test('the rows are those of an ordinary run, RAW files and films included', async () => {
    for (let i = 1; i <= 4; i++) await copySample(i, join(root, `${i}.jpg`));
    await copySample(2, join(root, 'copy.jpg'));
    await writeFile(join(root, '3.dng'), makeRaw('dng', { preview: await makeJpeg(), orientation: 1 }));
    await writeFile(join(root, '4.mov'), 'a film');
    const content = () =>
      sql`SELECT encode(sha256, 'hex') AS sha256, path, shot_ts, shot_local::text, exif, phash::text, thumbhash,
        (SELECT json_agg(json_build_array(file.path, file.kind) ORDER BY file.path) FROM photo_files file WHERE file.photo_id = photos.photo_id) AS files
        FROM photos ORDER BY sha256`.execute(opened.context.db);
    await indexPhotos({ library: opened.library, root, scanPhotos });
    const expected = (await content()).rows;
    await opened.clear();
    await enqueue();
    await work();
    expect((await content()).rows).toEqual(expected);
    // Five pictures and the RAW file of another moment; the film is part of the fourth.
    expect(await enqueue()).toMatchObject({ seen: 6, enqueued: 0, unchanged: 6 });
    expect(await indexPhotos({ library: opened.library, root, scanPhotos })).toMatchObject({ unchanged: 6, created: 0 });
  });

  test('a moved file keeps its row, a vanished one is missing when the run ends, and most at once are guarded', async () => {
    for (let i = 0; i < 8; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await enqueue();
    await work();
    const before = await files();
    await mkdir(join(root, 'sub'));
    await rename(join(root, 'photo-0.jpg'), join(root, 'sub', 'moved.jpg'));
    await copyFile(join(root, 'sub', 'moved.jpg'), join(root, 'sub', 'twin.jpg'));
    await rm(join(root, 'photo-1.jpg'));
    expect(await enqueue()).toMatchObject({ enqueued: 2, unchanged: 6 });
    expect((await files()).filter((file) => file.missing)).toEqual([]);
    expect(await work()).toMatchObject({ moved: 1, updated: 1, created: 0 });
    const after = await files();
    expect(after.filter((file) => file.missing).map((file) => file.path)).toEqual(['photo-1.jpg']);
    const twins = after.filter((file) => file.path.startsWith('sub/'));
    expect(twins.map((file) => file.photo)).toEqual([before[0]!.photo, before[0]!.photo]);
    expect(after).toHaveLength(9);

    for (let i = 2; i < 7; i++) await rm(join(root, `photo-${i}.jpg`));
    await enqueue();
    await work();
    expect((await files()).filter((file) => file.missing)).toHaveLength(1);
    await enqueue({ acceptMissing: true });
    expect((await files()).filter((file) => file.missing)).toHaveLength(6);
  });

  test('a file that was moved and edited keeps its row', async () => {
    for (const name of ['one', 'two']) await writeVariant(name, join(root, `${name}.jpg`));
    await enqueue();
    await work();
    const [before] = await files();
    await mkdir(join(root, 'sub'));
    await rename(join(root, 'one.jpg'), join(root, 'sub', 'one.jpg'));
    await appendFile(join(root, 'sub', 'one.jpg'), ' edited');
    expect(await enqueue()).toMatchObject({ enqueued: 1, unchanged: 1 });
    expect(await work()).toMatchObject({ moved: 1, created: 0 });
    const after = await files();
    expect(after).toHaveLength(2);
    expect(after.filter((file) => file.missing)).toEqual([]);
    expect(after.find((file) => file.path === 'sub/one.jpg')?.photo).toBe(before!.photo);
  });

  test('a worker that has the folder elsewhere reads it there and stores it where the library knows it', async () => {
    await writeVariant('one', join(root, 'one.jpg'));
    await enqueue();
    const elsewhere = join(temporary.folder, 'mounted');
    await rename(root, elsewhere);
    expect(await work()).toMatchObject({ created: 0 });
    expect((await latestRun()).status).toBe('running');
    expect(await work({ rootMap: { [temporary.folder]: '/nowhere', [root]: elsewhere } })).toMatchObject({ created: 1 });
    expect((await opened.library.photos.list()).items[0]!.path).toBe(join(root, 'one.jpg'));
    expect((await latestRun()).status).toBe('finished');
  });

  test('a stopped worker gives back what it has not done', async () => {
    for (let i = 0; i < 12; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await enqueue();
    const stop = new AbortController();
    const stopAtSecond: typeof scanPhotos = (options) => {
      let asked = 0;
      return scanPhotos({
        ...options,
        isKnownContent(sha256) {
          if (++asked === 2) stop.abort();
          return options.isKnownContent?.(sha256) ?? false;
        },
      });
    };
    expect(await work({ scanPhotos: stopAtSecond, concurrency: 1, signal: stop.signal })).toMatchObject({ interrupted: true });
    expect((await latestRun()).status).toBe('running');
    await work();
    expect((await latestRun()).counts).toMatchObject({ queued: 12, created: 12 });
    expect(await files()).toHaveLength(12);
  });

  test('a worker without an analyzer does what wants no faces, ends, and says what it leaves to others', async () => {
    const [plain, withFaces] = [join(root, 'plain'), join(root, 'with-faces')];
    for (const folder of [plain, withFaces]) {
      await mkdir(folder);
      for (let i = 0; i < 3; i++) await writeVariant(`${folder} ${i}`, join(folder, `photo-${i}.jpg`));
    }
    await enqueue({ root: withFaces, analyzer: given.analyzer });
    await enqueue({ root: plain });
    expect(await work()).toMatchObject({ created: 3, interrupted: false, leftToOthers: { wantingFaces: 3, elsewhere: 0 } });
    expect((await opened.library.runs.list()).map(({ status }) => status).sort()).toEqual(['finished', 'running']);
    await rename(withFaces, `${withFaces} unmounted`);
    expect(await work()).toMatchObject({ created: 0, leftToOthers: { wantingFaces: 0, elsewhere: 3 } });
    await rename(`${withFaces} unmounted`, withFaces);

    expect(await work({ analyzer: given.analyzer })).toMatchObject({
      created: 3,
      leftToOthers: { wantingFaces: 0, elsewhere: 0 },
    });
    expect((await opened.library.runs.list()).map(({ status }) => status)).toEqual(['finished', 'finished']);
  });

  test('files of one root that want faces are left where they are by a worker without an analyzer, however they were enqueued', async () => {
    for (let i = 0; i < 3; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await enqueue({ analyzer: given.analyzer });
    // As versions did that enqueued all files alike.
    await sql`UPDATE photoorg_queue.job SET priority = 0, singleton_key = 'file ' || (data ->> 'path') WHERE data ? 'path'`.execute(
      opened.context.db,
    );
    await writeVariant('later', join(root, 'later.jpg'));
    expect(await enqueue()).toMatchObject({ enqueued: 1 });
    expect(await work()).toMatchObject({ created: 1, leftToOthers: { wantingFaces: 3, elsewhere: 0 } });
    expect((await opened.library.runs.list()).map(({ status }) => status)).toEqual(['running', 'running']);
  });

  test('two workers drain a queue together, one that finds faces and one that does not', async () => {
    const photos = 40;
    for (let i = 0; i < photos; i++) await writeVariant(`faces ${i}`, join(root, `faces-${i}.jpg`));
    await enqueue({ analyzer: given.analyzer });
    for (let i = 0; i < photos; i++) await writeVariant(`plain ${i}`, join(root, `plain-${i}.jpg`));
    expect(await enqueue()).toMatchObject({ enqueued: photos });
    const [finding, plain] = await Promise.all([work({ analyzer: given.analyzer }), work()]);
    expect(finding.created + plain.created).toBe(2 * photos);
    expect(finding.leftToOthers).toEqual({ wantingFaces: 0, elsewhere: 0 });
    const { items } = await opened.library.photos.list({ limit: 2 * photos });
    const facesOf = (name: string) => items.filter(({ path }) => path?.includes(name)).map(({ facesCount }) => facesCount);
    expect(new Set(facesOf('/faces-')).size).toBe(1);
    expect(facesOf('/faces-')[0]).toBeGreaterThan(0);
    expect((await opened.library.runs.list()).map(({ status }) => status)).toEqual(['finished', 'finished']);
  });

  test('faces are found in what waited without them when they were wanted, and nothing that waits for them is added again', async () => {
    for (let i = 0; i < 3; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    expect(await enqueue()).toMatchObject({ enqueued: 3 });
    expect(await enqueue({ analyzer: given.analyzer })).toMatchObject({ enqueued: 3 });
    expect(await enqueue({ analyzer: given.analyzer })).toMatchObject({ enqueued: 0 });
    await writeVariant('later', join(root, 'later.jpg'));
    await enqueue({ analyzer: given.analyzer });
    expect(await enqueue()).toMatchObject({ enqueued: 0 });
    expect(await work()).toMatchObject({ created: 3, leftToOthers: { wantingFaces: 4 } });
    await work({ analyzer: given.analyzer });
    const { items } = await opened.library.photos.list();
    expect(items).toHaveLength(4);
    expect(items.every(({ facesCount }) => facesCount > 0)).toBe(true);
    expect((await opened.library.runs.list()).every(({ status }) => status === 'finished')).toBe(true);
  });

  test('runs are for the workers whose embeddings they want', async () => {
    const [float, int8] = [join(root, 'float'), join(root, 'int8')];
    for (const folder of [float, int8]) {
      await mkdir(folder);
      for (let i = 0; i < 2; i++) await writeVariant(`${folder} ${i}`, join(folder, `photo-${i}.jpg`));
    }
    await using quantised = await createFaceAnalyzer({ workers: 1, embedder: { quantisation: 'int8' } });
    await enqueue({ root: float, analyzer: given.analyzer });
    await enqueue({ root: int8, analyzer: quantised });
    expect(await work({ analyzer: quantised })).toMatchObject({ created: 2, leftToOthers: { wantingFaces: 2, elsewhere: 0 } });
    const asked: string[] = [];
    const rest = await work({
      analyzer: async ({ space }) => {
        asked.push(space.name);
        return given.analyzer;
      },
    });
    expect(rest).toMatchObject({ created: 2, leftToOthers: { wantingFaces: 0, elsewhere: 0 } });
    expect(asked).toEqual([given.analyzer.space.name]);
    const spaces = await opened.library.spaces.list();
    expect(spaces.map(({ name, faces }) => [name, faces > 0])).toEqual([
      [quantised.space.name, true],
      [given.analyzer.space.name, true],
    ]);
  });

  test('a run of workers has the config of a run of one process', async () => {
    await copySample(1, join(root, '1.jpg'));
    const options = { root, scanPhotos, analyzer: given.analyzer, places: false, dateRules: { ignore: ['file:mtime'] } };
    await enqueue(options);
    await work({ analyzer: given.analyzer });
    await indexPhotos({ library: opened.library, ...options });
    const [direct, queued] = await opened.library.runs.list();
    expect(direct!.config).toEqual(queued!.config);
    expect(direct!.configHash).toBe(queued!.configHash);
    expect(direct!.counts).toMatchObject({ unchanged: 1 });
  });

  test.each([{ concurrency: 2 }, { batchSize: 8 }, { minFace: 20 }, { dryRun: true }])(
    'what a queue cannot carry is refused: %o',
    async (option) => {
      await expect(enqueue(option)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(`There is no '${Object.keys(option)[0]}' in the options of enqueuePhotos`),
      });
    },
  );

  test('thumbnails are rendered for runs that were enqueued with them, by workers that render', async () => {
    const cache = createThumbnailCache({ folder: join(temporary.folder, 'thumbnails') });
    const scanWithThumbnails: typeof scanPhotos = (options) => scanPhotos({ ...options, thumbnails: { cache } });
    const thumbnails = async () => {
      const names = await readdir(join(temporary.folder, 'thumbnails')).catch(() => []);
      return names.filter((name) => name.endsWith('.webp')).length;
    };
    await writeVariant('without', join(root, 'without.jpg'));
    await enqueue({ thumbnails: false });
    await work({ scanWithThumbnails });
    expect(await thumbnails()).toBe(0);
    await writeVariant('with', join(root, 'with.jpg'));
    await enqueue();
    await work({ scanWithThumbnails });
    expect(await thumbnails()).toBe(1);
    await writeVariant('elsewhere', join(root, 'elsewhere.jpg'));
    await enqueue();
    expect(await work()).toMatchObject({ created: 1 });
    expect(await thumbnails()).toBe(1);
  });

  test('two worker processes share the photos, and what a killed one had in hand is done by the other', async () => {
    const photos = 70;
    for (let i = 0; i < photos; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    for (let i = 0; i < 10; i++) await copyFile(join(root, `photo-${i}.jpg`), join(root, `zz-copy-${i}.jpg`));
    await enqueue({ analyzer: given.analyzer });
    const url = serverUrlOf(opened.context.db)!;
    const [victim, survivor] = [runScript('work-on-queue.ts', url, 'faces'), runScript('work-on-queue.ts', url, 'faces')];
    await Promise.all([victim.nextLine(), survivor.nextLine()]);
    // Both have a batch in hand by now; the victim dies when some of its photos are saved and others are not.
    for (;;) {
      const { items } = await opened.library.photos.list({ limit: 1 });
      if (items.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await victim.kill();
    const [code] = await new Promise<[number | null]>((resolve) =>
      survivor.child.once('exit', (exitCode) => resolve([exitCode])),
    );
    expect(code).toBe(0);

    const { items, total } = await opened.library.photos.list({ limit: 200 });
    expect(total).toBe(photos);
    expect(new Set(items.map((photo) => photo.facesCount)).size).toBe(1);
    expect(await files()).toHaveLength(photos + 10);
    expect((await latestRun()).counts).toMatchObject({ queued: photos + 10, created: photos, missing: 0 });
    expect((await latestRun()).status).toBe('finished');
    expect((await opened.library.diagnose()).filter((diagnosis) => diagnosis.status === 'error')).toEqual([]);
    expect(await opened.library.runs.errors()).toEqual([]);
  });

  test('a file that every worker dies of is given up and named, and costs no other photo', async () => {
    for (let i = 0; i < 9; i++) await writeVariant(`variant ${i}`, join(root, `photo-${i}.jpg`));
    await enqueue();
    const url = serverUrlOf(opened.context.db)!;
    for (let death = 1; death <= 3; death++) {
      const worker = runScript('work-on-queue.ts', url, 'no-faces', 'photo-4.jpg');
      const [, signal] = await once(worker.child, 'exit');
      expect(signal).toBe('SIGKILL');
      // As if its silence had lasted long enough.
      await sql`UPDATE photoorg_queue.job SET heartbeat_on = heartbeat_on - interval '1 hour' WHERE state = 'active'`.execute(
        opened.context.db,
      );
    }
    await work();
    expect((await opened.library.photos.list()).total).toBe(8);
    expect(await opened.library.runs.errors()).toMatchObject([{ path: 'photo-4.jpg', stage: 'worker', code: 'WORKER_DIED' }]);
    expect(await latestRun()).toMatchObject({ status: 'finished', counts: { queued: 9, created: 8, failed: 1 } });
    expect(await enqueue()).toMatchObject({ enqueued: 0, unchanged: 8, failedBefore: 1 });
    expect(await enqueue({ retryFailed: true })).toMatchObject({ enqueued: 1 });
    expect(await work()).toMatchObject({ created: 1 });
    expect(await opened.library.runs.errors({ unresolved: true })).toEqual([]);
  });
});
