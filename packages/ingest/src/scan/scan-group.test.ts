import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
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

  it('takes a long film for no live photo', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    await writeFile(folder.file('x.mov'), '');
    await truncate(folder.file('x.mov'), GIGABYTE);
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(item).not.toHaveProperty('companions');
  });
});
