import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Face, type FaceBox, type IndexPhotosOptions, indexPhotos, type Photo, type PhotoLibrary } from '../src/index.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';
import { writeRegionSidecar } from './support/region-sidecar.ts';

const vision = useFaceAnalyzer();
const given = useLibraryAndFolder();
let library: PhotoLibrary;
let photo: string;
/** What the detector finds in the photo, from left to right. */
let found: FaceBox[];
let size: { width: number; height: number };

beforeAll(() => {
  library = given.library;
});
beforeEach(async () => {
  photo = join(given.folder, 'group.jpg');
  await copySample(3, photo);
  const analysis = await vision.analyzer.analyze(photo);
  size = analysis;
  found = analysis.faces.map((face) => face.box).toSorted((a, b) => a.x - b.x);
});

function index(options: Partial<IndexPhotosOptions> = {}) {
  return indexPhotos({ library, root: given.folder, scanPhotos, analyzer: vision.analyzer, ...options });
}

/** As other programs draw: around the whole head. */
function headOf(face: FaceBox): FaceBox {
  const side = Math.round(face.width * 1.5);
  return { x: face.x - Math.round(side / 6), y: face.y - Math.round(side / 5), width: side, height: side };
}

/** Names the faces from left to right; null leaves one out. */
function nameFaces(...names: (string | null)[]): Promise<void> {
  const regions = names.flatMap((name, place) => (name === null ? [] : [{ name, box: headOf(found[place]!) }]));
  return writeRegionSidecar(photo, size, regions);
}

/** The faces of the photo, from left to right. */
async function faces(): Promise<Face[]> {
  const [stored] = (await library.photos.list()).items;
  return (await library.photos.getWithFaces(stored!.photoId)).faces;
}

/** Their labels, as 'Ada: imported'. */
async function labels(): Promise<(string | null)[]> {
  return (await faces()).map(({ label }) => label && `${label.displayName}: ${label.source}`);
}

async function journalLength(): Promise<number> {
  return (await Array.fromAsync(library.labels.events())).length;
}

describe('regions of other programs', () => {
  test('become imported labels of people, with where they come from; a second run adds nothing', async () => {
    await nameFaces('Ada', null, ' grace  HOPPER ');
    const grace = await library.people.create({ displayName: 'Amazing Grace', aliases: ['Grace Hopper'] });
    await index();
    expect(await labels()).toEqual(['Ada: imported', null, 'Amazing Grace: imported']);
    const [left, , right] = await faces();
    expect(right!.label!.personId).toBe(grace.personId);
    expect((await library.labels.history({ faceId: left!.faceId }))[0]).toMatchObject({
      actor: 'import',
      confidence: 1,
      provenance: {
        region: { name: 'Ada', kind: 'mwg-rs', file: `${photo}.xmp`, program: 'Sample Manager 3', box: headOf(found[0]!) },
      },
    });
    const written = await journalLength();
    expect(await index()).toMatchObject({ unchanged: 1, updated: 0 });
    await nameFaces('Ada', null, ' grace  HOPPER ');
    expect(await index()).toMatchObject({ unchanged: 1, updated: 0 });
    await nameFaces('ada', null, 'Grace Hopper');
    await index();
    expect(await journalLength()).toBe(written);
    expect((await library.people.list()).items).toHaveLength(2);
    expect(await faces()).toHaveLength(found.length);
  });

  test('become faces where none was found: with a vector and a crop, and never twice', async () => {
    const unseen = { x: 4, y: 6, width: 120, height: 140 };
    await writeRegionSidecar(photo, size, [
      { name: 'Ada', box: headOf(found[1]!) },
      { name: 'Bo', box: unseen },
    ]);
    await index();
    const imported = (await faces()).find((face) => face.source === 'imported')!;
    expect(imported).toMatchObject({ box: unseen, detector: 'region:mwg-rs', hasCrop: true, label: { displayName: 'Bo' } });
    const { embedding } = await library.faces.embedding(imported.faceId);
    expect(embedding.some((value) => value !== 0)).toBe(true);
    expect(await faces()).toHaveLength(found.length + 1);
    await writeRegionSidecar(photo, size, [{ name: 'Bo', box: { ...unseen, x: 8 } }]);
    await index();
    await sql`UPDATE photos SET faces_detected_ts = NULL`.execute(given.context.db);
    await index();
    expect(await faces()).toHaveLength(found.length + 1);
    const problems = (await library.diagnose()).filter(({ status }) => status === 'error');
    expect(problems).toEqual([]);
  });

  test('wait for someone who can embed when they show no known face', async () => {
    await index();
    const unseen = { x: 4, y: 6, width: 120, height: 140 };
    await writeRegionSidecar(photo, size, [{ name: 'Bo', box: unseen }]);
    await index({ analyzer: undefined });
    expect(await faces()).toHaveLength(found.length);
    const before = await faces();
    expect(await index()).toMatchObject({ updated: 1 });
    expect((await faces()).filter((face) => face.source === 'detected')).toEqual(before);
    expect((await faces()).find((face) => face.source === 'imported')).toMatchObject({ label: { displayName: 'Bo' } });
    expect(await index()).toMatchObject({ unchanged: 1 });
  });

  test('are left alone when asked to, and taken over by a later run without another search for faces', async () => {
    await nameFaces('Ada', 'Bo');
    await index({ importRegions: false });
    expect(await labels()).toEqual([null, null, null]);
    const before = (await faces()).map((face) => face.faceId);
    expect(await index()).toMatchObject({ updated: 1, faces: 0 });
    expect(await labels()).toEqual(['Ada: imported', 'Bo: imported', null]);
    expect((await faces()).map((face) => face.faceId)).toEqual(before);
  });

  test('cost nothing when their boxes or names are none', async () => {
    await writeRegionSidecar(photo, size, [
      { name: 'x'.repeat(300), box: found[0]! },
      { name: ' ', box: found[1]! },
      { name: 'Ada', box: { x: 5, y: 5, width: 0, height: 0 } },
    ]);
    expect(await index()).toMatchObject({ created: 1, failed: 0 });
    expect(await labels()).toEqual([null, null, null]);
  });
});

describe('regions of the whole picture', () => {
  /** Cuts a part out of the photo, in its own ratio of sides, and scales it. */
  async function cut({ from, part, scale }: { from: number; part: number; scale: number }): Promise<void> {
    const [width, height] = [Math.round(size.width * part), Math.round(size.height * part)];
    const picture = sharp(await readFile(photo)).extract({
      left: Math.round((size.width - width) * from),
      top: 0,
      width,
      height,
    });
    await writeFile(
      photo,
      await picture
        .resize(Math.round(width * scale))
        .jpeg({ quality: 92 })
        .toBuffer(),
    );
  }

  test('name the faces of one that was scaled', async () => {
    await nameFaces('Ada', 'Bo', 'Cy');
    await cut({ from: 0, part: 1, scale: 0.6 });
    await index();
    expect(await labels()).toEqual(['Ada: imported', 'Bo: imported', 'Cy: imported']);
  });

  test.each([0, 0.5, 1])(
    'name nobody in a part of it with the same ratio of sides, from %f, not for a copy either',
    async (from) => {
      await nameFaces('Ada', 'Bo', 'Cy');
      await cut({ from, part: 0.6, scale: 1 });
      await index();
      const copy = join(given.folder, 'copy.jpg');
      await copyFile(photo, copy);
      await copyFile(`${photo}.xmp`, `${copy}.xmp`);
      await index();
      expect((await labels()).every((label) => label === null)).toBe(true);
      expect((await faces()).every(({ source }) => source === 'detected')).toBe(true);
      const [{ peopleShown }] = (await library.photos.list()).items as [Photo];
      expect(new Set(peopleShown.map(({ name, reason }) => `${name}: ${reason}`))).toEqual(
        new Set(['Ada: other-picture', 'Bo: other-picture', 'Cy: other-picture']),
      );
    },
  );
});

describe('a name that several people have', () => {
  const named = async () => (await faces()).map(({ label }) => label?.personId ?? null);

  test('is that of the one spelt exactly so', async () => {
    await library.people.create({ displayName: 'Jose' });
    const { personId } = await library.people.create({ displayName: 'José' });
    await nameFaces('Jose\u0301');
    await index();
    expect((await named())[0]).toBe(personId);
  });

  test('goes to a person of their own, once, and to the one with whom that is merged', async () => {
    const [older] = [
      await library.people.create({ displayName: 'Li Na' }),
      await library.people.create({ displayName: 'Li Na' }),
    ];
    await nameFaces('Li Na', 'LI NA');
    await index();
    const [, , own, ...others] = await library.people.listByName('Li Na');
    expect(others).toEqual([]);
    expect(await named()).toEqual([own!.personId, own!.personId, null]);
    await nameFaces(null, 'Li Na', 'Bo');
    await index();
    expect(await library.people.listByName('Li Na')).toHaveLength(3);

    await library.people.merge({ fromId: own!.personId, intoId: older.personId, actor: 'mia' });
    await nameFaces('Bo', 'Li Na', 'li na');
    await index();
    expect(await library.people.listByName('Li Na')).toHaveLength(2);
    expect(await named()).toContain(older.personId);
  });
});

describe('what people say', () => {
  test('stands against a region that says otherwise, now and later', async () => {
    await nameFaces('Ada', 'Bo', 'Cy');
    await index();
    const [left, middle, right] = await faces();
    const eve = await library.people.create({ displayName: 'Eve' });
    await library.labels.confirm({ faceId: left!.faceId, personId: eve.personId, actor: 'mia' });
    await library.labels.reject({ faceId: middle!.faceId, personId: middle!.label!.personId, actor: 'mia' });
    await library.labels.clear({ faceId: right!.faceId, actor: 'mia' });
    await nameFaces('Ada', 'Bo', 'Cy');
    await index();
    expect(await labels()).toEqual(['Eve: human_confirmed', null, null]);
    await nameFaces('Dan', 'bo', 'cy');
    await index();
    expect(await labels()).toEqual(['Eve: human_confirmed', null, 'Cy: imported']);
  });

  test('undoes an import for good', async () => {
    await nameFaces('Ada', 'Bo');
    await index();
    const [imported] = await library.labels.history({ faceId: (await faces())[0]!.faceId });
    await library.labels.undo({ batchId: imported!.batchId, actor: 'mia' });
    await nameFaces('Ada', 'Bo');
    await index();
    expect(await labels()).toEqual([null, null, null]);
  });

  test('does not keep a region from being renamed, or two from trading names', async () => {
    await nameFaces('Ada', 'Bo', 'Cy');
    await index();
    await nameFaces('Bo', 'Ada', 'Dan');
    await index();
    expect(await labels()).toEqual(['Bo: imported', 'Ada: imported', 'Dan: imported']);
  });
});
