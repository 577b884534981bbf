import { writeFile } from 'node:fs/promises';
import { scanPhotos } from '@photoorg/ingest';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeHostileFiles } from './support/hostile-files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

/**
 * Growth of this process while it reads all hostile files. It is 150 to 280 MB, most of them for its threads and the decoder of
 * JPEG XL; an interlaced PNG of 16,000 pixels square alone would take 870 MB when decoded, the packed texts and XMP gigabytes.
 */
const MAX_GROWTH_BYTES = 500_000_000;

describe('hostile files', () => {
  let hostile: Record<string, Buffer>;
  beforeAll(async () => {
    hostile = await makeHostileFiles();
  });

  it('neither stop a scan nor take its memory, and good photos beside them are found', async () => {
    await using folder = await temporaryFolder();
    for (const [name, bytes] of Object.entries(hostile)) await writeFile(folder.file(name), bytes);
    await writeFile(folder.file('good.jpg'), await makeJpeg());
    const before = process.memoryUsage.rss();
    let peak = before;
    const results = new Map<string, string>();
    for await (const item of scanPhotos({ root: folder.path, concurrency: 2 })) {
      peak = Math.max(peak, process.memoryUsage.rss());
      results.set(item.file.path, item.kind === 'error' ? item.error.code : item.kind);
    }
    expect(results.size).toBe(Object.keys(hostile).length + 1);
    expect(results.get('good.jpg')).toBe('photo');
    expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it('are photos all the same when only their metadata is hostile', async () => {
    await using folder = await temporaryFolder();
    const entries = Object.entries(hostile).filter(([name]) => /^(directory|sub-|values|four|XMP|ten)/.test(name));
    for (const [name, bytes] of entries) await writeFile(folder.file(name), bytes);
    const items = await Array.fromAsync(scanPhotos({ root: folder.path }));
    expect(items.filter(({ kind }) => kind !== 'photo')).toEqual([]);
    expect(items).toHaveLength(entries.length);
  });

  it('are told by code, and are photos without a look where they say a size', async () => {
    await using folder = await temporaryFolder();
    const expected: Record<string, string> = {
      'two billion pixels square.png': 'photo, IMAGE_CORRUPT',
      'a thousand compressed texts.png': 'photo, IMAGE_TOO_LARGE',
      'three million pixels in a row.png': 'photo, IMAGE_TOO_LARGE',
      'interlaced 16000 square.png': 'photo, IMAGE_TOO_LARGE',
      'SVG that opens files.jpg': 'UNSUPPORTED_FORMAT',
      'box of size zero inside a box.heic': 'IMAGE_CORRUPT',
      'JPEG in rubbish.jpg': 'IMAGE_CORRUPT',
      'a thousand XMP of four megabytes on top of each other.tif': 'IMAGE_CORRUPT',
      'a thousand XMP of four megabytes that end beyond the file.tif': 'IMAGE_CORRUPT',
    };
    for (const name of Object.keys(expected)) await writeFile(folder.file(name), hostile[name] ?? '');
    const found: Record<string, string> = {};
    for await (const item of scanPhotos({ root: folder.path })) {
      if (item.kind === 'photo') expect(item.photo).toMatchObject({ phash: null, pictureError: item.unseen?.code });
      found[item.file.path] = item.kind === 'error' ? item.error.code : `photo, ${item.kind === 'photo' && item.unseen?.code}`;
    }
    expect(found).toEqual(expected);
  });
});
