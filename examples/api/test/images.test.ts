import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { scanPhotos } from '@photoorg/ingest';
import { decodeImage } from '@photoorg/vision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FilledLibrary, fillLibrary } from './support/fill-library.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

let server: TestServer;
let filled: FilledLibrary;
let thumbnailsFolder: string;

beforeAll(async () => {
  thumbnailsFolder = await mkdtemp(join(tmpdir(), 'photoorg-thumbnails-'));
  server = await startTestServer({ thumbnailsFolder });
  filled = await fillLibrary(server.library);
});
afterAll(async () => {
  await server.close();
  await filled[Symbol.asyncDispose]();
  await rm(thumbnailsFolder, { recursive: true, force: true });
});

const photo = (index: number, size: string, headers?: Record<string, string>) =>
  server.send({ path: `/api/photos/${filled.photoIds[index]}/image?size=${size}`, headers });

const crop = (faceId: string, headers?: Record<string, string>) => server.send({ path: `/api/faces/${faceId}/crop`, headers });

describe('a photo', () => {
  it.each(['256', '512', '1024', '2048'])('is rendered to fit into %s pixels', async (size) => {
    const answer = await photo(0, size);
    expect(answer.headers['content-type']).toBe('image/webp');
    const { width, height } = await decodeImage(new Uint8Array(answer.bytes));
    const original = await server.library.photos.get(filled.photoIds[0]!);
    expect(Math.max(width, height)).toBe(Math.min(Number(size), Math.max(original.width, original.height)));
    expect(width / height).toBeCloseTo(original.width / original.height, 1);
  });

  it('is given as its file, byte for byte', async () => {
    const answer = await photo(0, 'original');
    expect(answer.headers['content-type']).toBe('image/jpeg');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.bytes.equals(await readFile(join(filled.folder, 'sample1.jpg')))).toBe(true);
  });

  it('is kept by a browser for good under an address that names its content, and asked for again under any other', async () => {
    const { sha256 } = await server.library.photos.get(filled.photoIds[0]!);
    const answer = await photo(0, `256&content=${sha256}`);
    expect(answer.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    for (const other of ['256', `256&content=${'0'.repeat(64)}`]) {
      expect((await photo(0, other)).headers['cache-control']).toBe('private, no-cache');
    }
    const again = await photo(0, '256', { 'if-none-match': String(answer.headers.etag) });
    expect(again.status).toBe(304);
    expect(again.bytes).toHaveLength(0);
    expect((await photo(0, '512')).headers.etag).not.toBe(answer.headers.etag);
  });

  it('is rendered once, also when many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => photo(1, '512')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { sha256 } = await server.library.photos.get(filled.photoIds[1]!);
    expect(await readdir(thumbnailsFolder)).toContain(`${sha256}-512.webp`);
  });

  it('is missing while its file is away', async () => {
    const path = join(filled.folder, 'sample2.jpg');
    await rename(path, `${path}.away`);
    const gone = await photo(1, '2048');
    expect(gone.status).toBe(404);
    expect(gone.json().code).toBe('PHOTO_FILE_MISSING');
    expect((await photo(1, '512')).status).toBe(200); // rendered before, and still what it was
    await rename(`${path}.away`, path);
    expect((await photo(1, '2048')).status).toBe(200);
  });

  it('is not another photo that took its place', async () => {
    const path = join(filled.folder, 'sample3.jpg');
    const original = await readFile(path);
    const changed = Buffer.from(original);
    changed[changed.length - 3]! ^= 1;
    await writeFile(path, changed);
    for (const size of ['256', 'original']) expect((await photo(2, size)).json().code).toBe('PHOTO_FILE_MISSING');
    await writeFile(path, original);
    expect((await photo(2, '256')).status).toBe(200);
  });
});

describe('a file', () => {
  async function onlyPhotoIn(root: string) {
    const items = await Array.fromAsync(scanPhotos({ root }));
    const [item] = items;
    if (items.length !== 1 || item?.kind !== 'photo') throw new Error(`Expected one photo in ${root}.`);
    return item.photo;
  }

  const image = (photoId: string, size: string) => server.send({ path: `/api/photos/${photoId}/image?size=${size}` });

  it.skipIf(process.platform === 'darwin')('is found under a name that is no text (macOS has no such names)', async () => {
    const root = join(filled.folder, 'names');
    await mkdir(root);
    const path = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.jpg')]);
    const bytes = await readFile(join(filled.folder, 'sample1.jpg'));
    // Bytes behind the end of a JPEG picture make another content of the same picture.
    await writeFile(path, Buffer.concat([bytes, Buffer.from('another')]));
    const [saved] = await server.library.photos.saveAnalyzed([{ photo: await onlyPhotoIn(root), faces: null, space: null }]);
    expect((await image(saved!.photoId, '256')).status).toBe(200);
    const part = await server.send({ path: `/api/photos/${saved!.photoId}/image?size=original`, headers: { range: 'bytes=-7' } });
    expect([part.status, part.text]).toEqual([206, 'another']);
  });

  it('of another time than was indexed is the same as long as its content is', async () => {
    const path = join(filled.folder, 'sample1.jpg');
    await utimes(path, new Date(), new Date('2001-01-01'));
    expect((await image(filled.photoIds[0]!, 'original')).bytes.equals(await readFile(path))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('that became a folder or a pipe is missing', async () => {
    const root = join(filled.folder, 'replaced');
    await mkdir(root);
    const path = join(root, 'photo.jpg');
    await writeFile(path, Buffer.concat([await readFile(join(filled.folder, 'sample1.jpg')), Buffer.from('a third')]));
    const [saved] = await server.library.photos.saveAnalyzed([{ photo: await onlyPhotoIn(root), faces: null, space: null }]);
    expect((await image(saved!.photoId, 'original')).status).toBe(200);
    for (const replace of [() => mkdir(path), () => promisify(execFile)('mkfifo', [path])]) {
      await rm(path, { recursive: true });
      await replace();
      for (const size of ['original', '256']) expect((await image(saved!.photoId, size)).json().code).toBe('PHOTO_FILE_MISSING');
    }
  });

  it('that holds no picture any more says so, and is given as it is', async () => {
    const root = join(filled.folder, 'damaged');
    await mkdir(root);
    const path = join(root, 'photo.jpg');
    await copyFile(join(filled.folder, 'sample1.jpg'), path);
    const photo = await onlyPhotoIn(root);
    const damaged = (await readFile(path)).subarray(0, 200);
    await writeFile(path, damaged);
    const sha256 = createHash('sha256').update(damaged).digest();
    const file = { ...photo.file!, size: damaged.length };
    const indexed = { ...photo, sha256, filesize: damaged.length, file };
    const [saved] = await server.library.photos.saveAnalyzed([{ photo: indexed, faces: null, space: null }]);
    const refused = await image(saved!.photoId, '256');
    expect(refused.status).toBe(422);
    expect(refused.json().code).toBe('IMAGE_NOT_RENDERABLE');
    expect((await image(saved!.photoId, 'original')).bytes.equals(damaged)).toBe(true);
  });
});

describe('a film', () => {
  const GIGABYTE = 1024 ** 3;

  /** As long as it says, of nothing but zeros, which take no room on the disk; without its file unless `isThere`. */
  const saveFilm = async (filesize: number, { isThere = false } = {}) => {
    const { photo } = await photoToSave();
    const path = join(filled.folder, `film-${filesize}.mp4`);
    if (isThere) await writeFile(path, '').then(() => truncate(path, filesize));
    const mtimeNs = isThere ? (await stat(path, { bigint: true })).mtimeNs : 0n;
    const file = { ...photo.file!, path: basename(path), pathBytes: Buffer.from(basename(path)), size: filesize, mtimeNs };
    const film = { ...photo, sha256: createHash('sha256').update(path).digest(), mime: 'video/mp4', filesize, file };
    const [saved] = await server.library.photos.saveAnalyzed([{ photo: film, faces: null, space: null }]);
    const address = (size: string) => `/api/photos/${saved!.photoId}/image?size=${size}`;
    return {
      path,
      address,
      send: (size: string, headers?: Record<string, string>) => server.send({ path: address(size), headers }),
    };
  };
  const photoToSave = async () => {
    for await (const item of scanPhotos({ root: filled.folder })) if (item.kind === 'photo') return item;
    throw new Error(`Expected a photo in ${filled.folder}.`);
  };

  it('is not read for a picture that no run has kept', async () => {
    const film = await saveFilm(1_000);
    expect((await film.send('256')).json().code).toBe('IMAGE_NOT_RENDERABLE');
    expect((await film.send('original')).json().code).toBe('PHOTO_FILE_MISSING');
  });

  it('is sent in parts, however long it is', async () => {
    const film = await saveFilm(5 * GIGABYTE, { isThere: true });
    const answer = await film.send('original', { range: `bytes=${4 * GIGABYTE}-${4 * GIGABYTE + 9}` });
    expect(answer.status).toBe(206);
    expect(answer.headers['content-range']).toBe(`bytes ${4 * GIGABYTE}-${4 * GIGABYTE + 9}/${5 * GIGABYTE}`);
    expect(answer.bytes.equals(Buffer.alloc(10))).toBe(true);
  });

  it('is sent no faster than it is read: the rest waits on the disk, and is let go of with the reader', async () => {
    const film = await saveFilm(GIGABYTE, { isThere: true });
    const held = () => process.memoryUsage().rss;
    const before = held();
    const sent = request(`${server.url}${film.address('original')}`).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    expect(response.headers['content-length']).toBe(String(GIGABYTE));
    for (let read = 0; read < 4; read++) {
      await once(response, 'readable');
      response.read();
      await setTimeout(100); // time for whoever does not wait for the reader
    }
    expect(held() - before).toBeLessThan(GIGABYTE / 8);
    sent.destroy();
    if (process.platform === 'linux') await expect.poll(() => openFiles(film.path)).toEqual([]);
  });

  it('that is cut short while it is sent ends in an error, not in waiting for the rest', async () => {
    const film = await saveFilm(2 * GIGABYTE, { isThere: true });
    const sent = request(`${server.url}${film.address('original')}`).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    await once(response, 'readable');
    await truncate(film.path, 1_000_000);
    response.resume();
    await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  const openFiles = async (path: string) => {
    const names = await readdir('/proc/self/fd');
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => null)));
    return targets.filter((target) => target === path);
  };
});

describe('a part of an image', () => {
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => server.send({ method, path, headers });
  const images = () => [
    { image: `/api/photos/${filled.photoIds[0]}/image?size=original` },
    { image: `/api/photos/${filled.photoIds[0]}/image?size=512` },
    { image: `/api/faces/${filled.faces.ada[0]}/crop` },
    { image: `/api/faces/${filled.faces.bob}/crop` },
  ];

  it('is sent alone: of a file, a rendered photo and a crop', async () => {
    for (const { image } of images()) {
      const whole = await get(image);
      expect(whole.headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-length': String(whole.bytes.length) });
      for (const [range, start, end] of [
        ['bytes=0-99', 0, 99],
        ['bytes=100-199', 100, 199],
        ['bytes=-50', whole.bytes.length - 50, whole.bytes.length - 1],
        ['bytes=200-', 200, whole.bytes.length - 1],
      ] as const) {
        const part = await get(image, { range, 'accept-encoding': 'gzip' });
        expect(part.status, `${image} ${range}`).toBe(206);
        expect(part.headers).toMatchObject({
          'content-range': `bytes ${start}-${end}/${whole.bytes.length}`,
          'content-length': String(end - start + 1),
          'content-type': whole.headers['content-type'],
          etag: whole.headers.etag,
        });
        expect(part.headers['content-encoding']).toBeUndefined();
        expect(part.bytes.equals(whole.bytes.subarray(start, end + 1)), `${image} ${range}`).toBe(true);
      }
    }
  });

  it('that is not there is refused, with how much is', async () => {
    for (const { image } of images()) {
      const { length } = (await get(image)).bytes;
      for (const range of [`bytes=${length}-`, 'bytes=9-5', 'bytes=x-y']) {
        const refused = await get(image, { range });
        expect(refused.status, `${image} ${range}`).toBe(416);
        expect(refused.headers['content-range']).toBe(`bytes */${length}`);
        expect(refused.json().code).toBe('RANGE_NOT_SATISFIABLE');
      }
    }
  });

  it('comes with all others where several, or another unit, are asked for', async () => {
    for (const { image } of images()) {
      const whole = await get(image);
      for (const range of ['bytes=0-9,20-29', 'pages=1-2']) {
        const answer = await get(image, { range });
        expect([answer.status, answer.bytes.equals(whole.bytes)]).toEqual([200, true]);
      }
    }
  });

  it('goes on only with the image of the parts before', async () => {
    for (const { image } of images()) {
      const { headers, bytes } = await get(image);
      const range = 'bytes=10-19';
      expect((await get(image, { range, 'if-range': String(headers.etag) })).bytes.equals(bytes.subarray(10, 20))).toBe(true);
      for (const other of ['"another"', `W/${headers.etag}`, 'Sat, 01 Jun 2024 12:00:00 GMT']) {
        const answer = await get(image, { range, 'if-range': other });
        expect([answer.status, answer.bytes.equals(bytes)], other).toEqual([200, true]);
      }
      expect((await get(image, { range, 'if-none-match': String(headers.etag) })).status).toBe(304);
    }
  });

  it('is not sent where only the head is asked for', async () => {
    for (const { image } of images()) {
      const whole = await get(image);
      const head = await get(image, { range: 'bytes=0-9' }, 'HEAD');
      expect(head.status).toBe(200);
      expect(head.bytes).toHaveLength(0);
      expect(head.headers).toMatchObject({
        'content-length': String(whole.bytes.length),
        'accept-ranges': 'bytes',
        etag: whole.headers.etag,
      });
    }
  });
});

describe('a face', () => {
  it('is its stored crop', async () => {
    const [faceId] = filled.faces.ada;
    const answer = await crop(faceId!);
    const stored = await server.library.faces.crop(faceId!);
    expect(answer.headers['content-type']).toBe(stored!.mime);
    expect(answer.bytes.equals(Buffer.from(stored!.bytes))).toBe(true);
  });

  it('is cut from its photo when no crop is stored', async () => {
    const answer = await crop(filled.faces.bob);
    expect(answer.headers['content-type']).toBe('image/webp');
    const { width, height } = await decodeImage(new Uint8Array(answer.bytes));
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(80); // the box, and some of its surroundings
    expect(Math.max(width, height)).toBeLessThanOrEqual(256);
  });

  it('is asked for anew each time, and sent only when it changed', async () => {
    const answer = await crop(filled.faces.ada[0]!);
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    expect((await crop(filled.faces.ada[0]!, { 'if-none-match': String(answer.headers.etag) })).status).toBe(304);
  });
});
