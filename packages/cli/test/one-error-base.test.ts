import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PhotoorgError } from '@photoorg/errors';
import { type IngestError, type IngestErrorCode, readPhotoMetadata, renderThumbnail } from '@photoorg/ingest';
import { copySqliteToPostgres, type MigrateError, type MigrateErrorCode } from '@photoorg/migrate';
import {
  type ConflictCode,
  type ConflictError,
  type DatabaseDiskError,
  type DatabaseUnavailableError,
  type NotFoundError,
  openPhotoLibrary,
  type PhotoLibrary,
  PhotoorgError as PhotoorgErrorOfSdk,
} from '@photoorg/sdk';
import {
  createFaceAnalyzer,
  decodeImage,
  type VisionError,
  type VisionErrorCode,
  type WorkerCrashedError,
} from '@photoorg/vision';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';

let library: PhotoLibrary;
let folder: string;
let noPhoto: string;

beforeAll(async () => {
  library = await openPhotoLibrary({ database: 'memory://' });
  folder = await mkdtemp(join(tmpdir(), 'photoorg-errors-'));
  noPhoto = join(folder, 'holiday.jpg');
  await writeFile(noPhoto, 'no photo');
});

afterAll(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function analyzeInWorker() {
  await using analyzer = await createFaceAnalyzer({ workers: 1 });
  await analyzer.analyze(noPhoto);
}

async function startWithoutModels() {
  await using analyzer = await createFaceAnalyzer({ workers: 1, modelsFolder: folder });
  await analyzer.analyze(noPhoto);
}

const thrown: { desc: string; act: () => Promise<unknown>; code: string; advice: RegExp | null }[] = [
  { desc: 'sdk', act: () => library.photos.get('nowhere'), code: 'PHOTO_NOT_FOUND', advice: null },
  { desc: 'migrate', act: () => copySqliteToPostgres({ sqlite: noPhoto, library }), code: 'SQLITE_UNREADABLE', advice: null },
  { desc: 'vision', act: () => decodeImage(noPhoto), code: 'IMAGE_UNREADABLE', advice: null },
  { desc: "vision's worker", act: analyzeInWorker, code: 'IMAGE_UNREADABLE', advice: null },
  { desc: "vision's worker without models", act: startWithoutModels, code: 'MODEL_MISSING', advice: /^Build the models/ },
  { desc: 'ingest', act: () => renderThumbnail(noPhoto), code: 'UNSUPPORTED_FORMAT', advice: null },
  {
    desc: "ingest's worker",
    act: () => readPhotoMetadata(join(folder, 'missing.jpg')),
    code: 'FILE_UNREADABLE',
    advice: null,
  },
];

describe('an error', () => {
  test.each(thrown)('of $desc has the one base, and says by its fields what to do', async ({ act, code, advice }) => {
    const error = await act().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PhotoorgError);
    if (!PhotoorgError.isInstance(error)) throw error;
    expect(error.code).toBe(code);
    expect(error.name).toMatch(/^[A-Z]\w+Error$/);
    expect(error.retryable).toBeTypeOf('boolean');
    if (advice === null) expect(error.remedy === null || error.message.endsWith(error.remedy)).toBe(true);
    else expect(error.remedy).toMatch(advice);
  });

  test('is told apart by the base that the SDK exports', () => {
    expect(PhotoorgErrorOfSdk).toBe(PhotoorgError);
  });

  test('of a film says in its own field to switch exiftool on, also from the worker that read it', async () => {
    const film = join(folder, 'film.mp4');
    await writeFile(film, 'no film');
    await expect(readPhotoMetadata(film)).rejects.toMatchObject({ remedy: 'Switch exiftool on.', retryable: false });
  });

  test('has its codes in its type', () => {
    expectTypeOf<DatabaseUnavailableError['code']>().toEqualTypeOf<'DATABASE_UNAVAILABLE'>();
    expectTypeOf<DatabaseDiskError['code']>().toEqualTypeOf<'DISK_FULL' | 'DISK_IO_ERROR'>();
    expectTypeOf<ConflictError['code']>().toEqualTypeOf<ConflictCode>();
    expectTypeOf<'EVENT_NOT_FOUND'>().toExtend<NotFoundError['code']>();
    expectTypeOf<string>().not.toExtend<NotFoundError['code']>();
    expectTypeOf<IngestError['code']>().toEqualTypeOf<IngestErrorCode>();
    expectTypeOf<MigrateError['code']>().toEqualTypeOf<MigrateErrorCode>();
    expectTypeOf<VisionError['code']>().toEqualTypeOf<VisionErrorCode>();
    expectTypeOf<WorkerCrashedError['code']>().toEqualTypeOf<'WORKER_CRASHED'>();
  });
});
