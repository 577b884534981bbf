import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type FileStory, indexPhotos, type PhotoLibrary } from '../src/index.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample, writeVariant } from './support/photo-folder.ts';

const given = useLibraryAndFolder();
let library: PhotoLibrary;
let root: string;

beforeAll(() => {
  library = given.library;
});
beforeEach(async () => {
  root = given.folder;
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await writeVariant(name, at(`${name}.jpg`));
  await index();
});

function at(path: string): string {
  return join(root, path);
}

function index() {
  return indexPhotos({ library, root, scanPhotos });
}

async function story(path: string): Promise<FileStory> {
  const [file] = await Array.fromAsync(library.files.iterate({ paths: [at(path)] }));
  return file!;
}

async function photoAt(path: string): Promise<string> {
  return (await story(path)).photoId;
}

test('a file that was only found says so', async () => {
  expect(await story('a.jpg')).toMatchObject({
    path: 'a.jpg',
    missingSince: null,
    copies: [],
    events: [],
    explanation: [expect.stringMatching(/^Found on \d{4}-\d\d-\d\d\.$/)],
  });
});

test('a moved and renamed file says from where', async () => {
  const photoId = await photoAt('a.jpg');
  await mkdir(at('sub'));
  await rename(at('a.jpg'), at('sub/renamed.jpg'));
  await index();
  const moved = await story('sub/renamed.jpg');
  expect(moved).toMatchObject({ photoId, events: [{ kind: 'moved', otherPath: at('a.jpg') }] });
  expect(moved.explanation.at(-1)).toContain(`Moved from ${at('a.jpg')}`);
  expect(await Array.fromAsync(library.files.iterate({ paths: [at('a.jpg')] }))).toEqual([]);
});

test('a duplicate names its original, and the original its duplicate', async () => {
  await copyFile(at('a.jpg'), at('copy.jpg'));
  await index();
  expect(await story('copy.jpg')).toMatchObject({ events: [{ kind: 'copied', otherPath: at('a.jpg') }], copies: [at('a.jpg')] });
  expect(await story('a.jpg')).toMatchObject({ events: [], copies: [at('copy.jpg')] });
});

test('of copies found together the first by path is the original', async () => {
  await writeVariant('twin', at('y.jpg'));
  await copyFile(at('y.jpg'), at('x.jpg'));
  await index();
  expect((await story('x.jpg')).events).toEqual([]);
  expect((await story('y.jpg')).events).toMatchObject([{ kind: 'copied', otherPath: at('x.jpg') }]);
});

test('a file that was edited in place says so', async () => {
  const photoId = await photoAt('a.jpg');
  await writeVariant('a, edited', at('a.jpg'));
  await index();
  const edited = await story('a.jpg');
  expect(edited).toMatchObject({ photoId, events: [{ kind: 'edited', otherPhotoId: null }] });
  expect(edited.explanation.at(-1)).toContain('it is the same photo');
});

test('another picture that was copied over a file replaced it, though its inode stayed, and tells which photo holds what it was', async () => {
  const before = await photoAt('a.jpg');
  await copySample(2, at('a.jpg'));
  await index();
  const replaced = await story('a.jpg');
  expect(replaced.photoId).not.toBe(before);
  expect(replaced.events).toMatchObject([{ kind: 'replaced', otherPhotoId: before }]);
  expect(replaced.explanation.at(-1)).toMatch(new RegExp(`^Replaced by another file, .* kept as photo ${before}`));
  expect(await library.photos.get(before)).toMatchObject({ missing: true });
});

test('a picture that was edited by way of another file was edited, also while a copy keeps what it was', async () => {
  const photoId = await photoAt('a.jpg');
  await writeVariant('a, edited', at('new.tmp'));
  await rename(at('new.tmp'), at('a.jpg'));
  await index();
  expect(await story('a.jpg')).toMatchObject({ photoId, events: [{ kind: 'edited', otherPhotoId: null }] });
  await copyFile(at('a.jpg'), at('kept.jpg'));
  await index();
  await writeVariant('a, edited again', at('new.tmp'));
  await rename(at('new.tmp'), at('a.jpg'));
  await index();
  const edited = await story('a.jpg');
  expect(edited.photoId).not.toBe(photoId);
  expect(edited.events.at(-1)).toMatchObject({ kind: 'edited', otherPhotoId: photoId });
});

test('a file under the name of another tells the same, and whether it is a duplicate', async () => {
  const [before, other] = [await photoAt('a.jpg'), await photoAt('b.jpg')];
  await copySample(2, at('new.tmp'));
  await rename(at('new.tmp'), at('a.jpg'));
  await index();
  expect((await story('a.jpg')).events).toMatchObject([{ kind: 'replaced', otherPhotoId: before, otherPath: null }]);
  const second = await photoAt('a.jpg');
  await copyFile(at('b.jpg'), at('new.tmp'));
  await rename(at('new.tmp'), at('a.jpg'));
  await index();
  expect(await story('a.jpg')).toMatchObject({
    photoId: other,
    events: [{ kind: 'replaced' }, { kind: 'replaced', otherPhotoId: second, otherPath: at('b.jpg') }],
  });
});

test('a file that went and came back tells both', async () => {
  const photoId = await photoAt('a.jpg');
  await rename(at('a.jpg'), `${root}-kept`);
  await index();
  expect(await story('a.jpg')).toMatchObject({ missingSince: expect.any(Date), events: [{ kind: 'missing' }] });
  await rename(`${root}-kept`, at('a.jpg'));
  await index();
  expect(await story('a.jpg')).toMatchObject({
    photoId,
    missingSince: null,
    events: [{ kind: 'missing' }, { kind: 'restored' }],
  });
});

test('a run that finds nothing changed writes nothing down', async () => {
  await index();
  await rm(at('f.jpg'));
  await writeFile(at('notes.txt'), 'not a photo');
  await index();
  await index();
  const stories = await Array.fromAsync(library.files.iterate());
  expect(stories.map(({ path, events }) => [path, events.length])).toEqual([
    ['a.jpg', 0],
    ['b.jpg', 0],
    ['c.jpg', 0],
    ['d.jpg', 0],
    ['e.jpg', 0],
    ['f.jpg', 1],
  ]);
});

test('files are found by photo, by path and by folder', async () => {
  await mkdir(at('sub'));
  await copyFile(at('a.jpg'), at('sub/copy.jpg'));
  await index();
  const pathsOf = async (options: Parameters<PhotoLibrary['files']['iterate']>[0]) =>
    (await Array.fromAsync(library.files.iterate(options))).map((file) => file.path);
  expect(await pathsOf({ photoId: await photoAt('a.jpg') })).toEqual(['a.jpg', 'sub/copy.jpg']);
  expect(await pathsOf({ paths: [at('sub')] })).toEqual(['sub/copy.jpg']);
  expect(await pathsOf({ paths: [at('sub/'), at('b.jpg'), at('b')] })).toEqual(['b.jpg', 'sub/copy.jpg']);
  await expect(pathsOf({ photoId: 'none' })).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' });
});

test('all files come in the order of their paths, each once, however many and however long their names are', async () => {
  // More than are read at a time, many of which begin alike for longer than an index holds.
  await sql`
    INSERT INTO photo_files (file_id, library_id, photo_id, root_id, path, path_bytes, size, mtime_ns, inode, kind)
    SELECT gen_random_uuid(), library_id, photo_id, root_id, long, convert_to(long, 'UTF8'), size, mtime_ns, inode, 'sidecar'
    FROM photo_files, generate_series(1, 400) AS number,
      LATERAL (SELECT repeat(CASE number % 3 WHEN 0 THEN 'ä' WHEN 1 THEN 'Z' ELSE 'folder/' END, number) || number || path) AS name(long)`.execute(
    given.context.db,
  );
  const files = await Array.fromAsync(library.files.iterate());
  const paths = files.map(({ path }) => Buffer.from(path).toString('latin1'));
  expect(paths).toEqual(paths.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(new Set(files.map(({ fileId }) => fileId)).size).toBe(6 + 6 * 400);
});
