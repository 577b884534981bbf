import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseRecords, readRecords, runPhotoorg } from './run-photoorg.ts';
import { makePhotos } from './sample-photos.ts';
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

it('removes a person, with the names on faces only when told so, and says how that is undone', async () => {
  const { folder, flags } = await database.newLibrary();
  const photoorg = (...words: string[]) => readRecords([...words, ...flags]);
  await makePhotos(join(folder, 'photos'), ['a.jpg']);
  await photoorg('ingest', '--root', join(folder, 'photos'), '--quiet');
  const [face] = await photoorg('faces');
  await photoorg('label', 'confirm', 'Ada', face!.faceId as string, '--create', '--actor', 'test');

  const refused = await runPhotoorg(['people', 'remove', 'Ada', ...flags]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('PERSON_HAS_LABELS');

  const removed = await runPhotoorg(['people', 'remove', 'Ada', '--unlabel', '--json', ...flags]);
  const [{ batchId, unlabelledFaces, personId }] = parseRecords(removed.stdout) as [Record<string, string>];
  expect(unlabelledFaces).toBe(1);
  expect(removed.stderr).toContain(`photoorg label undo ${batchId}`);
  expect(await photoorg('people', '--hidden')).toEqual([]);
  expect((await runPhotoorg(['faces', '--person', personId!, ...flags])).stderr).toContain(batchId);

  await photoorg('label', 'undo', batchId!);
  expect(await photoorg('people')).toMatchObject([{ personId, displayName: 'Ada', facesCount: 1 }]);
});

it('splits a person, says where the cut would be, and how it is undone', async () => {
  const { folder, flags } = await database.newLibrary();
  const photoorg = (...words: string[]) => readRecords([...words, ...flags]);
  await makePhotos(join(folder, 'photos'), ['a.jpg']);
  await photoorg('ingest', '--root', join(folder, 'photos'), '--quiet');
  const faceId = (await photoorg('faces'))[0]!.faceId as string;
  await photoorg('label', 'confirm', 'Ada', faceId, '--create', '--actor', 'test');
  const proposed = await runPhotoorg(['people', 'propose-split', 'Ada', ...flags]);
  expect(proposed.stderr + proposed.stdout).toContain('There are not two faces to tell apart.');

  const split = await runPhotoorg(['people', 'split', 'Ada', faceId, '--name', 'Ida', '--actor', 'test', '--json', ...flags]);
  const [{ batchId, personId, movedFaces }] = parseRecords(split.stdout) as [Record<string, string>];
  expect(movedFaces).toBe(1);
  expect(await photoorg('faces', '--person', 'Ida')).toMatchObject([{ faceId, label: { personId } }]);
  expect(split.stderr).toContain(`photoorg label undo ${batchId}`);
  await photoorg('label', 'undo', batchId!);
  expect(await photoorg('people')).toMatchObject([{ displayName: 'Ada', facesCount: 1 }]);
});

it('draws, moves and removes a face, and says how each is undone', async () => {
  const { folder, flags } = await database.newLibrary();
  const photoorg = (...words: string[]) => readRecords([...words, ...flags]);
  await makePhotos(join(folder, 'photos'), ['a.jpg']);
  await photoorg('ingest', '--root', join(folder, 'photos'), '--quiet');
  const [face] = (await photoorg('faces')) as unknown as [{ faceId: string; photoId: string; box: Record<string, number> }];
  await photoorg('people', 'create', 'Ada');

  const wrong = await runPhotoorg(['faces', 'draw', face.photoId, '1,2,3', ...flags]);
  expect(wrong.stderr).toContain('Expected x,y,width,height in pixels');
  const [drawn] = await photoorg('faces', 'draw', face.photoId, '1,1,20,20', '--as', 'Ada', '--no-vector', '--actor', 'test');
  expect(drawn).toMatchObject({ box: { x: 1, width: 20 }, label: { displayName: 'Ada' }, events: 2 });
  const { x, y, width, height } = face.box as { x: number; y: number; width: number; height: number };
  const [moved] = await photoorg('faces', 'move', face.faceId, `${x},${y},${width - 2},${height - 2}`, '--actor', 'test');
  expect(moved).toMatchObject({ faceId: face.faceId, source: 'manual', hasCrop: true });
  const removed = await runPhotoorg(['faces', 'remove', face.faceId, '--actor', 'test', '--json', ...flags]);
  const [{ batchId }] = parseRecords(removed.stdout) as [Record<string, string>];
  expect((await photoorg('faces')).map(({ faceId }) => faceId)).not.toContain(face.faceId);
  expect(removed.stderr).toContain(`photoorg label undo ${batchId}`);
  await photoorg('label', 'undo', batchId!);
  await photoorg('label', 'undo', moved!.batchId as string);
  expect(await photoorg('faces', face.faceId)).toMatchObject([{ box: face.box, source: 'detected' }]);
});

it('takes the one who is spelt exactly so, and of namesakes nobody: it lists them with their ids', async () => {
  const { folder, flags } = await database.newLibrary();
  const photoorg = (...words: string[]) => readRecords([...words, ...flags]);
  await makePhotos(join(folder, 'photos'), ['a.jpg']);
  await photoorg('ingest', '--root', join(folder, 'photos'), '--quiet');
  const [face] = await photoorg('faces');
  const faceId = face!.faceId as string;
  await photoorg('people', 'create', 'Jose', 'Zoë');
  const warned = await runPhotoorg(['people', 'create', 'José', '--quiet', ...flags]);
  expect(warned).toMatchObject({ code: 0, stderr: expect.stringContaining("Others go by the name 'José' too") });
  await photoorg('label', 'confirm', 'Jose\u0301', faceId, '--create');
  expect((await photoorg('faces'))[0]).toMatchObject({ label: { displayName: 'José' } });
  expect(await photoorg('people', 'rename', 'zoe', 'Zoe')).toMatchObject([{ displayName: 'Zoe' }]);

  const twins = [...(await photoorg('people', 'create', 'Li Na')), ...(await photoorg('people', 'create', 'Li Na'))];
  for (const words of [
    ['label', 'confirm', 'Li Na', faceId, '--create'],
    ['photos', '--person', 'li na'],
    ['people', 'remove', 'LI NA'],
  ]) {
    const refused = await runPhotoorg([...words, ...flags]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    for (const text of ['PERSON_AMBIGUOUS', ...twins.map(({ personId }) => personId as string)])
      expect(refused.stderr).toContain(text);
  }
  expect(await photoorg('people', '--query', 'li na')).toHaveLength(2);
  await photoorg('label', 'confirm', twins[1]!.personId as string, faceId);
  expect((await photoorg('faces'))[0]).toMatchObject({ label: { personId: twins[1]!.personId } });
});

it('takes people over from an address book, says that they are on photos, and finds photos of exactly them', async () => {
  const { folder, flags } = await database.newLibrary();
  const photoorg = (...words: string[]) => readRecords([...words, ...flags]);
  await makePhotos(join(folder, 'photos'), ['a.jpg']);
  await photoorg('ingest', '--root', join(folder, 'photos'), '--quiet');
  const book = join(folder, 'book.vcf');
  await writeFile(book, 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nNICKNAME:Granny\r\nBDAY:1815-12-10\r\nEND:VCARD\r\n');
  expect(await photoorg('people', 'import-vcard', book)).toMatchObject([{ created: 1, unchanged: 0 }]);
  const [photo] = await photoorg('photos');
  const photoId = photo!.photoId as string;
  expect(await photoorg('label', 'photo', 'Granny', photoId, '--actor', 'test')).toMatchObject([{ photoId, events: 1 }]);
  expect(await photoorg('photos', '--exactly', 'Granny')).toMatchObject([{ photoId }]);
  expect(await photoorg('label', 'photo', 'Granny', photoId, '--take-back')).toMatchObject([{ events: 1 }]);
  expect(await photoorg('photos', '--exactly', 'Granny')).toEqual([]);
  expect(await photoorg('people', 'place-names', '--dry-run')).toMatchObject([{ names: 0, placed: 0, batchId: null }]);
});
