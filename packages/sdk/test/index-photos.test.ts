import { mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type IndexPhotosOptions, type IndexProgress, indexPhotos, type ScanItem } from '../src/index.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample, writeVariant } from './support/photo-folder.ts';
import { samplePhoto } from './support/sample-photos.ts';

const vision = useFaceAnalyzer();
const given = useLibraryAndFolder();
let root: string;

beforeEach(() => {
  root = given.folder;
});

function index(options: Partial<IndexPhotosOptions> = {}) {
  return indexPhotos({ library: given.library, root, scanPhotos, ...options });
}

async function writeVariants(count: number, folder = root): Promise<void> {
  for (let i = 0; i < count; i++) await writeVariant(`variant ${i}`, join(folder, `photo-${i}.jpg`));
}

async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await sql<Record<string, unknown>>`${sql.raw(query)}`.execute(given.context.db)).rows;
}

/** Everything that does not depend on the moment, with ids replaced by what they stand for. */
const CONTENT = `
  SELECT encode(photo.sha256, 'hex') AS sha256, photo.path, photo.shot_ts, photo.shot_local::text, photo.faces_count, photo.exif, photo.phash::text,
    (SELECT json_agg(json_build_array(bbox_x, bbox_y, bbox_w, bbox_h, detector_score, embedding::text, provenance) ORDER BY face.face_id)
      FROM faces face JOIN face_embeddings USING (face_id) WHERE face.photo_id = photo.photo_id) AS faces,
    (SELECT json_agg(file.path ORDER BY file.path) FROM photo_files file WHERE file.photo_id = photo.photo_id) AS files
  FROM photos photo ORDER BY photo.photo_id`;

describe('indexing with faces', () => {
  test('a second run finds nothing new and changes no row', async () => {
    await copySample(1, join(root, 'a.jpg'));
    await copySample(3, join(root, 'b.jpg'));
    const first = await index({ analyzer: vision.analyzer });
    expect(first).toMatchObject({ created: 2, failed: 0, interrupted: false, seen: 2 });
    expect(first.faces).toBeGreaterThan(2);
    const tables = ['photos', 'photo_files', 'faces', 'face_embeddings'];
    const before = await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table} ORDER BY 1`)));
    expect(await index({ analyzer: vision.analyzer })).toMatchObject({
      created: 0,
      updated: 0,
      moved: 0,
      unchanged: 2,
      faces: 0,
      missing: 0,
    });
    expect(await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table} ORDER BY 1`)))).toEqual(before);
  });

  test('the same files and options give the same rows, however many are under way at once', async () => {
    await copySample(1, join(root, 'a.jpg'));
    await copySample(3, join(root, 'b.jpg'));
    await copySample(3, join(root, 'c.jpg'));
    await index({ analyzer: vision.analyzer, concurrency: 1 });
    const first = await rows(CONTENT);
    await given.clear();
    await index({ analyzer: vision.analyzer, concurrency: 4, batchSize: 1 });
    expect(await rows(CONTENT)).toEqual(first);
    expect((await given.library.runs.list()).map((run) => run.configHash)).toHaveLength(1);
  });

  test('faces, metadata and crops that an earlier run left out are added without a new photo', async () => {
    await copySample(3, join(root, 'a.jpg'));
    await index({ exif: false });
    const [bare] = (await given.library.photos.list()).items;
    expect(bare).toMatchObject({ facesDetectedAt: null, cameraModel: null });
    expect(await index({ exif: false, analyzer: vision.analyzer, thumbnails: false })).toMatchObject({ created: 0, updated: 1 });
    const withFaces = await given.library.photos.getWithFaces(bare!.photoId);
    expect(withFaces.facesCount).toBeGreaterThan(0);
    expect(withFaces.faces.every((face) => !face.hasCrop)).toBe(true);
    expect(await index({ analyzer: vision.analyzer, thumbnails: true })).toMatchObject({ created: 0, updated: 1 });
    const complete = await given.library.photos.getWithFaces(bare!.photoId);
    expect(complete.cameraModel).not.toBeNull();
    expect(complete.faces.map((face) => face.faceId)).toEqual(withFaces.faces.map((face) => face.faceId));
    expect(complete.faces.every((face) => face.hasCrop)).toBe(true);
    expect(await index({ analyzer: vision.analyzer })).toMatchObject({ unchanged: 1, updated: 0 });
  });

  test.runIf(process.platform === 'linux')('a name that is not UTF-8 is a name like any other', async () => {
    const name = Buffer.from([0xe9, 0x74, 0xe9, 0x2e, 0x6a, 0x70, 0x67]);
    await writeVariant('été', Buffer.concat([Buffer.from(`${root}/`), name]));
    expect(await index({ analyzer: vision.analyzer })).toMatchObject({ created: 1, failed: 0 });
    const [photo] = (await given.library.photos.list()).items;
    expect(photo!.facesCount).toBeGreaterThan(0);
    const [file] = await given.library.photos.files(photo!.photoId);
    expect(Buffer.from(file!.absolutePath).subarray(-name.length)).toEqual(name);
    expect(await index({ analyzer: vision.analyzer })).toMatchObject({ unchanged: 1 });
  });
});

describe('files that move, change and go', () => {
  test('a moved file keeps its photo and its row; a copy gets a second row', async () => {
    await writeVariants(2);
    await index();
    const [before] = await rows(`SELECT file_id, photo_id FROM photo_files WHERE path = 'photo-0.jpg'`);
    await mkdir(join(root, 'sub'));
    await rename(join(root, 'photo-0.jpg'), join(root, 'sub', 'moved.jpg'));
    await writeVariant('variant 1', join(root, 'sub', 'copy.jpg'));
    expect(await index()).toMatchObject({ created: 0, moved: 1, updated: 1, unchanged: 1, missing: 0 });
    expect(await rows('SELECT path FROM photo_files ORDER BY path')).toEqual(
      ['photo-1.jpg', 'sub/copy.jpg', 'sub/moved.jpg'].map((path) => ({ path })),
    );
    expect(await rows(`SELECT file_id, photo_id FROM photo_files WHERE path = 'sub/moved.jpg'`)).toEqual([before]);
    expect((await given.library.photos.get(before!.photo_id as string)).path).toBe(join(root, 'sub/moved.jpg'));
    expect(await index()).toMatchObject({ unchanged: 3, moved: 0 });
  });

  test('two files that trade names trade photos', async () => {
    await writeVariants(2);
    await index();
    const before = await rows('SELECT path, photo_id FROM photo_files ORDER BY path');
    await rename(join(root, 'photo-0.jpg'), join(root, 'x.jpg'));
    await rename(join(root, 'photo-1.jpg'), join(root, 'photo-0.jpg'));
    await rename(join(root, 'x.jpg'), join(root, 'photo-1.jpg'));
    await index();
    const after = await rows('SELECT path, photo_id FROM photo_files ORDER BY path');
    expect(after.map((row) => row.photo_id)).toEqual(before.map((row) => row.photo_id).reverse());
    expect((await given.library.photos.list({ includeMissing: true })).items.every((photo) => !photo.missing)).toBe(true);
  });

  test('a file with another picture is a new photo; the old one is missing', async () => {
    await writeVariants(1);
    await index();
    await copySample(2, join(root, 'photo-0.jpg'));
    expect(await index()).toMatchObject({ created: 1 });
    const { items } = await given.library.photos.list({ includeMissing: true, order: 'added' });
    expect(items.map((photo) => [photo.missing, photo.path])).toEqual([
      [false, join(root, 'photo-0.jpg')],
      [true, null],
    ]);
  });

  test('deleted files become missing, and come back when they do', async () => {
    await writeVariants(6);
    await index();
    await rename(join(root, 'photo-2.jpg'), `${root}-kept.jpg`);
    expect(await index()).toMatchObject({ missing: 1, missingNotMarked: null });
    expect((await given.library.photos.list()).total).toBe(5);
    await rename(`${root}-kept.jpg`, join(root, 'photo-2.jpg'));
    expect(await index()).toMatchObject({ created: 0, updated: 1, missing: 0 });
    expect((await given.library.photos.list()).total).toBe(6);
  });

  test('when more than a fifth vanish at once, nothing is marked unless that is accepted', async () => {
    await writeVariants(5);
    await index();
    for (const name of ['photo-0.jpg', 'photo-1.jpg']) await rm(join(root, name));
    expect(await index()).toMatchObject({
      missing: 0,
      missingNotMarked: { reason: 'too-many-vanished', vanished: 2, known: 5, remedy: expect.stringContaining('mounted') },
    });
    expect((await given.library.photos.list()).total).toBe(5);
    expect(await index({ acceptMissing: true })).toMatchObject({ missing: 2, missingNotMarked: null });
    expect((await given.library.photos.list()).total).toBe(3);
  });

  test('a root that is gone fails the run and loses nothing', async () => {
    await writeVariants(1);
    await index();
    await rename(root, `${root}-away`);
    await expect(index()).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
    await rename(`${root}-away`, root);
    expect((await given.library.photos.list()).total).toBe(1);
    expect((await given.library.runs.list()).map((run) => run.status)).toEqual(['failed', 'finished']);
  });

  test('what lies in a folder that cannot be read is not missing', async () => {
    await mkdir(join(root, 'closed'));
    await writeVariants(1, join(root, 'closed'));
    await writeVariants(1);
    await index();
    const denied = Object.assign(new Error('permission denied'), { code: 'FILE_UNREADABLE', retryable: true });
    const result = await index({
      acceptMissing: true,
      async *scanPhotos(options): AsyncGenerator<ScanItem> {
        for await (const item of scanPhotos(options)) if (!item.file.path.startsWith('closed')) yield item;
        yield { kind: 'error', file: { root, path: 'closed', pathBytes: Buffer.from('closed') }, stage: 'walk', error: denied };
      },
    });
    expect(result).toMatchObject({ failed: 1, missing: 0 });
  });
});

describe('files that fail', () => {
  test('a cut-short file is recorded, left alone while it stays as it is, and cleared when it works', async () => {
    await writeVariants(6);
    await index();
    await truncate(join(root, 'photo-0.jpg'), 5_000);
    const failed: string[] = [];
    expect(await index({ onFileError: (error) => failed.push(`${error.path} ${error.code}`) })).toMatchObject({
      damaged: 1,
      updated: 1,
      unchanged: 5,
      missing: 0,
    });
    expect(failed).toEqual(['photo-0.jpg IMAGE_TRUNCATED']);
    expect(await index()).toMatchObject({ failed: 0, failedBefore: 1, unchanged: 5 });
    expect(await index({ retryFailed: true })).toMatchObject({ damaged: 1, failedBefore: 0 });
    expect(await given.library.runs.errors({ unresolved: true })).toMatchObject([
      { path: 'photo-0.jpg', stage: 'pixels', attempts: 2 },
    ]);
    await writeVariant('variant 0', join(root, 'photo-0.jpg'));
    expect(await index()).toMatchObject({ damaged: 0, updated: 1 });
    expect(await given.library.runs.errors({ unresolved: true })).toEqual([]);
    expect((await given.library.photos.list()).total).toBe(6);
  });

  test('one bad file among good ones costs only itself', async () => {
    await writeVariants(3);
    await writeFile(join(root, 'empty.jpg'), '');
    await writeFile(join(root, 'letter.jpg'), 'Dear diary');
    expect(await index({ batchSize: 2 })).toMatchObject({ created: 3, failed: 2, seen: 5 });
    expect((await given.library.runs.errors()).map((error) => error.code).toSorted()).toEqual([
      'FILE_EMPTY',
      'UNSUPPORTED_FORMAT',
    ]);
  });

  test('the failure of a file that is gone goes with it, unless everything seems to be gone', async () => {
    await writeVariants(3);
    await mkdir(join(root, 'sub'));
    for (const name of ['bad.jpg', 'sub/other.jpg', 'renamed.jpg']) await writeFile(join(root, name), `no photo ${name}`);
    await index();
    const failing = async () => (await given.library.runs.errors({ unresolved: true })).map(({ path }) => path).toSorted();
    expect(await failing()).toEqual(['bad.jpg', 'renamed.jpg', 'sub/other.jpg']);
    await rm(join(root, 'bad.jpg'));
    await rename(join(root, 'renamed.jpg'), join(root, 'new-name.jpg'));
    expect(await indexPhotos({ library: given.library, root: join(root, 'sub'), scanPhotos })).toMatchObject({ failedBefore: 1 });
    expect(await failing()).toEqual(['bad.jpg', 'renamed.jpg', 'sub/other.jpg']);
    expect(await index()).toMatchObject({ unchanged: 3, failed: 1, failedBefore: 1 });
    expect(await failing()).toEqual(['new-name.jpg', 'sub/other.jpg']);
    await rename(root, `${root}-elsewhere`);
    await mkdir(root);
    expect((await index()).missingNotMarked).toMatchObject({ reason: 'root-empty' });
    expect(await failing()).toEqual(['new-name.jpg', 'sub/other.jpg']);
    await rm(root, { recursive: true });
    await rename(`${root}-elsewhere`, root);
  });

  test('a photo that the database refuses costs only itself', async () => {
    await writeVariants(3);
    const result = await index({
      async *scanPhotos(options): AsyncGenerator<ScanItem> {
        for await (const item of scanPhotos(options)) {
          if (item.kind === 'photo' && item.file.path === 'photo-1.jpg') {
            yield { ...item, photo: { ...item.photo, file: { ...item.photo.file!, mtimeNs: 2n ** 64n } } };
          } else yield item;
        }
      },
    });
    expect(result).toMatchObject({ created: 2, failed: 1 });
    expect(await given.library.runs.errors()).toMatchObject([{ path: 'photo-1.jpg', stage: 'save' }]);
  });

  test('a photo whose faces cannot be looked for is saved without, and the failure is told', async () => {
    await writeVariants(1);
    const broken = {
      ...vision.analyzer,
      analyze: (_image: unknown, options?: { signal?: AbortSignal }) => vision.analyzer.analyze(Buffer.from('no image'), options),
    };
    expect(await index({ analyzer: broken })).toMatchObject({ created: 1, failed: 0 });
    expect(await given.library.runs.errors()).toMatchObject([{ stage: 'faces', code: 'IMAGE_UNREADABLE' }]);
    expect(await index({ analyzer: vision.analyzer })).toMatchObject({ failedBefore: 1 });
    expect(await index({ analyzer: vision.analyzer, retryFailed: true })).toMatchObject({ updated: 1 });
    expect(await given.library.runs.errors({ unresolved: true })).toEqual([]);
  });
});

describe('runs', () => {
  test('an aborted run stops cleanly, and the next one finishes the work', async () => {
    await writeVariants(12);
    const stop = new AbortController();
    const result = await index({
      batchSize: 2,
      signal: stop.signal,
      async *scanPhotos(options): AsyncGenerator<ScanItem> {
        let scanned = 0;
        for await (const item of scanPhotos(options)) {
          if (++scanned === 7) stop.abort(new Error('enough'));
          yield item;
        }
      },
    });
    expect(result.interrupted).toBe(true);
    expect((await given.library.runs.list())[0]).toMatchObject({ status: 'interrupted', counts: { created: result.created } });
    const kept = (await given.library.photos.list()).total!;
    expect(kept).toBe(result.created);
    expect(kept).toBeLessThan(12);
    expect(await index()).toMatchObject({ created: 12 - kept, unchanged: kept });
    expect((await given.library.photos.list()).total).toBe(12);
  });

  test('a dry run reads everything and writes nothing', async () => {
    await writeVariants(2);
    expect(await index({ dryRun: true })).toMatchObject({ created: 2, runId: null });
    for (const table of ['photos', 'roots', 'ingest_runs', 'ingest_errors'])
      expect(await rows(`SELECT * FROM ${table}`)).toEqual([]);
  });

  test('progress only grows, adds up, and ends with the result', async () => {
    await writeVariants(8);
    const reports: IndexProgress[] = [];
    const result = await index({ onProgress: (progress) => reports.push(progress), countPhotos: async () => 8 });
    for (const { seen, created, updated, moved, unchanged, failed, failedBefore } of reports) {
      expect(seen).toBe(created + updated + moved + unchanged + failed + failedBefore);
    }
    expect(reports.map((report) => report.seen)).toEqual(reports.map((report) => report.seen).toSorted((a, b) => a - b));
    expect(reports.at(-1)).toMatchObject({ seen: 8, total: 8, created: result.created, etaMillis: 0 });
  });

  test('a run that was killed is closed by the next one, when it has been silent for long', async () => {
    await writeVariants(1);
    const killed = await given.library.runs.start({ config: {}, versions: {} });
    const working = await given.library.runs.start({ config: {}, versions: {} });
    await sql`UPDATE ingest_runs SET seen_ts = now() - interval '1 hour' WHERE run_id = ${killed.runId}`.execute(
      given.context.db,
    );
    await index();
    const runs = await given.library.runs.list();
    const statuses = new Map(runs.map((run) => [run.runId, run.status]));
    expect([killed, working].map(({ runId }) => statuses.get(runId))).toEqual(['interrupted', 'running']);
  });

  test('the config hash tells runs that did the same from runs that did not', async () => {
    await writeVariants(1);
    for (const options of [{}, {}, { exif: false }]) await index(options);
    const hashes = (await given.library.runs.list()).map((run) => run.configHash).reverse();
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
  });

  test("a scanner of one's own fits in, whatever it yields", async () => {
    const file = {
      root,
      path: 'a.jpg',
      pathBytes: Buffer.from('a.jpg'),
      size: 1,
      mtimeNs: 1n,
      inode: 1n,
      modifiedAt: new Date(0),
      createdAt: null,
    };
    const result = await index({
      async *scanPhotos(): AsyncGenerator<ScanItem> {
        yield { kind: 'photo', file, photo: { ...samplePhoto('a'), file: null } };
      },
    });
    expect(result).toMatchObject({ created: 1 });
    expect((await given.library.photos.list()).items).toMatchObject([{ path: join(root, 'a.jpg') }]);
  });
});
