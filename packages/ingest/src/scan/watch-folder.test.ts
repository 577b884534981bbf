import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { walkFiles } from '../files/walk-files.ts';
import { watchFolder } from './watch-folder.ts';

const QUIET_MILLIS = 200;
/** Long enough for a notification to arrive, if there is one. */
const NOTHING_MILLIS = 2_000;
const LONG_MILLIS = 60_000;

describe('watchFolder', () => {
  it('tells of photos, films and sidecars, also in folders that are made later', async () => {
    await using folder = await temporaryFolder();
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    await mkdir(folder.file('new'));
    for (const name of ['a.jpg', 'new/b.HEIC', 'new/b.MOV', 'a.jpg.xmp', 'a.jpg.json']) {
      await writeFile(folder.file(name), name);
      expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(true);
    }
  });

  it('keeps quiet about caches, hidden files, temporary files and what is no photo', async () => {
    await using folder = await temporaryFolder();
    for (const name of ['.photoorg', '@eaDir', 'cache', 'photos']) await mkdir(folder.file(name));
    await writeFile(folder.file('cache/CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55');
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    const silent = [
      '.photoorg/x.jpg',
      '@eaDir/x.jpg',
      'cache/x.webp',
      'photos/.x.jpg.part',
      'photos/x.jpg.xmp.tmp',
      'photos/notes.txt',
    ];
    for (const name of silent) await writeFile(folder.file(name), 'x');
    expect(await watcher.waitForChange({ timeoutMillis: NOTHING_MILLIS })).toBe(false);
  });

  it('names the files to scan when some only came or changed, and none when only a whole look can tell', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('old'));
    for (const name of ['a.jpg', 'b.jpg', 'old/c.jpg']) await writeFile(folder.file(name), name);
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    const changesAfter = async (change: () => Promise<unknown>) => {
      await change();
      expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(true);
      const files = await watcher.takeChanges();
      return files?.map((file) => Buffer.from(file).toString()).sort();
    };
    expect(await changesAfter(() => writeFile(folder.file('old/new.jpg'), 'new'))).toEqual(['old/new.jpg']);
    expect(await changesAfter(() => writeFile(folder.file('a.jpg'), 'edited'))).toEqual(['a.jpg']);
    expect(await changesAfter(() => writeFile(folder.file('b.xmp'), 'speaks of b'))).toEqual(['b.jpg']);
    expect(await changesAfter(() => writeFile(folder.file('alone.xmp'), 'speaks of none'))).toEqual([]);
    expect(await changesAfter(() => rename(folder.file('a.jpg'), folder.file('renamed.jpg')))).toBeUndefined();
    expect(await changesAfter(() => rm(folder.file('b.jpg')))).toBeUndefined();
    expect(await changesAfter(() => rename(folder.file('old'), folder.file('renamed')))).toBeUndefined();
    expect(await changesAfter(() => symlink('renamed.jpg', folder.file('link.jpg')))).toBeUndefined();
    expect(await watcher.takeChanges()).toEqual([]);
  });

  it('tells of nothing in a folder that has become a cache', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('thumbnails'));
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    await writeFile(folder.file('thumbnails/CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55');
    await writeFile(folder.file('thumbnails/x.webp'), 'x');
    expect(await watcher.waitForChange({ timeoutMillis: NOTHING_MILLIS })).toBe(false);
  });

  it('hears every folder that a scan walks, whatever its name', async () => {
    await using folder = await temporaryFolder();
    const folders = ['holiday~', 'x.subl-1.tmp', 'a.b.swp', 'tagged', 'tagged otherwise'];
    for (const name of folders) await mkdir(folder.file(name));
    await writeFile(folder.file('tagged otherwise/CACHEDIR.TAG'), 'not the signature');
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    await mkdir(folder.file('later~'));
    for (const name of [...folders, 'later~']) {
      await writeFile(folder.file(`${name}/a.jpg`), 'a');
      expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS }), name).toBe(true);
      await watcher.takeChanges();
    }
  });

  it('hears what a link out of the folder leads to, under the name of the link', async () => {
    await using folder = await temporaryFolder();
    for (const name of ['photos', 'disk/2019', 'other', 'more']) await mkdir(folder.file(name), { recursive: true });
    await writeFile(folder.file('other/single.jpg'), 'single');
    await symlink(folder.file('disk'), folder.file('photos/linked'));
    await symlink(folder.file('other/single.jpg'), folder.file('photos/one.jpg'));
    await using watcher = await watchFolder({ root: folder.file('photos'), quietMillis: QUIET_MILLIS });
    const changesAfter = async (path: string) => {
      await writeFile(folder.file(path), path);
      const until = performance.now() + LONG_MILLIS;
      while (performance.now() < until) {
        await watcher.waitForChange({ timeoutMillis: LONG_MILLIS });
        const files = await watcher.takeChanges();
        if (files === null || files.length > 0) return files?.map((file) => Buffer.from(file).toString());
      }
      return [];
    };
    await watcher.waitForChange({ timeoutMillis: NOTHING_MILLIS });
    await watcher.takeChanges();
    expect(await changesAfter('disk/2019/a.jpg')).toEqual(['linked/2019/a.jpg']);
    expect(await changesAfter('other/single.jpg')).toBeUndefined();
    await symlink(folder.file('more'), folder.file('photos/later'));
    await watcher.waitForChange({ timeoutMillis: LONG_MILLIS });
    await watcher.takeChanges();
    expect(await changesAfter('more/b.jpg')).toEqual(['later/b.jpg']);
  });

  it('tells of a file that another was renamed over, as programs that save safely do', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('a.jpg'), 'a');
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    await writeFile(folder.file('a.jpg_exiftool_tmp'), 'edited');
    await rename(folder.file('a.jpg_exiftool_tmp'), folder.file('a.jpg'));
    expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(true);
    expect((await watcher.takeChanges())?.map((file) => Buffer.from(file).toString())).toEqual(['a.jpg']);
  });

  it('is not led in circles by links', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('sub'));
    await symlink(folder.path, folder.file('sub/up'));
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    await writeFile(folder.file('sub/a.jpg'), 'a');
    expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(true);
  });

  it('watches a folder through a link to it', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('photos'));
    await symlink(folder.file('photos'), folder.file('link'));
    await using watcher = await watchFolder({ root: folder.file('link'), quietMillis: QUIET_MILLIS });
    await writeFile(folder.file('photos/a.jpg'), 'a');
    expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(true);
  });

  it('knows a file that is being written, and comes back when it is not any more', async () => {
    await using folder = await temporaryFolder();
    await using watcher = await watchFolder({ root: folder.path, quietMillis: QUIET_MILLIS });
    await writeFile(join(folder.path, 'a.jpg'), 'a');
    const [file] = await Array.fromAsync(walkFiles({ root: folder.path }));
    expect(watcher.isBeingWritten({ ...file!, modifiedAt: new Date() })).toBe(true);
    expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(true);
    expect((await watcher.takeChanges())?.map((path) => Buffer.from(path).toString())).toEqual(['a.jpg']);
    expect(watcher.isBeingWritten(file!)).toBe(false);
  });

  it('comes back by itself where nobody tells of changes', async () => {
    await using folder = await temporaryFolder();
    await using watcher = await watchFolder({ root: folder.path, pollMillis: QUIET_MILLIS });
    expect(await watcher.waitForChange({ timeoutMillis: LONG_MILLIS })).toBe(false);
  });

  it('stops with the reason of its signal, and refuses a folder that is not there', async () => {
    await using folder = await temporaryFolder();
    const controller = new AbortController();
    await using watcher = await watchFolder({ root: folder.path });
    const waiting = watcher.waitForChange({ timeoutMillis: LONG_MILLIS, signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(watchFolder({ root: folder.path, signal: controller.signal })).rejects.toBe(reason);
    await expect(watchFolder({ root: folder.file('gone') })).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
  });
});
