import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  });

  it('that holds no picture any more says so, and is given as it is', async () => {
    const root = join(filled.folder, 'damaged');
    await mkdir(root);
    const path = join(root, 'photo.jpg');
    await copyFile(join(filled.folder, 'sample1.jpg'), path);
    const photo = await onlyPhotoIn(root);
    const damaged = (await readFile(path)).subarray(0, 20_000);
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
  const saveFilm = async (filesize: number) => {
    const { photo } = await photoToSave();
    const film = { ...photo, sha256: createHash('sha256').update(String(filesize)).digest(), mime: 'video/mp4', filesize };
    const [saved] = await server.library.photos.saveAnalyzed([{ photo: film, faces: null, space: null }]);
    return (size: string) => server.send({ path: `/api/photos/${saved!.photoId}/image?size=${size}` });
  };
  const photoToSave = async () => {
    for await (const item of scanPhotos({ root: filled.folder })) if (item.kind === 'photo') return item;
    throw new Error(`Expected a photo in ${filled.folder}.`);
  };

  it('is not read for a picture that no run has kept', async () => {
    const image = await saveFilm(1_000);
    expect((await image('256')).json().code).toBe('IMAGE_NOT_RENDERABLE');
    expect((await image('original')).json().code).toBe('PHOTO_FILE_MISSING');
  });

  it('is not sent where it would fill the memory', async () => {
    const image = await saveFilm(1024 ** 3);
    expect(await image('original')).toMatchObject({ status: 422 });
    expect((await image('original')).json().code).toBe('IMAGE_NOT_RENDERABLE');
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
