import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { type IndexPhotosOptions, indexPhotos, type ScanPhotos } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { writeVariant } from './support/photo-folder.ts';

const given = useLibraryAndFolder();
const NAMES = Array.from({ length: 10 }, (_, i) => `${i}.jpg`);
const LONG_AGO = new Date('2001-01-01T00:00:00Z');

let read: string[];

/** Notes which files are read. */
const scan: ScanPhotos = async function* (options) {
  for await (const item of scanPhotos(options)) {
    if (item.kind !== 'unchanged') read.push(item.file.path);
    yield item;
  }
};

/** Which files a run reads. */
async function index(options: Partial<IndexPhotosOptions> = {}): Promise<string[]> {
  read = [];
  await indexPhotos({ library: given.library, root: given.folder, scanPhotos: scan, ...options });
  return read;
}

function xmp(title: string): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>
    </rdf:Description></rdf:RDF></x:xmpmeta>`;
}

beforeEach(async () => {
  for (const name of NAMES) await writeVariant(name, join(given.folder, name));
  expect(await index()).toEqual(NAMES);
  expect(await index()).toEqual([]);
});

test('a sidecar older than its photo counts when it comes, changes and goes, as unzip and rsync -a bring them', async () => {
  const sidecar = join(given.folder, '3.jpg.xmp');
  for (const title of ['came', 'said something else']) {
    await writeFile(sidecar, xmp(title));
    await utimes(sidecar, LONG_AGO, LONG_AGO);
    expect(await index()).toEqual(['3.jpg']);
    expect((await given.library.photos.list({ q: title.split(' ')[0]! })).total).toBe(1);
  }
  await rm(sidecar);
  expect(await index()).toEqual(['3.jpg']);
});

test.each([
  { desc: 'in place', write: (path: string, bytes: Buffer) => writeFile(path, bytes) },
  {
    desc: 'by another file in its place',
    write: async (path: string, bytes: Buffer) => {
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    },
  },
])('a photo that changes $desc is read, though its size and time are as they were', async ({ write }) => {
  const path = join(given.folder, '3.jpg');
  const { atime, mtime } = await stat(path);
  await utimes(path, atime, mtime);
  await index();
  const bytes = await readFile(path);
  bytes[bytes.length - 1]! ^= 1;
  await write(path, bytes);
  await utimes(path, atime, mtime);
  expect(await index()).toEqual(['3.jpg']);
});

test('files that all have other inodes, as on a new disk, are not read again, and known by those from then on', async () => {
  const inodes = async () =>
    (await sql<{ inode: string }>`SELECT inode FROM photo_files ORDER BY path`.execute(given.context.db)).rows.map(
      ({ inode }) => inode,
    );
  const before = await inodes();
  // Node's own copy keeps no nanoseconds.
  await promisify(execFile)('cp', ['-a', given.folder, `${given.folder}.copy`]);
  for (const name of NAMES) await rename(join(`${given.folder}.copy`, name), join(given.folder, name));
  await rm(`${given.folder}.copy`, { recursive: true });
  expect(await index()).toEqual([]);
  const after = await inodes();
  expect(after.filter((inode) => before.includes(inode))).toEqual([]);
  expect(after).toEqual(await Promise.all(NAMES.map(async (name) => (await stat(join(given.folder, name))).ino.toString())));
});

test('files of which an earlier version noted no state are not read again', async () => {
  await sql`UPDATE photo_files SET fingerprint = NULL, ctime_ns = NULL`.execute(given.context.db);
  expect(await index()).toEqual([]);
  const { rows } = await sql`SELECT path FROM photo_files WHERE fingerprint IS NULL`.execute(given.context.db);
  expect(rows).toEqual([]);
});

test('all files or some are read again on request', async () => {
  expect(await index({ reread: true })).toEqual(NAMES);
  expect(await index({ reread: '3.jpg' })).toEqual(['3.jpg']);
  expect(await index({ reread: join(given.folder, '4.jpg') })).toEqual(['4.jpg']);
  expect(await index({ reread: './' })).toEqual(NAMES);
  expect(await index()).toEqual([]);
  for (const reread of ['33.jpg', '../3.jpg', '/']) {
    await expect(index({ reread })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
});

test('a path to read again is relative to the folder of the run, though that is a part of an indexed one', async () => {
  await mkdir(join(given.folder, 'trip'));
  await writeVariant('x', join(given.folder, 'trip', '3.jpg'));
  expect(await index()).toEqual(['trip/3.jpg']);
  expect(await index({ root: join(given.folder, 'trip'), reread: '3.jpg' })).toEqual(['trip/3.jpg']);
});
