import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { TAG } from '../../test/support/exif-block.ts';
import { HEIC_TURNED_BY_EXIF } from '../../test/support/heic-photos.ts';
import { makeRaw, RAW_HEIGHT, RAW_WIDTH, TEST_RAW_FORMATS } from '../../test/support/raw-files.ts';
import { SAMPLE_FOLDER } from '../../test/support/sample-photos.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { makeJpeg, makePicture } from '../../test/support/test-images.ts';
import type { ScanItem } from '../model/scanned-photo.ts';
import { hammingDistance, perceptualHash } from '../pixels/perceptual-hash.ts';
import { renderThumbnail } from '../pixels/render-thumbnail.ts';
import { createThumbnailCache } from '../pixels/thumbnail-cache.ts';
import { countPhotos } from './count-photos.ts';
import type { ScanPhotosOptions } from './scan-options.ts';
import { scanPhotos } from './scan-photos.ts';

async function scan(root: string, options: Partial<ScanPhotosOptions> = {}): Promise<ScanItem[]> {
  return await Array.fromAsync(scanPhotos({ root, ...options }));
}

function summary(items: ScanItem[]): string[] {
  return items.map((item) => `${item.file.path} ${item.kind === 'error' ? `${item.stage} ${item.error.code}` : item.kind}`);
}

/** Of two images of one size, 0..255. */
async function meanDifference(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [one, other] = await Promise.all([sharp(a).raw().toBuffer(), sharp(b).raw().toBuffer()]);
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / one.length;
}

describe('scanPhotos', () => {
  it('gives each photo its content, look, metadata and place', async () => {
    const items = await scan(SAMPLE_FOLDER);
    const item = items.find(({ file }) => file.path === 'sample2.jpg');
    expect(item).toMatchObject({
      kind: 'photo',
      photo: {
        mime: 'image/jpeg',
        ext: 'jpg',
        filesize: item !== undefined && 'size' in item.file ? item.file.size : Number.NaN,
        width: 1920,
        height: 1367,
        phash: expect.any(BigInt),
        shot: { local: '2016-08-13T01:11:41', zone: 'America/Los_Angeles', offsetMinutes: -420, source: 'exif:DateTimeOriginal' },
        latitude: expect.closeTo(37.3196, 4),
        longitude: expect.closeTo(-121.9465, 4),
        cameraModel: 'ILCE-7M2',
        file: { root: SAMPLE_FOLDER, path: 'sample2.jpg', kind: 'original' },
      },
    });
    expect(items.every(({ kind }) => kind === 'photo')).toBe(true);
    expect(await countPhotos({ root: SAMPLE_FOLDER })).toBe(items.length);
  });

  it('records each kind of bad file by stage and code, and goes on', async () => {
    await using folder = await temporaryFolder();
    const good = await makeJpeg();
    const files = {
      'a good.jpg': good,
      'b empty.jpg': Buffer.alloc(0),
      'c text.jpg': Buffer.from('not a photo at all, only text in disguise'),
      'd truncated.jpg': good.subarray(0, good.length / 2),
      'e headless.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      'f svg.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'notes.txt': Buffer.from('silently no photo'),
      'z good.png': await makePicture(),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(folder.file(name), bytes);
    await symlink(folder.file('notes.txt/inside'), folder.file('g unreachable.jpg'));
    expect(summary(await scan(folder.path))).toEqual([
      'a good.jpg photo',
      'b empty.jpg hash FILE_EMPTY',
      'c text.jpg metadata UNSUPPORTED_FORMAT',
      'd truncated.jpg photo',
      'e headless.png metadata IMAGE_CORRUPT',
      'f svg.png metadata UNSUPPORTED_FORMAT',
      'g unreachable.jpg walk FILE_UNREADABLE',
      'z good.png photo',
    ]);
  });

  it('leaves 999 of 1,000 when one is bad', async () => {
    await using folder = await temporaryFolder();
    const bytes = await sharp(await makePicture(16, 12))
      .jpeg()
      .toBuffer();
    for (let number = 0; number < 1_000; number++) await writeFile(folder.file(`${number}.jpg`), number === 500 ? 'bad' : bytes);
    const kinds = Object.groupBy(await scan(folder.path), ({ kind }) => kind);
    expect({ photos: kinds.photo?.length, errors: summary(kinds.error ?? []) }).toEqual({
      photos: 999,
      errors: ['500.jpg metadata UNSUPPORTED_FORMAT'],
    });
  });

  it('sees a HEIC upright, in pixels that agree with its metadata', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.heic'), await readFile(HEIC_TURNED_BY_EXIF));
    const [item] = await scan(folder.path);
    expect(item).toMatchObject({
      kind: 'photo',
      photo: { phash: expect.any(BigInt), thumbhash: expect.any(Uint8Array), width: 384, height: 640, orientation: 6 },
    });
  });

  it('renders thumbnails of each content once, all sizes from one decoding', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('photos'));
    const photo = await makeJpeg({ exif: { image: { [TAG.orientation]: { short: 6 } } } }, [800, 600]);
    await writeFile(folder.file('photos/x.jpg'), photo);
    const cache = createThumbnailCache({ folder: folder.file('cache') });
    const stages = new Set<string>();
    const thumbnails = { cache, sizes: [64, 256] };
    await scan(folder.file('photos'), { thumbnails, onStage: (stage) => stages.add(stage) });
    const sha256 = createHash('sha256').update(photo).digest('hex');
    expect(await cache.missing(sha256, [64, 256, 512])).toEqual([512]);
    for (const size of thumbnails.sizes) {
      const webp = await cache.get(sha256, 'nothing is rendered again', size);
      const { format, width, height } = await sharp(webp).metadata();
      expect({ format, width, height }).toEqual({ format: 'webp', width: size * 0.75, height: size });
      expect(await meanDifference(webp, await renderThumbnail(photo, { size }))).toBeLessThan(4);
    }
    expect([...stages].toSorted()).toEqual(['hash', 'metadata', 'pixels', 'walk']);
  });

  it('scans on where thumbnails cannot be kept', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    const cache = createThumbnailCache({ folder: folder.file('x.jpg/no folder') });
    expect(summary(await scan(folder.path, { thumbnails: { cache } }))).toEqual(['x.jpg photo']);
  });

  it.each(TEST_RAW_FORMATS)('sees %s by its preview, upright', async (format) => {
    await using folder = await temporaryFolder();
    const preview = await makeJpeg({}, [320, 240]);
    await writeFile(folder.file(`x.${format}`), makeRaw(format, { preview, orientation: 8 }));
    const pixels: { width: number; height: number }[] = [];
    const [item] = await scan(folder.path, { onPixels: async (_, { width, height }) => void pixels.push({ width, height }) });
    expect(item).toMatchObject({
      kind: 'photo',
      photo: { width: RAW_HEIGHT, height: RAW_WIDTH, thumbhash: expect.any(Uint8Array) },
    });
    expect(pixels).toEqual([{ width: 240, height: 320 }]);
    const upright = await sharp(preview).rotate(270).png().toBuffer();
    const phash = item?.kind === 'photo' ? item.photo.phash : null;
    expect(hammingDistance(phash ?? 0n, await perceptualHash(upright))).toBeLessThanOrEqual(2);
  });

  it('reads nothing of files that are unchanged, and only hashes known content', async () => {
    await using folder = await temporaryFolder();
    const bytes = await makeJpeg();
    const sha256 = createHash('sha256').update(bytes).digest();
    await writeFile(folder.file('same.jpg'), 'would be an error if it were read');
    await writeFile(folder.file('old name.jpg'), bytes);
    await rename(folder.file('old name.jpg'), folder.file('moved.jpg'));
    const items = await scan(folder.path, {
      isUnchanged: async ({ path }) => path === 'same.jpg',
      isKnownContent: (hash) => Buffer.from(hash).equals(sha256),
    });
    expect(items).toMatchObject([
      { kind: 'known', file: { path: 'moved.jpg' } },
      { kind: 'unchanged', file: { path: 'same.jpg' } },
    ]);
    expect(items[0]?.kind === 'known' && Buffer.from(items[0].sha256)).toEqual(sha256);
  });

  it('sends names that are not UTF-8 through the whole pipeline', async () => {
    await using folder = await temporaryFolder();
    const name = Buffer.concat([Buffer.from([0xe9, 0xff]), Buffer.from('.jpg')]);
    await writeFile(Buffer.concat([Buffer.from(`${folder.path}/`), name]), await makeJpeg());
    const [item] = await scan(folder.path);
    expect(item).toMatchObject({ kind: 'photo', photo: { phash: expect.any(BigInt), ext: 'jpg' } });
    expect(item?.kind === 'photo' && Buffer.from(item.photo.file?.pathBytes ?? [])).toEqual(name);
  });

  it('refuses a file that changes between its hash and its pixels', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    const isKnownContent = async () => {
      await writeFile(folder.file('x.jpg'), await makeJpeg({}, [32, 32]));
      return false;
    };
    expect(summary(await scan(folder.path, { isKnownContent }))).toEqual(['x.jpg pixels FILE_CHANGED']);
  });

  it('gives the same items in the same order whatever the concurrency', async () => {
    await using folder = await temporaryFolder();
    for (let number = 0; number < 12; number++) {
      await mkdir(folder.file(`${number % 3}`), { recursive: true });
      await writeFile(folder.file(`${number % 3}/${number}.jpg`), await makeJpeg({}, [20 + 10 * number, 30]));
    }
    expect(await scan(folder.path, { concurrency: 7 })).toEqual(await scan(folder.path, { concurrency: 1 }));
  });

  it('works ahead of a slow consumer by its concurrency and no further', async () => {
    await using folder = await temporaryFolder();
    for (let number = 0; number < 20; number++) await writeFile(folder.file(`${10 + number}.jpg`), 'bad');
    const asked: string[] = [];
    const isUnchanged = ({ path }: { path: string }) => asked.push(path) > 0;
    for await (const item of scanPhotos({ root: folder.path, concurrency: 3, isUnchanged })) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(asked.length - asked.indexOf(item.file.path)).toBeLessThanOrEqual(3);
    }
    expect(asked).toHaveLength(20);
  });

  it('stops with the reason of its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = async () => {
      for await (const _ of scanPhotos({ root: SAMPLE_FOLDER, signal: controller.signal })) controller.abort(reason);
    };
    await expect(running()).rejects.toBe(reason);
  });

  it('passes on what the caller’s own questions throw', async () => {
    const broken = new Error('database gone');
    const isUnchanged = () => {
      throw broken;
    };
    await expect(scan(SAMPLE_FOLDER, { isUnchanged })).rejects.toBe(broken);
  });

  it('refuses a missing root and a senseless concurrency', async () => {
    await expect(scan('/no/such/folder')).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
    await expect(scan(SAMPLE_FOLDER, { concurrency: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
