import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaceGroup, NamedGroup } from '@photoorg/sdk';
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

it('lists the groups of unnamed faces, names one, takes it back, and sets strangers aside', async () => {
  const library = await database.newLibrary();
  const root = join(library.folder, 'photos');
  await mkdir(root);
  await copyFile(samplePhoto(3), join(root, 'a.jpg'));
  const photoorg = (...words: string[]) => readRecords([...words, ...library.flags]);
  await photoorg('ingest', '--root', root, '--quiet');
  const list = async () => (await photoorg('groups', '--min-size', '1')) as unknown as FaceGroup[];
  const [group, ...others] = (await list()) as [FaceGroup, ...FaceGroup[]];
  expect(group).toMatchObject({ faces: 1, photos: 1, namedFaces: 0, person: null });
  expect(await photoorg('groups', 'faces', group.groupId)).toMatchObject([{ faceId: group.coverFaceIds[0] }]);

  const unknown = await runPhotoorg(['groups', 'name', group.groupId, 'Ada', '--actor', 'test', ...library.flags]);
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('photoorg people create "Ada"') });
  const [named] = (await photoorg('groups', 'name', group.groupId, 'Ada', '--create', '--actor', 'test')) as unknown as [
    NamedGroup,
  ];
  expect(named).toMatchObject({ faceIds: group.coverFaceIds, leftOutFaceIds: [] });
  expect(await list()).toEqual(others);
  await photoorg('label', 'undo', named.batchId, '--actor', 'test');
  expect(await photoorg('people')).toEqual([]);

  expect(await photoorg('groups', 'refresh', '--anew')).toMatchObject([
    { faces: 1 + others.length, groups: 0, newFaces: 0, movedFaces: 0 },
  ]);
  expect(await photoorg('groups', 'strangers', group.groupId, '--actor', 'test')).toMatchObject([
    { groupId: group.groupId, events: 1 },
  ]);
  expect(await list()).toEqual(others);
  const alone = await runPhotoorg(['groups', 'take-out', group.coverFaceIds[0]!, ...library.flags]);
  expect(alone).toMatchObject({ code: 64, stderr: expect.stringContaining('Nobody would be left') });
});
