import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readRecords, runPhotoorg } from './run-photoorg.ts';
import { samplePhoto } from './sample-photos.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

async function libraryWithOnePhoto(name: string) {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  await copyFile(samplePhoto(1), join(root, name));
  const ingest = ['ingest', '--root', root, '--exif', '--quiet', ...library.flags];
  return { ...library, root, ingest };
}

it('names places unless told not to, finds photos by them, and says whom to thank', async () => {
  const { ingest, flags } = await libraryWithOnePhoto('one.jpg');
  await readRecords([...ingest, '--no-places']);
  expect(await readRecords(['photos', ...flags])).toMatchObject([{ placeCity: null, placeCountry: null }]);

  // Nothing is read again for it.
  expect(await readRecords(ingest)).toMatchObject([{ unchanged: 1, updated: 0 }]);
  const place = { placeCity: 'San Jose', placeRegion: 'California', placeCountry: 'United States', placeCountryCode: 'US' };
  expect(await readRecords(['photos', '--place', 'san jose', ...flags])).toMatchObject([place]);
  expect(await readRecords(['photos', '--place', 'FR', ...flags])).toEqual([]);

  const table = await runPhotoorg(['photos', ...flags]);
  expect(table.stdout).toContain('San Jose, United States');
  expect(table.stderr).toContain('GeoNames');
});

it('chooses shot times by the rules of a file, and refuses one that is wrong', async () => {
  const { ingest, flags, folder, root } = await libraryWithOnePhoto('13072009001.jpg');
  const rules = join(folder, 'rules.json');
  await writeFile(
    rules,
    JSON.stringify({
      order: ['file:name'],
      fileNames: [{ pattern: '^(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d{4})\\d{3}\\.' }],
    }),
  );
  await readRecords(ingest);
  expect(await readRecords([...ingest, '--date-rules', rules])).toMatchObject([{ updated: 1 }]);
  expect(await readRecords(['photos', ...flags])).toMatchObject([{ shotLocal: '2009-07-13T00:00:00', shotSource: 'file:name' }]);
  const file = join(root, '13072009001.jpg');
  expect(await readRecords(['metadata', file], { env: { PHOTOORG_DATE_RULES: rules } })).toMatchObject([
    { shotLocal: '2009-07-13T00:00:00' },
  ]);

  await writeFile(rules, JSON.stringify({ zones: [{ zone: 'Middle-earth/Shire' }] }));
  const refused = await runPhotoorg([...ingest, '--date-rules', rules]);
  expect(refused).toMatchObject({ code: 78, stderr: expect.stringContaining('zones[0].zone') });
});
