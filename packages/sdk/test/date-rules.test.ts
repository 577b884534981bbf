import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { beforeEach, expect, test } from 'vitest';
import { type IndexPhotosOptions, indexPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { writeVariant } from './support/photo-folder.ts';

const given = useLibraryAndFolder();

beforeEach(async () => {
  await writeVariant('scan', join(given.folder, '13072009001.jpg'));
});

const DAY_FIRST = {
  order: ['file:name'],
  fileNames: [{ pattern: '^(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d{4})\\d{3}\\.' }],
};

async function index(options: Partial<IndexPhotosOptions> = {}) {
  const result = await indexPhotos({ library: given.library, root: given.folder, scanPhotos, ...options });
  const { items } = await given.library.photos.list();
  const { created, updated, unchanged } = result;
  return { counts: { created, updated, unchanged }, local: items[0]!.shotLocal, source: items[0]!.shotSource };
}

const NEW = { created: 1, updated: 0, unchanged: 0 };
const CHANGED = { created: 0, updated: 1, unchanged: 0 };
const UNCHANGED = { created: 0, updated: 0, unchanged: 1 };

test('photos are read again when the rules come, change or go, and not otherwise', async () => {
  const first = await index();
  expect(first).toMatchObject({ counts: NEW, source: 'exif:DateTimeOriginal' });

  const ruled = { local: '2009-07-13T00:00:00', source: 'file:name' };
  expect(await index({ dateRules: DAY_FIRST })).toEqual({ counts: CHANGED, ...ruled });
  // The same rules, laid out differently.
  const { order, fileNames } = DAY_FIRST;
  expect(await index({ dateRules: { fileNames, order } })).toEqual({ counts: UNCHANGED, ...ruled });

  expect(await index({ dateRules: { ignore: ['exif:*', 'xmp:*'] } })).toMatchObject({
    counts: CHANGED,
    source: 'gps:DateTime',
  });
  expect(await index()).toEqual({ ...first, counts: CHANGED });
  expect(await index({ dateRules: {} })).toEqual({ ...first, counts: UNCHANGED });
});

test('rules that leave no time take the old one away', async () => {
  await index();
  const dateRules = { ignore: ['exif:*', 'xmp:*', 'file:*', 'gps:*'] };
  expect(await index({ dateRules })).toMatchObject({ counts: CHANGED, local: null, source: null });
  expect(await index({ dateRules })).toMatchObject({ counts: UNCHANGED });
});

test('a run without metadata neither needs the rules nor undoes them', async () => {
  await index({ dateRules: DAY_FIRST });
  expect(await index({ exif: false })).toMatchObject({ counts: UNCHANGED, source: 'file:name' });
});

test('the rules stand in the config of the run', async () => {
  await index({ dateRules: DAY_FIRST });
  const [run] = await given.library.runs.list();
  expect(run!.config).toMatchObject({ dateRules: DAY_FIRST });
});
