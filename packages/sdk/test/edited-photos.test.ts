import { mkdir, readFile, rename, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Face,
  type FaceAnalyzerLike,
  type IndexPhotosOptions,
  indexPhotos,
  type Person,
  type PhotoLibrary,
} from '../src/index.ts';
import { contextOf } from '../src/library/library-internals.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';

const vision = useFaceAnalyzer();
const given = useLibraryAndFolder();
let library: PhotoLibrary;
let photo: string;
let photoId: string;
let ada: Person;

const CAMERA = {
  IFD0: { Model: 'Camera', ImageDescription: 'On the stairs' },
  IFD2: { DateTimeOriginal: '2024:05:01 10:02:03', SubSecTimeOriginal: '45' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
};

beforeAll(() => {
  library = given.library;
});

/** A group photo with three faces, of which the left one is confirmed. */
beforeEach(async () => {
  photo = join(given.folder, 'group.jpg');
  await copySample(3, photo);
  await edit((image) => image.withExif(CAMERA));
  await index();
  const [stored] = (await library.photos.list()).items;
  photoId = stored!.photoId;
  ada = await library.people.create({ displayName: 'Ada' });
  const [left] = await facesOf(photoId);
  await library.labels.confirm({ faceId: left!.faceId, personId: ada.personId, actor: 'me' });
});

function index(options: Partial<IndexPhotosOptions> = {}) {
  return indexPhotos({ library, root: given.folder, scanPhotos, analyzer: vision.analyzer, ...options });
}

/** Writes the photo anew in its place. */
async function edit(change: (image: Sharp) => Sharp, target = photo): Promise<void> {
  const image = change(sharp(await readFile(photo)).keepExif());
  await writeFile(target, await image.jpeg({ quality: 95 }).toBuffer());
}

/** As programs do that write metadata: the picture's own bytes stay. */
async function writeXmp(description: string): Promise<void> {
  const xmp = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${description}</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;
  const jpeg = await readFile(photo);
  const header = Buffer.from([0xff, 0xe1, (xmp.length + 2) >> 8, (xmp.length + 2) & 0xff]);
  await writeFile(photo, Buffer.concat([jpeg.subarray(0, 2), header, Buffer.from(xmp), jpeg.subarray(2)]));
}

/** From left to right. */
async function facesOf(id: string): Promise<Face[]> {
  const { faces } = await library.photos.getWithFaces(id);
  return faces.toSorted((a, b) => a.box.x - b.box.x);
}

async function labelsOf(id: string): Promise<(string | null)[]> {
  return (await facesOf(id)).map(({ label }) => label && `${label.displayName}: ${label.source}`);
}

async function photoAt(path: string): Promise<string> {
  const [file] = await Array.fromAsync(library.files.iterate({ paths: [path] }));
  return file!.photoId;
}

async function expectSound(): Promise<void> {
  const checks = await library.diagnose();
  expect(checks.filter((check) => check.status === 'error')).toEqual([]);
}

describe('a photo edited in its frame stays the photo', () => {
  test('with new metadata, with its faces and labels', async () => {
    const before = await facesOf(photoId);
    await writeXmp('Stairs');
    expect(await index()).toMatchObject({ created: 0, updated: 1, missing: 0 });
    expect(await photoAt(photo)).toBe(photoId);
    expect(await library.photos.get(photoId)).toMatchObject({ title: 'Stairs', missing: false });
    expect((await facesOf(photoId)).map(({ faceId }) => faceId)).toEqual(before.map(({ faceId }) => faceId));
    expect(await labelsOf(photoId)).toEqual(['Ada: human_confirmed', null, null]);
    const [file] = await Array.fromAsync(library.files.iterate());
    expect(file!.events).toMatchObject([{ kind: 'edited', otherPhotoId: null }]);
    expect(file!.explanation.at(-1)).toContain('it is the same photo');
    expect(await index()).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    await expectSound();
  });

  test('with the times of its file as they are since', async () => {
    await writeXmp('Stairs');
    await utimes(photo, new Date(), new Date('2030-01-01T00:00:00Z'));
    await index();
    expect(await photoAt(photo)).toBe(photoId);
    expect(await library.photos.get(photoId)).toMatchObject({ modifiedAt: new Date('2030-01-01T00:00:00Z') });
  });

  test('smaller and brighter, its faces at their places', async () => {
    const { width } = await library.photos.get(photoId);
    const [left] = await facesOf(photoId);
    await edit((image) => image.resize({ width: width / 2 }).modulate({ brightness: 1.1 }));
    await index({ analyzer: undefined });
    expect(await photoAt(photo)).toBe(photoId);
    const [scaled] = await facesOf(photoId);
    expect(scaled).toMatchObject({ faceId: left!.faceId, box: { x: Math.round(left!.box.x / 2) } });
    await index();
    expect(await labelsOf(photoId)).toEqual(['Ada: human_confirmed', null, null]);
    await expectSound();
  });

  test('whatever was taken out of its metadata is forgotten', async () => {
    expect(await library.photos.get(photoId)).toMatchObject({
      latitude: 52.5,
      caption: 'On the stairs',
      shotLocal: expect.anything(),
    });
    await writeFile(
      photo,
      await sharp(await readFile(photo))
        .jpeg({ quality: 95 })
        .toBuffer(),
    );
    await index();
    expect(await photoAt(photo)).toBe(photoId);
    expect(await library.photos.get(photoId)).toMatchObject({
      latitude: null,
      longitude: null,
      caption: null,
      cameraModel: null,
    });
    await expectSound();
  });

  test('and comes back as what it was', async () => {
    const original = await readFile(photo);
    await writeXmp('Stairs');
    await index();
    await writeFile(photo, original);
    await index();
    expect(await photoAt(photo)).toBe(photoId);
    expect(await library.photos.get(photoId)).toMatchObject({ title: null });
    expect(await labelsOf(photoId)).toEqual(['Ada: human_confirmed', null, null]);
  });
});

describe('a photo that was moved and edited between two runs stays the photo', () => {
  const sorted = () => join(given.folder, '2024', '2024-05-01 10.02.03.jpg');
  beforeEach(() => mkdir(join(given.folder, '2024')));

  test.each<{ desc: string; change: () => Promise<void> }>([
    { desc: 'with new metadata', change: () => writeXmp('Stairs') },
    { desc: 'smaller', change: () => edit((image) => image.resize({ width: 1000 }).withMetadata()) },
  ])('$desc', async ({ change }) => {
    const [left] = await facesOf(photoId);
    await change();
    await rename(photo, sorted());
    expect(await index()).toMatchObject({ created: 0, moved: 1, missing: 0 });
    expect(await photoAt(sorted())).toBe(photoId);
    expect((await facesOf(photoId))[0]).toMatchObject({ faceId: left!.faceId, label: { displayName: 'Ada' } });
    const files = await Array.fromAsync(library.files.iterate());
    expect(files.map(({ path, events }) => ({ path, kinds: events.map(({ kind }) => kind) }))).toEqual([
      { path: '2024/2024-05-01 10.02.03.jpg', kinds: ['edited', 'moved'] },
    ]);
    expect(await index()).toMatchObject({ created: 0, moved: 0, unchanged: 1, missing: 0 });
    await expectSound();
  });

  test('found by a run that looks at nothing but what came', async () => {
    await writeXmp('Stairs');
    await rename(photo, sorted());
    await index({ files: [Buffer.from('2024/2024-05-01 10.02.03.jpg')] });
    expect(await photoAt(sorted())).toBe(photoId);
    await expectSound();
  });

  test('but not while the original is there: then it is a copy', async () => {
    const original = await readFile(photo);
    await writeXmp('Stairs');
    await rename(photo, sorted());
    await writeFile(photo, original);
    expect(await index()).toMatchObject({ created: 1, moved: 0, missing: 0 });
    expect(await photoAt(photo)).toBe(photoId);
    expect(await photoAt(sorted())).not.toBe(photoId);
    await expectSound();
  });

  test('but not when its camera counts whole seconds and it looks a little different, like another of a burst', async () => {
    const camera = { ...CAMERA, IFD2: { DateTimeOriginal: '2025:01:01 09:00:00' } };
    await edit((image) => image.withExif(camera));
    await index();
    await edit((image) => image.resize({ width: 900 }).modulate({ brightness: 1.2 }), sorted());
    await unlink(photo);
    expect(await index({ acceptMissing: true })).toMatchObject({ created: 1, moved: 0, missing: 1 });
    expect(await photoAt(sorted())).not.toBe(photoId);
  });

  test('but not when it tells no moment', async () => {
    await writeFile(
      sorted(),
      await sharp(await readFile(photo))
        .jpeg()
        .toBuffer(),
    );
    await unlink(photo);
    expect(await index({ acceptMissing: true })).toMatchObject({ created: 1, moved: 0, missing: 1 });
    expect(await photoAt(sorted())).not.toBe(photoId);
  });

  test('but not when it might be either of two of a burst, unless it shows the very same', async () => {
    const other = join(given.folder, 'burst.jpg');
    await edit((image) => image.modulate({ brightness: 1.05 }), other);
    await index();
    const otherId = await photoAt(other);
    await edit((image) => image.resize({ width: 900 }), sorted());
    const same = join(given.folder, '2024', 'same.jpg');
    await writeXmp('Stairs');
    await rename(photo, same);
    await unlink(other);
    expect(await index({ acceptMissing: true })).toMatchObject({ created: 1, moved: 1, missing: 1 });
    expect(await photoAt(same)).toBe(photoId);
    expect([photoId, otherId]).not.toContain(await photoAt(sorted()));
    await expectSound();
  });
});

describe('a photo edited otherwise is a new one, and says the same of the same faces', () => {
  test('when it was cut: labels are imported, rejections and strangers stay so', async () => {
    const bob = await library.people.create({ displayName: 'Bob' });
    const [left, middle, right] = await facesOf(photoId);
    await library.labels.reject({ faceId: middle!.faceId, personId: bob.personId, actor: 'me' });
    await library.labels.ignore({ faceIds: [right!.faceId], actor: 'me' });
    const { width, height } = await library.photos.get(photoId);
    await edit((image) => image.extract({ left: 0, top: 0, width, height: Math.round(height * 0.8) }));
    expect(await index()).toMatchObject({ created: 1, missing: 0 });
    const cut = await photoAt(photo);
    expect(cut).not.toBe(photoId);
    expect(await labelsOf(cut)).toEqual(['Ada: imported', null, null]);
    const faces = await facesOf(cut);
    expect(faces[2]).toMatchObject({ ignored: true });
    expect(await library.labels.history({ faceId: faces[0]!.faceId })).toMatchObject([
      { actor: 'photoorg', provenance: { carriedFrom: { photoId, faceId: left!.faceId, source: 'human_confirmed' } } },
    ]);
    expect(await library.labels.history({ faceId: faces[1]!.faceId })).toMatchObject([
      { kind: 'person_rejected', personId: bob.personId },
    ]);
    await expectSound();
  });

  test('when it was cut, in a space whose distances are a hundred times as large', async () => {
    const { db } = contextOf(library);
    await sql`UPDATE embedding_spaces SET same_person_distance = 60`.execute(db);
    await sql`UPDATE face_embeddings SET embedding = embedding * array_fill(100::real, ARRAY[dimension])::vector`.execute(db);
    const { analyzer } = vision;
    const stretching: FaceAnalyzerLike = {
      space: analyzer.space,
      detector: analyzer.detector,
      provenance: analyzer.provenance,
      analyze: async (...asked) => {
        const analysis = await analyzer.analyze(...asked);
        const faces = analysis.faces.map((face) => ({ ...face, embedding: face.embedding.map((value) => value * 100) }));
        return { ...analysis, faces };
      },
    };
    await edit((image) => image.extract({ left: 10, top: 100, width: 1800, height: 900 }));
    await index({ analyzer: stretching });
    expect(await labelsOf(await photoAt(photo))).toEqual(['Ada: imported', null, null]);
  });

  test('when somebody is on it without a face', async () => {
    const bob = await library.people.create({ displayName: 'Bob' });
    await library.labels.confirmPhoto({ photoId, personId: bob.personId, actor: 'me' });
    const { width, height } = await library.photos.get(photoId);
    await edit((image) => image.extract({ left: 0, top: 0, width, height: Math.round(height * 0.8) }));
    await index({ analyzer: undefined });
    const cut = await photoAt(photo);
    const withBob = async () => (await library.photos.list({ personId: bob.personId })).items.map((photo) => photo.photoId);
    expect(await withBob()).toEqual([cut]);
    await library.labels.clearPhoto({ photoId: cut, personId: bob.personId, actor: 'me' });
    await index();
    expect(await withBob()).toEqual([]);
    await expectSound();
  });

  test('when its faces are found later', async () => {
    await edit((image) => image.rotate(90));
    await index({ analyzer: undefined });
    await edit((image) => image.rotate(270));
    await index({ analyzer: undefined });
    await edit((image) => image.extract({ left: 10, top: 100, width: 1800, height: 900 }));
    await index();
    expect(await labelsOf(await photoAt(photo))).toEqual(['Ada: imported', null, null]);
  });

  test('what was taken over and then cleared is not told again', async () => {
    const { width, height } = await library.photos.get(photoId);
    await edit((image) => image.extract({ left: 0, top: 0, width, height: Math.round(height * 0.8) }));
    await index();
    const cut = await photoAt(photo);
    const [left] = await facesOf(cut);
    await library.labels.clear({ faceId: left!.faceId, actor: 'me' });
    await writeXmp('Stairs');
    expect(await index()).toMatchObject({ updated: 1, faces: 3 });
    expect(await photoAt(photo)).toBe(cut);
    expect(await labelsOf(cut)).toEqual([null, null, null]);
  });

  test.each(['a-original.jpg', 'z-original.jpg'])('when what it was was kept as %s', async (name) => {
    const kept = join(given.folder, name);
    await rename(photo, kept);
    await writeFile(photo, await readFile(kept));
    await writeXmp('Stairs');
    await index();
    expect(await photoAt(photo)).not.toBe(await photoAt(kept));
    const labels = [await labelsOf(await photoAt(photo)), await labelsOf(await photoAt(kept))];
    expect(labels.map(([left]) => left).toSorted()).toEqual(['Ada: human_confirmed', 'Ada: imported']);
    await expectSound();
  });
});

test('another photo under the name is a new one of which nothing is known', async () => {
  await copySample(5, photo);
  expect(await index()).toMatchObject({ created: 1 });
  expect(await photoAt(photo)).not.toBe(photoId);
  expect((await labelsOf(await photoAt(photo))).filter((label) => label !== null)).toEqual([]);
  expect(await labelsOf(photoId)).toEqual(['Ada: human_confirmed', null, null]);
});
