import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { TAG } from '../../test/support/exif-block.ts';
import { makeFilm } from '../../test/support/film-file.ts';
import { makeRaw } from '../../test/support/raw-files.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { makeJpeg } from '../../test/support/test-images.ts';
import { scanPhotos } from './scan-photos.ts';

const GIGABYTE = 1024 ** 3;

describe('scanPhotos, where a picture has companions', () => {
  it('reports them with the picture, the RAW file with its hash, and not at all when they are known', async () => {
    await using folder = await temporaryFolder();
    const jpeg = await makeJpeg();
    const raw = makeRaw('arw', { preview: jpeg, orientation: 1 });
    await writeFile(folder.file('x.jpg'), jpeg);
    await writeFile(folder.file('x.arw'), raw);
    await writeFile(folder.file('x.mp4'), 'film');
    const [item, ...others] = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(item).toMatchObject({
      kind: 'photo',
      file: { path: 'x.jpg' },
      companions: [
        { role: 'raw', file: { path: 'x.arw' }, sha256: createHash('sha256').update(raw).digest() },
        { role: 'live', file: { path: 'x.mp4' }, sha256: null },
      ],
    });
    expect(others).toEqual([]);
    const again = await Array.fromAsync(scanPhotos({ root: folder.path, isUnchanged: () => true }));
    expect(again).toEqual([{ kind: 'unchanged', file: expect.objectContaining({ path: 'x.jpg' }) }]);
  });

  it('reports the picture once, whichever of its files are listed', async () => {
    await using folder = await temporaryFolder();
    const jpeg = await makeJpeg();
    await writeFile(folder.file('x.jpg'), jpeg);
    await writeFile(folder.file('x.arw'), makeRaw('arw', { preview: jpeg, orientation: 1 }));
    for (const names of [['x.arw'], ['x.arw', 'x.jpg'], ['x.jpg']]) {
      const items = await Array.fromAsync(scanPhotos({ root: folder.path, files: names.map((name) => Buffer.from(name)) }));
      expect(items).toMatchObject([{ kind: 'photo', file: { path: 'x.jpg' }, companions: [{ role: 'raw' }] }]);
    }
  });

  it.each([
    { desc: 'a film of the same moment', createdAt: '2019-06-15T16:20:33Z', roles: ['live'] },
    { desc: 'a film by a clock of its own', createdAt: '2019-06-15T18:20:33Z', roles: ['live'] },
    { desc: 'a film whose clock was never set', createdAt: '1904-01-01T00:00:00Z', roles: ['live'] },
    { desc: 'a film of another day, which has its name by chance', createdAt: '2019-06-17T16:20:33Z', roles: [] },
  ])('looks at the clock of $desc', async ({ createdAt, roles }) => {
    await using folder = await temporaryFolder();
    const dates = { [TAG.dateTimeOriginal]: { ascii: '2019:06:15 18:20:31' }, [TAG.offsetTimeOriginal]: { ascii: '+02:00' } };
    await writeFile(folder.file('x.jpg'), await makeJpeg({ exif: { exif: dates } }));
    await writeFile(folder.file('x.mov'), makeFilm({ width: 640, height: 480, createdAt: new Date(createdAt) }));
    const leftOut: string[] = [];
    const onLeftOut = ({ path }: { path: string }) => leftOut.push(path);
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path, onLeftOut }));
    const companions = item?.kind === 'photo' ? (item.companions ?? []) : null;
    expect(companions?.map(({ role }) => role)).toEqual(roles);
    expect(leftOut).toEqual(roles.length === 0 ? ['x.mov'] : []);
  });

  it('takes a long film for no live photo', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    await writeFile(folder.file('x.mov'), '');
    await truncate(folder.file('x.mov'), GIGABYTE);
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(item).not.toHaveProperty('companions');
  });
});
