import { access, copyFile, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPhotoMetadata, scanPhotos, writeFaceRegions } from '@photoorg/ingest';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type ExportRegionsOptions, exportRegions, type Face, indexPhotos, type PhotoLibrary } from '../src/index.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';
import { writeRegionSidecar } from './support/region-sidecar.ts';

const vision = useFaceAnalyzer();
const given = useLibraryAndFolder();
let library: PhotoLibrary;
let photo: string;
let sidecar: string;
/** From left to right. */
let faces: Face[];

beforeAll(() => {
  library = given.library;
});
beforeEach(async () => {
  photo = join(given.folder, 'group.jpg');
  sidecar = `${photo}.xmp`;
  await copySample(3, photo);
  await index();
  faces = await readFaces();
});

function index() {
  return indexPhotos({ library, root: given.folder, scanPhotos, analyzer: vision.analyzer });
}

function exported(options: Partial<ExportRegionsOptions> = {}) {
  return Array.fromAsync(exportRegions({ library, writeFaceRegions, ...options }));
}

async function readFaces(): Promise<Face[]> {
  const [stored] = (await library.photos.list()).items;
  return (await library.photos.getWithFaces(stored!.photoId)).faces;
}

async function confirm(face: Face, name: string): Promise<string> {
  const { personId } = (await library.people.findByName(name)) ?? (await library.people.create({ displayName: name }));
  await library.labels.confirm({ faceId: face.faceId, personId, actor: 'mia' });
  return personId;
}

async function regions() {
  return (await readPhotoMetadata(photo)).faceRegions!.map(({ name, box }) => ({ name, box }));
}

/** As if another program had written it again, unchanged. */
async function touchSidecar(): Promise<void> {
  const later = new Date(Date.now() + 60_000);
  await utimes(sidecar, later, later);
}

async function journalLength(): Promise<number> {
  return (await Array.fromAsync(library.labels.events())).length;
}

test('what the library wrote is no news to it, whether the sidecar is read again or not', async () => {
  const original = await readFile(photo);
  await confirm(faces[0]!, 'Ada');
  await confirm(faces[2]!, 'Cy');
  expect(await exported()).toMatchObject([{ path: photo, status: 'created', sidecar, names: ['Ada', 'Cy'], error: null }]);
  expect(await regions()).toEqual([
    { name: 'Ada', box: faces[0]!.box },
    { name: 'Cy', box: faces[2]!.box },
  ]);
  expect(await readFile(photo)).toEqual(original);
  const written = await journalLength();
  expect(await index()).toMatchObject({ unchanged: 1 });
  await touchSidecar();
  await index();
  expect(await journalLength()).toBe(written);
  expect(await exported()).toMatchObject([{ status: 'unchanged' }]);
});

test('a name that was taken off goes from the sidecar, and does not come back from it', async () => {
  await confirm(faces[0]!, 'Ada');
  await confirm(faces[1]!, 'Bo');
  await exported();
  await library.labels.clear({ faceId: faces[0]!.faceId, actor: 'mia' });
  await touchSidecar();
  await index();
  expect((await readFaces()).map((face) => face.label?.displayName)).toEqual([undefined, 'Bo', undefined]);
  expect(await exported()).toMatchObject([{ status: 'updated', names: ['Bo'] }]);
  expect(await regions()).toEqual([{ name: 'Bo', box: faces[1]!.box }]);
  await library.labels.clear({ faceId: faces[1]!.faceId, actor: 'mia' });
  await exported();
  expect(await regions()).toEqual([]);
});

test('regions of another program are renamed where the library knows better, and otherwise left', async () => {
  const { width, height } = await library.photos.get(faces[0]!.photoId);
  const drawn = faces.map(({ box }) => ({ ...box, y: box.y - 9, height: box.height + 9 }));
  await writeRegionSidecar(photo, { width, height }, [
    { name: 'Ada', box: drawn[0]! },
    { name: 'Bo', box: drawn[1]! },
  ]);
  await index();
  await confirm(faces[1]!, 'Bob');
  expect(await exported()).toMatchObject([{ status: 'updated', names: ['Ada', 'Bob'] }]);
  expect(await regions()).toEqual([
    { name: 'Ada', box: drawn[0] },
    { name: 'Bob', box: drawn[1] },
  ]);
  expect(await readFile(sidecar, 'utf8')).toContain('Sample Manager 3');
});

test('a sidecar that nobody has read yet is not written', async () => {
  await confirm(faces[0]!, 'Ada');
  const { width, height } = await library.photos.get(faces[0]!.photoId);
  await writeRegionSidecar(photo, { width, height }, [{ name: 'Eve', box: faces[1]!.box }]);
  const before = await readFile(sidecar);
  expect(await exported()).toMatchObject([{ status: 'failed', error: { code: 'SIDECAR_CHANGED' } }]);
  expect(await readFile(sidecar)).toEqual(before);
  await index();
  expect(await exported()).toMatchObject([{ status: 'updated', names: ['Ada', 'Eve'] }]);
});

test('one file that cannot be written leaves the others', async () => {
  const copy = join(given.folder, 'copy.jpg');
  await copyFile(photo, copy);
  await writeFile(`${copy}.xmp`, 'Dear diary');
  await index();
  await confirm(faces[0]!, 'Ada');
  expect(await exported()).toMatchObject([
    { path: copy, status: 'failed', error: { code: 'SIDECAR_UNREADABLE' } },
    { path: photo, status: 'created' },
  ]);
});

test('photos are chosen by id and by person; guesses and strangers are no names; a dry run writes nothing', async () => {
  const ada = await confirm(faces[0]!, 'Ada');
  const bo = await library.people.create({ displayName: 'Bo' });
  await library.labels.apply({
    faceId: faces[1]!.faceId,
    personId: bo.personId,
    source: 'model_guess',
    confidence: 0.9,
    provenance: {},
  });
  const photoId = faces[0]!.photoId;
  for (const options of [{ photoIds: [photoId] }, { personId: ada }, {}]) {
    expect(await exported({ ...options, dryRun: true })).toMatchObject([{ status: 'would-create', names: ['Ada'] }]);
  }
  expect(await exported({ personId: (await library.people.create({ displayName: 'Nobody' })).personId })).toEqual([]);
  await expect(access(sidecar)).rejects.toThrow('ENOENT');
  await expect(exported({ photoIds: ['none'] })).rejects.toMatchObject({ code: 'PHOTO_NOT_FOUND' });
});

test('people without a face are named as shown in the image, and go when that is taken back', async () => {
  const shown = async () => (await readPhotoMetadata(photo)).peopleShown.map(({ name, source }) => `${name}: ${source}`);
  await confirm(faces[0]!, 'Ada');
  const { photoId } = faces[0]!;
  const { personId } = await library.people.create({ displayName: 'Dora', actor: 'mia' });
  await library.labels.confirmPhoto({ photoId, personId, actor: 'mia' });
  expect(await exported({ personId })).toMatchObject([{ status: 'created', names: ['Ada', 'Dora'] }]);
  expect(await shown()).toEqual(['Dora: iptc']);
  expect(await exported()).toMatchObject([{ status: 'unchanged' }]);
  await index();
  await library.labels.clearPhoto({ photoId, personId, actor: 'mia' });
  expect(await exported()).toMatchObject([{ status: 'updated', names: ['Ada'] }]);
  expect(await shown()).toEqual([]);
  expect(await regions()).toEqual([{ name: 'Ada', box: faces[0]!.box }]);
});
