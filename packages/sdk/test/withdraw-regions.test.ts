import { copyFile, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos, watchFolder, writeFaceRegions } from '@photoorg/ingest';
import { CompiledQuery, sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { importLabels } from '../src/identity/labelling/import-labels.ts';
import {
  exportRegions,
  type Face,
  type FaceBox,
  type IndexPhotosOptions,
  indexPhotos,
  type PhotoLibrary,
  watchPhotos,
} from '../src/index.ts';
import { peopleAndKeywordPaths } from '../src/schema/migrations/0015-people-and-keyword-paths.ts';
import { useFaceAnalyzer } from './support/face-analyzer.ts';
import { useLibraryAndFolder } from './support/library-and-folder.ts';
import { copySample } from './support/photo-folder.ts';
import { writeRegionSidecar } from './support/region-sidecar.ts';

vi.setConfig({ testTimeout: 120_000 });

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
  await mkdir(join(given.folder, 'a'));
  photo = join(given.folder, 'a', 'group.jpg');
  await copySample(3, photo);
  const analysis = await vision.analyzer.analyze(photo);
  size = analysis;
  found = analysis.faces.map((face) => face.box).toSorted((a, b) => a.x - b.x);
});

function index(options: Partial<IndexPhotosOptions> = {}) {
  return indexPhotos({ library, root: given.folder, scanPhotos, analyzer: vision.analyzer, acceptMissing: true, ...options });
}

/** Names the faces from left to right; null leaves one out. */
function nameFaces(names: readonly (string | null)[], of = photo): Promise<void> {
  const regions = names.flatMap((name, place) => (name === null ? [] : [{ name, box: found[place]! }]));
  return writeRegionSidecar(of, size, regions);
}

/** A copy of the photo in another folder. */
async function copyTo(folder: string): Promise<string> {
  await mkdir(join(given.folder, folder), { recursive: true });
  const copy = join(given.folder, folder, 'group.jpg');
  await copyFile(photo, copy);
  return copy;
}

async function photoId(): Promise<string> {
  return (await library.photos.list({ includeMissing: true })).items[0]!.photoId;
}

async function faces(): Promise<Face[]> {
  return (await library.photos.getWithFaces(await photoId())).faces;
}

async function names(): Promise<(string | null)[]> {
  return (await faces()).map(({ label }) => label?.displayName ?? null);
}

async function events() {
  return Array.fromAsync(library.labels.events());
}

describe('a region that is there no longer', () => {
  test('takes its label with it, by the journal: that can be undone, and stays so', async () => {
    await nameFaces(['Ada', 'Bo', null]);
    await index();
    const before = await events();
    await nameFaces(['Ada', null, null]);
    expect(await index()).toMatchObject({ updated: 1 });
    expect(await names()).toEqual(['Ada', null, null]);
    const [event, ...others] = (await events()).filter(({ seq }) => !before.some((earlier) => earlier.seq === seq));
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      kind: 'label_cleared',
      actor: 'import',
      provenance: { withdrawn: { name: 'Bo', file: `${photo}.xmp` } },
    });
    await library.labels.undo({ batchId: event!.batchId, actor: 'mia' });
    await nameFaces(['Ada', null, null]);
    await index({ reread: true });
    expect(await names()).toEqual(['Ada', 'Bo', null]);
  });

  test('is withdrawn with its sidecar, and is news when it comes back', async () => {
    await nameFaces(['Ada', 'Bo', null]);
    await index();
    await rm(`${photo}.xmp`);
    await index();
    expect(await names()).toEqual([null, null, null]);
    await nameFaces(['Ada', 'Cy', null]);
    await index();
    expect(await names()).toEqual(['Ada', 'Cy', null]);
  });

  test('leaves what a person confirmed, and what another import said', async () => {
    await nameFaces(['Ada', 'Bo', 'Cy']);
    await index();
    const [left, middle] = await faces();
    const eve = await library.people.create({ displayName: 'Eve' });
    await library.labels.confirm({ faceId: left!.faceId, personId: left!.label!.personId, actor: 'mia' });
    await library.labels.importMany({
      labels: [{ faceId: middle!.faceId, personId: eve.personId, provenance: {} }],
      actor: 'old',
    });
    await rm(`${photo}.xmp`);
    await index();
    expect(await names()).toEqual(['Ada', 'Eve', null]);
  });

  test('takes a label that a merge has moved', async () => {
    await nameFaces(['Ada', null, null]);
    await index();
    const [left] = await faces();
    const { personId } = await library.people.create({ displayName: 'Ada Lovelace' });
    await library.people.merge({ fromId: left!.label!.personId, intoId: personId, actor: 'mia' });
    expect(await names()).toEqual(['Ada Lovelace', null, null]);
    await nameFaces([]);
    await index();
    expect(await names()).toEqual([null, null, null]);
  });

  test('goes with a name that may not come in its place', async () => {
    await nameFaces(['Ada', null, null]);
    await index();
    const [left] = await faces();
    const { personId } = await library.people.create({ displayName: 'Bo' });
    await library.labels.reject({ faceId: left!.faceId, personId, actor: 'mia' });
    await nameFaces(['Bo', null, null]);
    await index();
    expect(await names()).toEqual([null, null, null]);
  });

  test('makes way for the face that it was moved to', async () => {
    await nameFaces(['Ada', null, null]);
    await index();
    await nameFaces([null, 'Ada', null]);
    await index();
    expect(await names()).toEqual([null, 'Ada', null]);
  });

  test('sets the face aside that was made for it, until it is named again', async () => {
    const unseen = { x: 4, y: 6, width: 120, height: 140 };
    await writeRegionSidecar(photo, size, [{ name: 'Bo', box: unseen }]);
    await index();
    await rm(`${photo}.xmp`);
    await index();
    expect((await faces()).filter(({ source }) => source === 'imported')).toMatchObject([{ ignored: true, label: null }]);
    await writeRegionSidecar(photo, size, [{ name: 'Bo', box: unseen }]);
    await index();
    expect((await faces()).filter(({ source }) => source === 'imported')).toMatchObject([
      { ignored: false, label: { displayName: 'Bo' } },
    ]);
  });

  test('stays while the sidecar that says it cannot be read', async () => {
    await nameFaces(['Ada', null, null]);
    await index();
    await rm(`${photo}.xmp`);
    await mkdir(`${photo}.xmp`);
    await index({ reread: true });
    expect(await names()).toEqual(['Ada', null, null]);
    await rm(`${photo}.xmp`, { recursive: true });
    await index({ reread: true });
    expect(await names()).toEqual([null, null, null]);
  });

  test('that an earlier version took over is looked at again, once', async () => {
    const { context } = given;
    await nameFaces(['Ada', null, null]);
    await index();
    // As it was before anybody noted what each file says, with a region that stands in no file.
    const [first, middle] = await faces();
    await sql`UPDATE photo_files SET regions = NULL`.execute(context.db);
    await importLabels(
      context,
      [
        {
          faceId: middle!.faceId,
          personId: first!.label!.personId,
          provenance: { region: {} },
          samePhotoAllowed: true,
        },
      ],
      'import',
    );
    await sql`INSERT INTO face_regions (face_id, library_id, photo_id, name, kind, bbox_x, bbox_y, bbox_w, bbox_h, file)
      SELECT ${middle!.faceId}, library_id, photo_id, 'Ada', kind, bbox_x + 100, bbox_y, bbox_w, bbox_h, file FROM face_regions`.execute(
      context.db,
    );
    expect(await index()).toMatchObject({ unchanged: 1 });
    expect(await names()).toEqual(['Ada', 'Ada', null]);
    await context.db.executeQuery(CompiledQuery.raw(peopleAndKeywordPaths.at(-1)!));
    await index();
    expect(await names()).toEqual(['Ada', null, null]);
    expect(await index()).toMatchObject({ unchanged: 1, updated: 0 });
  });

  test('is gone for who watches the folder, too', async () => {
    await nameFaces(['Ada', null, null]);
    const stop = new AbortController();
    await using runs = watchPhotos({
      library,
      root: given.folder,
      scanPhotos,
      analyzer: vision.analyzer,
      watchFolder: (options) => watchFolder({ ...options, quietMillis: 300 }),
      signal: stop.signal,
    });
    const until = async (expected: (string | null)[]) => {
      for (;;) {
        await runs.next();
        const isThere = (await library.photos.list()).items.length > 0;
        if (isThere && JSON.stringify(await names()) === JSON.stringify(expected)) return;
      }
    };
    await until(['Ada', null, null]);
    await nameFaces([null, 'Bo', null]);
    await until([null, 'Bo', null]);
    await rm(`${photo}.xmp`);
    await until([null, null, null]);
    stop.abort();
  });
});

describe('of several copies', () => {
  test('a region that one has lost stays while another has it', async () => {
    const copy = await copyTo('b');
    await nameFaces(['Ada', 'Bo', null]);
    await nameFaces(['Ada', 'Bo', null], copy);
    await index();
    await nameFaces(['Ada', null, null]);
    await index();
    expect(await names()).toEqual(['Ada', 'Bo', null]);
    await rm(`${copy}.xmp`);
    await index();
    expect(await names()).toEqual(['Ada', null, null]);
  });

  test('one that is gone says nothing any more, unless all of them are gone', async () => {
    const copy = await copyTo('b');
    await nameFaces(['Ada', null, null]);
    await nameFaces([null, 'Bo', null], copy);
    await index();
    expect(await names()).toEqual(['Ada', 'Bo', null]);
    await rm(copy);
    await rm(`${copy}.xmp`);
    await index();
    expect(await names()).toEqual(['Ada', null, null]);
    await rm(photo);
    await index();
    expect(await names()).toEqual(['Ada', 'Bo', null]);
  });

  test.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('the sidecar that was written last names a face, in whatever order: %s, %s', async (older, newer) => {
    await copyTo('b');
    const at = (folder: string) => join(given.folder, folder, 'group.jpg');
    await nameFaces(['Ada', 'Bo', null], at(older));
    await nameFaces(['Bea', null, 'Bo'], at(newer));
    const [before, after] = [new Date('2030-01-01'), new Date('2030-01-02')];
    await utimes(`${at(older)}.xmp`, before, before);
    await utimes(`${at(newer)}.xmp`, after, after);
    await index();
    expect(await names()).toEqual(['Bea', null, 'Bo']);
    await index({ reread: true });
    expect(await names()).toEqual(['Bea', null, 'Bo']);
  });
});

test('somebody who is named twice in one list is there twice', async () => {
  await nameFaces(['Ada', 'Ada', 'Bo']);
  await index();
  expect(await names()).toEqual(['Ada', 'Ada', 'Bo']);
  await nameFaces([null, 'Ada', 'Bo']);
  await index();
  expect(await names()).toEqual([null, 'Ada', 'Bo']);
  expect((await library.diagnose()).filter(({ status }) => status === 'error')).toEqual([]);
});

test('regions that were drawn on another picture name nobody, and their names are kept with the photo', async () => {
  await writeRegionSidecar(photo, { width: size.width * 2, height: size.height }, [{ name: 'Ada', box: found[0]! }]);
  await index();
  expect(await names()).toEqual(found.map(() => null));
  expect((await library.photos.get(await photoId())).peopleShown).toEqual([
    { name: 'Ada', source: 'mwg-rs', file: 'group.jpg.xmp', reason: 'other-picture' },
  ]);
  expect((await library.people.list()).items).toEqual([]);
});

test('what the library wrote is not news, and is withdrawn by nobody when another program takes it out', async () => {
  await nameFaces(['ada', null, null]);
  await index();
  const [left, middle] = await faces();
  await library.people.rename(left!.label!.personId, 'Ada Lovelace', { actor: 'mia' });
  const bo = await library.people.create({ displayName: 'Bo' });
  await library.labels.confirm({ faceId: middle!.faceId, personId: bo.personId, actor: 'mia' });
  await Array.fromAsync(exportRegions({ library, writeFaceRegions }));
  const written = (await events()).length;
  await index({ reread: true });
  expect((await events()).length).toBe(written);
  await rm(`${photo}.xmp`);
  await index();
  expect(await names()).toEqual([null, 'Bo', null]);
});

test('names without a place come from each copy, and go with it', async () => {
  const copy = await copyTo('b');
  await writeFile(
    `${copy}.json`,
    JSON.stringify({
      title: 'group.jpg',
      photoTakenTime: { timestamp: '1563020730' },
      people: [{ name: 'Eve' }, { name: 'Unknown' }],
    }),
  );
  await nameFaces(['Ada', null, null]);
  await index();
  const { peopleShown } = await library.photos.get(await photoId());
  expect(peopleShown).toEqual([{ name: 'Eve', source: 'takeout', file: 'group.jpg.json' }]);
  expect((await library.people.list()).items.map(({ displayName }) => displayName)).toEqual(['Ada']);
  await rm(`${copy}.json`);
  await index();
  expect((await library.photos.get(await photoId())).peopleShown).toEqual([]);
});
