import { Buffer } from 'node:buffer';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import type { IngestError } from '../model/ingest-error.ts';
import { CACHE_FOLDER_SIGNATURE, CACHE_FOLDER_TAG } from './cache-folder.ts';
import { IGNORED_FOLDERS } from './ignored-names.ts';
import { walkFiles } from './walk-files.ts';

async function pathsOf(
  root: string,
  options: { signal?: AbortSignal; onError?: (place: { path: string }, error: IngestError) => void } = {},
) {
  const files = await Array.fromAsync(walkFiles({ root, ...options }));
  return files.map(({ path }) => path);
}

async function touch(path: string | Buffer) {
  await writeFile(path, 'x');
}

describe('walkFiles', () => {
  it('yields files with size, time and inode, folder by folder in byte order', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('b/inner'), { recursive: true });
    for (const name of ['c.jpg', 'a.jpg', 'b/z.jpg', 'b/inner/x.jpg', 'B.jpg']) await touch(folder.file(name));
    const files = await Array.fromAsync(walkFiles({ root: folder.path }));
    expect(files.map(({ path }) => path)).toEqual(['B.jpg', 'a.jpg', 'b/inner/x.jpg', 'b/z.jpg', 'c.jpg']);
    const [first] = files;
    expect(first).toMatchObject({
      root: folder.path,
      size: 1,
      mtimeNs: expect.any(BigInt),
      inode: expect.any(BigInt),
      modifiedAt: expect.any(Date),
    });
    expect(first?.inode).toBeGreaterThan(0n);
  });

  it('ends in spite of links that lead in a circle, and meets each file once', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('a/b'), { recursive: true });
    await touch(folder.file('a/b/x.jpg'));
    await symlink(folder.path, folder.file('a/up'));
    await symlink(folder.file('a'), folder.file('a/b/again'));
    await symlink('itself', folder.file('itself'));
    await symlink('nowhere', folder.file('dangling.jpg'));
    await symlink(folder.file('a/b/x.jpg'), folder.file('alias.jpg'));
    expect(await pathsOf(folder.path)).toEqual(['a/b/x.jpg']);
  });

  it('follows links out of the root, to each folder once', async () => {
    await using folder = await temporaryFolder();
    await using outside = await temporaryFolder();
    await touch(outside.file('far.jpg'));
    await symlink(outside.path, outside.file('loop'));
    await symlink(outside.path, folder.file('first'));
    await symlink(outside.path, folder.file('second'));
    await symlink(outside.file('far.jpg'), folder.file('file.jpg'));
    expect(await pathsOf(folder.path)).toEqual(['file.jpg', 'first/far.jpg']);
  });

  it('keeps names that are not UTF-8, and NFC and NFD spellings apart', async () => {
    await using folder = await temporaryFolder();
    const latin1 = Buffer.concat([Buffer.from(`${folder.path}/caf`), Buffer.from([0xe9]), Buffer.from('.jpg')]);
    await touch(latin1);
    await touch(folder.file('\u00e4.jpg'));
    await touch(folder.file('a\u0308.jpg'));
    const files = await Array.fromAsync(walkFiles({ root: folder.path }));
    expect(files.map(({ path }) => path)).toEqual(['a\u0308.jpg', 'caf\ufffd.jpg', '\u00e4.jpg']);
    expect(Buffer.from(files[1]?.pathBytes ?? [])).toEqual(
      Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9]), Buffer.from('.jpg')]),
    );
  });

  it('leaves out hidden names, system folders and folders tagged as caches', async () => {
    await using folder = await temporaryFolder();
    const names = ['.photoorg', '.hidden', ...IGNORED_FOLDERS, 'cache', 'not-a-cache'];
    for (const name of names) {
      await mkdir(folder.file(name));
      await touch(folder.file(`${name}/x.jpg`));
    }
    await touch(folder.file('._x.jpg'));
    await writeFile(folder.file(`cache/${CACHE_FOLDER_TAG}`), `${CACHE_FOLDER_SIGNATURE}\n`);
    await writeFile(folder.file(`not-a-cache/${CACHE_FOLDER_TAG}`), 'something else');
    expect(await pathsOf(folder.path)).toEqual([`not-a-cache/${CACHE_FOLDER_TAG}`, 'not-a-cache/x.jpg']);
  });

  it('takes system folders in any case, and of other photo programs the originals alone, also as the root', async () => {
    await using folder = await temporaryFolder();
    const library = 'My.photoslibrary';
    const files = [
      '@EADIR/x.jpg',
      '$Recycle.Bin/x.jpg',
      'appdata_oc1a2b3c4d5e/preview/x.jpg',
      `${library}/originals/0/x.heic`,
      `${library}/resources/renders/0/x_1_201_a.jpeg`,
      `${library}/resources/derivatives/0/x_1_105_c.jpeg`,
      `${library}/Masters/2018/x.jpg`,
      'Catalog Previews.lrdata/0/x.jpg',
      'originals/x.jpg',
    ];
    for (const file of files) {
      await mkdir(dirname(folder.file(file)), { recursive: true });
      await touch(folder.file(file));
    }
    expect(await pathsOf(folder.path)).toEqual([`${library}/originals/0/x.heic`, 'originals/x.jpg']);
    expect(await pathsOf(folder.file(library))).toEqual(['originals/0/x.heic']);
    expect(await pathsOf(folder.file(`${library}/Masters`))).toEqual(['2018/x.jpg']);
  });

  it.skipIf(process.getuid?.() === 0)(
    'reports a folder without permission and goes on (not as root, whom nothing stops)',
    async () => {
      await using folder = await temporaryFolder();
      await mkdir(folder.file('closed'));
      await touch(folder.file('z.jpg'));
      await chmod(folder.file('closed'), 0o000);
      const failures: string[] = [];
      const paths = await pathsOf(folder.path, { onError: ({ path }, { code }) => failures.push(`${path} ${code}`) });
      await chmod(folder.file('closed'), 0o700);
      expect({ paths, failures }).toEqual({ paths: ['z.jpg'], failures: ['closed FILE_UNREADABLE'] });
    },
  );

  it('reports a link whose target cannot be reached and goes on', async () => {
    await using folder = await temporaryFolder();
    await touch(folder.file('plain'));
    await symlink(folder.file('plain/inside'), folder.file('a.jpg'));
    await touch(folder.file('z.jpg'));
    const failures: string[] = [];
    const paths = await pathsOf(folder.path, { onError: ({ path }, { code }) => failures.push(`${path} ${code}`) });
    expect({ paths, failures }).toEqual({ paths: ['plain', 'z.jpg'], failures: ['a.jpg FILE_UNREADABLE'] });
    await expect(pathsOf(folder.path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('refuses a root that is missing or is no folder, at once', async () => {
    await using folder = await temporaryFolder();
    await touch(folder.file('x.jpg'));
    await expect(pathsOf(folder.file('missing'))).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
    await expect(pathsOf(folder.file('x.jpg'))).rejects.toMatchObject({ code: 'ROOT_NOT_A_DIRECTORY' });
  });

  it('stops with the reason of its signal', async () => {
    await using folder = await temporaryFolder();
    for (const name of ['a', 'b', 'c']) await touch(folder.file(name));
    const controller = new AbortController();
    const reason = new Error('enough');
    const walk = async () => {
      for await (const file of walkFiles({ root: folder.path, signal: controller.signal }))
        if (file.path === 'b') controller.abort(reason);
    };
    await expect(walk()).rejects.toBe(reason);
  });
});
