import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { faceRecognitionSpace } from '@photoorg/migrate';
import { createFaceAnalyzer } from '@photoorg/vision';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseRecords, readRecords, runPhotoorg } from './run-photoorg.ts';
import { type TemporaryDatabase, temporaryDatabase } from './temporary-database.ts';

// Every command is a process that loads the database anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** One photo with one named face, and one face of a photo that is not there. */
function makeOldLibrary(file: string): void {
  using database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec(`
    CREATE TABLE people (person_id INTEGER PRIMARY KEY, display_name TEXT);
    CREATE TABLE photos (photo_id INTEGER PRIMARY KEY, path TEXT, sha256 TEXT);
    CREATE TABLE faces (face_key TEXT, photo_id INT, bbox_x INT, bbox_y INT, bbox_w INT, bbox_h INT);
    CREATE TABLE face_labels (face_id TEXT, person_id INT, label_source TEXT, confidence REAL);
    INSERT INTO people VALUES (1, 'Ada');
    INSERT INTO photos VALUES (1, '/photos/a.jpg', '${createHash('sha256').update('a').digest('hex')}');
    INSERT INTO faces VALUES ('x', 1, 10, 20, 30, 40), ('y', 99, 10, 20, 30, 40);
    INSERT INTO face_labels VALUES ('x', 1, 'human_confirmed', 1);`);
}

it('copies an old library, names what stays behind, and ends with 1 for it', async () => {
  const library = await database.newLibrary();
  const file = join(library.folder, 'old.db');
  makeOldLibrary(file);
  const words = ['migrate-sqlite', file, '--pk-column', 'faces=face_key', ...library.flags];

  const run = await runPhotoorg([...words, '--json']);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('faces y not copied: There is no photo 99.');
  for (const table of ['people', 'photos', 'faces', 'face_labels']) expect(run.stderr).toContain(`${table}: done`);
  expect(parseRecords(run.stdout)).toMatchObject([
    { table: 'people', rows: 1, added: 1 },
    { table: 'photos', rows: 1, added: 1 },
    { table: 'faces', rows: 2, added: 1, quarantined: 1 },
    { table: 'face_labels', rows: 1, added: 1 },
  ]);
  expect(await readRecords(['faces', ...library.flags])).toMatchObject([
    { label: { displayName: 'Ada', source: 'human_confirmed' } },
  ]);

  const again = await runPhotoorg([...words, '--json', '--quiet']);
  expect(parseRecords(again.stdout).map((table) => table.added)).toEqual([0, 0, 0, 0]);
  expect(again.stderr).toBe('faces y not copied: There is no photo 99.\n');
});

it('puts imported faces into the space that photoorg embeds into', async () => {
  await using analyzer = await createFaceAnalyzer({ workers: 1 });
  expect(analyzer.space).toEqual(faceRecognitionSpace);
});
