import { copyFile, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { countPhotos, scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { indexPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';

const given = useLibraryAndFolder();

/** pictures/{1,2}.jpg and pictures/sub/{3,4}.jpg */
beforeEach(async () => {
  await mkdir(at('pictures/sub'), { recursive: true });
  for (const number of [1, 2]) await copySample(number, at(`pictures/${number}.jpg`));
  for (const number of [3, 4]) await copySample(number, at(`pictures/sub/${number}.jpg`));
});

function at(path: string): string {
  return join(given.folder, path);
}

function index(path: string, options: { dryRun?: boolean; acceptMissing?: boolean } = {}) {
  return indexPhotos({ library: given.library, root: at(path), scanPhotos, countPhotos, ...options });
}

async function paths(): Promise<string[]> {
  const files = await Array.fromAsync(given.library.files.iterate());
  return files
    .filter((file) => file.missingSince === null)
    .map(({ root, path }) => join(root, path).slice(given.folder.length + 1));
}

const EVERY_FILE = ['pictures/1.jpg', 'pictures/2.jpg', 'pictures/sub/3.jpg', 'pictures/sub/4.jpg'];

async function expectEachFileOnce(): Promise<void> {
  expect(await paths()).toEqual(EVERY_FILE);
  expect(await given.library.duplicates.find({ kinds: ['exact'] })).toEqual([]);
}

describe('a folder in an indexed folder', () => {
  test('is indexed as a part of it: nothing is stored twice, and only its own files are looked at', async () => {
    expect(await index('pictures')).toMatchObject({ created: 4, partOf: null });
    await copySample(5, at('pictures/sub/5.jpg'));
    await copySample(6, at('pictures/6.jpg'));
    expect(await index('pictures/sub')).toMatchObject({ seen: 3, created: 1, unchanged: 2, missing: 0, partOf: at('pictures') });
    expect(await paths()).toEqual([...EVERY_FILE, 'pictures/sub/5.jpg']);
    expect(await index('pictures')).toMatchObject({ seen: 6, created: 1, unchanged: 5 });
  });

  test('tells files that moved into it, and those that are gone from it alone', async () => {
    await index('pictures');
    await rename(at('pictures/1.jpg'), at('pictures/sub/1.jpg'));
    await rm(at('pictures/2.jpg'));
    expect(await index('pictures/sub')).toMatchObject({ moved: 1, missing: 0 });
    for (const number of [1, 3, 4]) await rm(at(`pictures/sub/${number}.jpg`));
    expect(await index('pictures/sub')).toMatchObject({
      missing: 0,
      missingNotMarked: { reason: 'root-empty', remedy: expect.stringContaining(at('pictures/sub')) },
    });
  });

  test('is found through a link, too, and so is the whole', async () => {
    await index('pictures');
    await symlink(at('pictures'), at('link'));
    expect(await index('link/sub')).toMatchObject({ unchanged: 2, partOf: at('pictures') });
    expect(await index('link')).toMatchObject({ unchanged: 4, partOf: null });
    await expectEachFileOnce();
  });

  test('is an own one when it is hidden, since nothing looks into it from outside', async () => {
    await index('pictures');
    await mkdir(at('pictures/.hidden'));
    await copySample(5, at('pictures/.hidden/5.jpg'));
    expect(await index('pictures/.hidden')).toMatchObject({ created: 1, partOf: null });
    expect(await index('pictures')).toMatchObject({ unchanged: 4, missing: 0 });
  });

  test('a folder that is gone is an error, as any other', async () => {
    await index('pictures');
    await rename(at('pictures/sub'), at('elsewhere'));
    await expect(index('pictures/sub')).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
    expect(await paths()).toEqual(EVERY_FILE);
  });
});

describe('a folder around indexed folders', () => {
  test('takes them in, with all that is known of their files', async () => {
    await index('pictures/sub');
    const [file] = await Array.fromAsync(given.library.files.iterate());
    expect(await index('pictures')).toMatchObject({ seen: 4, created: 2, unchanged: 2, missing: 0 });
    await expectEachFileOnce();
    const [taken] = await Array.fromAsync(given.library.files.iterate({ paths: [at('pictures/sub/3.jpg')] }));
    expect(taken).toMatchObject({ photoId: file!.photoId, root: at('pictures'), path: 'sub/3.jpg', addedAt: file!.addedAt });
    expect(await index('pictures/sub')).toMatchObject({ unchanged: 2, partOf: at('pictures') });
  });

  test('not those whose disk may be mounted again, unless that is accepted', async () => {
    await index('pictures/sub');
    await rename(at('pictures/sub'), at('unplugged'));
    await mkdir(at('pictures/sub'));
    expect(await index('pictures')).toMatchObject({ created: 2, missing: 0 });
    expect(await paths()).toEqual(EVERY_FILE);
    await rm(at('pictures/sub'), { recursive: true });
    await expect(index('pictures/sub')).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
    expect(await index('pictures/sub', { acceptMissing: true })).toMatchObject({ missing: 2, partOf: at('pictures') });
    expect(await paths()).toEqual(EVERY_FILE.slice(0, 2));
    expect(await index('pictures')).toMatchObject({ unchanged: 2, missing: 0 });
  });

  test('not in a dry run', async () => {
    await index('pictures/sub');
    expect(await index('pictures', { dryRun: true })).toMatchObject({ seen: 4, created: 2 });
    const [file] = await Array.fromAsync(given.library.files.iterate());
    expect(file).toMatchObject({ root: at('pictures/sub'), path: '3.jpg' });
  });

  test('mends a library that has files twice', async () => {
    await index('pictures');
    // As older versions did.
    await sql`
      WITH root AS (
        INSERT INTO roots (root_id, library_id, path_bytes, label)
        SELECT gen_random_uuid(), library_id, ${Buffer.from(at('pictures/sub'))}, ${at('pictures/sub')} FROM roots RETURNING root_id
      )
      INSERT INTO photo_files (file_id, library_id, photo_id, root_id, path_bytes, path, size, mtime_ns, inode)
      SELECT gen_random_uuid(), library_id, photo_id, root.root_id, substring(path_bytes FROM 5), substring(path FROM 5), size, mtime_ns, inode
      FROM photo_files, root WHERE path LIKE 'sub/%'`.execute(given.context.db);
    expect(await paths()).toHaveLength(6);
    expect(await given.library.duplicates.find({ kinds: ['exact'] })).toEqual([]);
    expect(await index('pictures')).toMatchObject({ unchanged: 4, missing: 0 });
    await expectEachFileOnce();
  });
});

describe('files that are in another indexed folder than before', () => {
  test('were moved, when the folder is there and they are not', async () => {
    await index('pictures/sub');
    await mkdir(at('archive'));
    await rename(at('pictures/sub/3.jpg'), at('archive/old.jpg'));
    expect(await index('archive')).toMatchObject({ moved: 1, updated: 0 });
    expect(await paths()).toEqual(['archive/old.jpg', 'pictures/sub/4.jpg']);
    const [moved] = await Array.fromAsync(given.library.files.iterate({ paths: [at('archive')] }));
    expect(moved!.events).toMatchObject([{ kind: 'moved', otherPath: at('pictures/sub/3.jpg') }]);
    expect(await index('pictures/sub')).toMatchObject({ unchanged: 1, missing: 0 });
  });

  test('are the same after their disk was mounted elsewhere', async () => {
    await index('pictures');
    await rename(at('pictures'), at('mounted-elsewhere'));
    expect(await index('mounted-elsewhere')).toMatchObject({ created: 0, moved: 4 });
    expect(await paths()).toEqual(EVERY_FILE.map((path) => path.replace('pictures', 'mounted-elsewhere')));
  });

  test('are copies, when what they were copied from may only be out of reach', async () => {
    await index('pictures/sub');
    await mkdir(at('archive'));
    await copyFile(at('pictures/sub/3.jpg'), at('archive/copy.jpg'));
    await rename(at('pictures'), at('unplugged'));
    expect(await index('archive')).toMatchObject({ moved: 0, updated: 1 });
    await rename(at('unplugged'), at('pictures'));
    expect(await paths()).toEqual(['archive/copy.jpg', 'pictures/sub/3.jpg', 'pictures/sub/4.jpg']);
  });
});
