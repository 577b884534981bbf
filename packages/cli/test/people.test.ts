import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readRecords, runPhotoorg } from './run-photoorg.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

it('renames a person, and says how that is undone', async () => {
  const { flags } = await database.newLibrary();
  const photoorg = (...words: string[]) => readRecords([...words, ...flags]);
  await photoorg('people', 'create', 'Ada');
  const renamed = await runPhotoorg(['people', 'rename', 'Ada', 'Ida', '--actor', 'test', ...flags]);
  const [, batchId] = /To undo: photoorg label undo (\S+)/.exec(renamed.stderr)!;
  expect(renamed.stdout).toContain(batchId);
  await photoorg('label', 'undo', batchId!, '--actor', 'test');
  expect(await photoorg('people')).toMatchObject([{ displayName: 'Ada' }]);
  const [again] = await photoorg('people', 'rename', 'Ada', 'Ada');
  expect(again).toMatchObject({ displayName: 'Ada', events: 0 });
});
