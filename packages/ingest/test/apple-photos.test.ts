import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LeftOutKind, type ScannedPhoto, type ScanPhotosOptions, scanPhotos } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { TAG, type TestExif } from './support/exif-block.ts';
import {
  PHOTOS_SCHEMAS,
  type PhotosSchema,
  type TestAsset,
  writeOriginal,
  writePhotosDatabase,
} from './support/photos-library.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

const UUID = 'A1B2C3D4-0000-4000-8000-00000000000A';
const LATEST = 'macOS 14';

interface TestLibrary {
  version?: PhotosSchema;
  asset: Omit<TestAsset, 'uuid'>;
  exif?: TestExif;
}

async function scanLibrary({ version = LATEST, asset, exif }: TestLibrary): Promise<ScannedPhoto> {
  await using folder = await temporaryFolder();
  const library = folder.file('Fotos.photoslibrary');
  await writeOriginal(library, UUID, await makeJpeg(exif ? { exif } : {}, [300, 200]));
  (await writePhotosDatabase(library, version, [{ uuid: UUID, ...asset }])).close();
  return (await scan(folder.path))[0]!;
}

async function scan(root: string, options: Partial<ScanPhotosOptions> = {}): Promise<ScannedPhoto[]> {
  const items = await Array.fromAsync(scanPhotos({ root, ...options }));
  return items.map((item) => {
    if (item.kind !== 'photo') throw new Error(`Expected a photo but received ${item.kind}.`);
    return item.photo;
  });
}

describe('the database of a library of Apple Photos', () => {
  it.each(Object.keys(PHOTOS_SCHEMAS) as PhotosSchema[])(
    'tells of an original what people said, in the schema of %s',
    async (version) => {
      const photo = await scanLibrary({
        version,
        asset: {
          originalName: 'IMG-20190713-WA0001.jpg',
          title: 'Harbour',
          caption: 'With all of us',
          keywords: ['sea', 'ships'],
          latitude: 53.54,
          longitude: 9.99,
          faces: [
            { name: 'Ada', x: 0.25, y: 0.75, size: 0.2, source: [300, 200] },
            { name: '', x: 0.75, y: 0.75, size: 0.2, source: [300, 200] },
          ],
        },
      });
      expect(photo).toMatchObject({
        title: 'Harbour',
        caption: 'With all of us',
        keywords: ['sea', 'ships'],
        latitude: 53.54,
        longitude: 9.99,
        shot: { local: '2019-07-13T00:00:00', source: 'file:name', precision: 'day' },
        // Counted from below: the upper left.
        faceRegions: [
          { name: 'Ada', box: { x: 45, y: 20, width: 60, height: 60 }, file: 'Photos.sqlite', program: 'Apple Photos' },
        ],
        peopleShown: [],
        exif: { sidecar: { 'xmpMM:PreservedFileName': 'IMG-20190713-WA0001.jpg' } },
      });
    },
  );

  it.each([
    { desc: 'turned by a quarter', orientation: 6, source: [200, 300], box: { x: 20, y: 45, width: 60, height: 60 } },
    {
      desc: 'turned by a quarter, its size told as stored',
      orientation: 8,
      source: [300, 200],
      box: { x: 20, y: 45, width: 60, height: 60 },
    },
    { desc: 'turned by a half', orientation: 3, source: [300, 200], box: { x: 45, y: 20, width: 60, height: 60 } },
    { desc: 'of no told size', orientation: 1, source: undefined, box: { x: 45, y: 20, width: 60, height: 60 } },
  ])('places a face on a picture $desc', async ({ orientation, source, box }) => {
    const face = {
      name: 'Ada',
      x: 0.25,
      y: 0.75,
      size: 0.2,
      ...(source && { source: [source[0]!, source[1]!] as [number, number] }),
    };
    const photo = await scanLibrary({ asset: { faces: [face] }, exif: { image: { [TAG.orientation]: { short: orientation } } } });
    expect(photo.orientation).toBe(orientation);
    expect(photo.faceRegions).toMatchObject([{ name: 'Ada', box }]);
  });

  const ada = { name: 'Ada', x: 0.25, y: 0.75, size: 0.2, source: [300, 200] as [number, number] };

  it.each([
    {
      desc: 'was found in a picture of another shape',
      asset: { faces: [{ ...ada, source: [200, 200] as [number, number] }] },
      people: [{ name: 'Ada', source: 'mwg-rs', reason: 'other-picture' }],
    },
    {
      desc: 'was found in a version that is cut',
      asset: { faces: [ada], adjusted: true, size: [150, 100] as [number, number], originalSize: [300, 200] as [number, number] },
      people: [{ name: 'Ada', source: 'iptc' }],
    },
    {
      desc: 'has no size',
      asset: { faces: [{ ...ada, size: 0 }] },
      people: [{ name: 'Ada', source: 'mwg-rs', reason: 'no-box' }],
    },
  ])('names a face without a place that $desc', async ({ asset, people }) => {
    const photo = await scanLibrary({ asset });
    expect(photo.faceRegions).toEqual([]);
    expect(photo.peopleShown).toMatchObject(people.map((person) => ({ ...person, file: 'Photos.sqlite' })));
  });

  it('places faces on an original of which only the colours were edited', async () => {
    const photo = await scanLibrary({ asset: { faces: [ada], adjusted: true, size: [300, 200] } });
    expect(photo.faceRegions).toMatchObject([{ name: 'Ada', box: { x: 45, y: 20, width: 60, height: 60 } }]);
  });

  it('corrects the time only where Photos shows another than the camera wrote', async () => {
    const exif = { exif: { [TAG.dateTimeOriginal]: { ascii: '2010:01:01 00:00:00' } } };
    const exifTime = '2010:01:01 00:00:00';
    const kept = await scanLibrary({ exif, asset: { exifTime, shown: { local: '2010-01-01T00:00:00.4', offsetMinutes: 60 } } });
    expect(kept.shot).toMatchObject({ source: 'exif:DateTimeOriginal', local: '2010-01-01T00:00:00', offsetMinutes: null });
    const corrected = await scanLibrary({
      exif,
      asset: { exifTime, shown: { local: '2019-07-13T14:25:30', offsetMinutes: -210 } },
    });
    expect(corrected.shot).toMatchObject({
      source: 'sidecar:exif:DateTimeOriginal',
      local: '2019-07-13T14:25:30',
      offsetMinutes: -210,
    });
    const undated = await scanLibrary({ asset: { shown: { local: '2019-07-13T14:25:30', offsetMinutes: 120 } } });
    expect(undated.shot.source).toBe('file:mtime');
  });

  it('is read with its log, which Photos empties when it likes, and nothing is made beside it', async () => {
    await using folder = await temporaryFolder();
    const library = folder.file('Fotos.photoslibrary');
    await writeOriginal(library, UUID, await makeJpeg());
    const running = await writePhotosDatabase(library, LATEST, [{ uuid: UUID, title: 'Harbour' }]);
    const before = await readdir(join(library, 'database'));
    expect(before).toContain('Photos.sqlite-wal');
    expect(await scan(folder.path)).toMatchObject([{ title: 'Harbour' }]);
    expect(await readdir(join(library, 'database'))).toEqual(before);
    running.close();
    expect(await scan(folder.path)).toMatchObject([{ title: 'Harbour' }]);
    expect(await readdir(join(library, 'database'))).toEqual(['Photos.sqlite']);
  });

  it.each([
    { desc: 'is damaged', content: Buffer.alloc(4096, 'x'), faceRegions: null },
    { desc: 'is not there', content: null, faceRegions: [] },
  ])('keeps no scan from the photos where it $desc', async ({ content, faceRegions }) => {
    await using folder = await temporaryFolder();
    const library = folder.file('Fotos.photoslibrary');
    await writeOriginal(library, UUID, await makeJpeg());
    await mkdir(join(library, 'database'));
    if (content) await writeFile(join(library, 'database', 'Photos.sqlite'), content);
    expect(await scan(folder.path)).toMatchObject([{ title: null, faceRegions }]);
  });

  it('changes the state of the photo of which it says something else, and of no other', async () => {
    await using folder = await temporaryFolder();
    const library = folder.file('Fotos.photoslibrary');
    const other = UUID.replace(/A$/, 'B');
    for (const uuid of [UUID, other]) await writeOriginal(library, uuid, await makeJpeg());
    const database = await writePhotosDatabase(library, LATEST, [{ uuid: UUID, title: 'old' }, { uuid: other }]);
    const before = await scan(folder.path);
    database.exec("UPDATE ZADDITIONALASSETATTRIBUTES SET ZTITLE = 'new' WHERE ZTITLE = 'old'");
    const after = await scan(folder.path);
    database.close();
    expect(after[0]?.title).toBe('new');
    const isSame = after.map(({ file }, index) => file?.fingerprint === before[index]?.file?.fingerprint);
    expect(isSame).toEqual([false, true]);
  });

  it('passes over faces of pets, hidden ones and those in the bin', async () => {
    await using folder = await temporaryFolder();
    const library = folder.file('Fotos.photoslibrary');
    await writeOriginal(library, UUID, await makeJpeg({}, [300, 200]));
    const faces = ['Ada', 'Rex', 'Grace', 'Alan'].map((name, index) => ({ ...ada, name, x: 0.2 * (index + 1) }));
    const database = await writePhotosDatabase(library, LATEST, [{ uuid: UUID, faces }]);
    database.exec(`
      UPDATE ZDETECTEDFACE SET ZDETECTIONTYPE = 3 WHERE Z_PK = 2;
      UPDATE ZDETECTEDFACE SET ZHIDDEN = 1 WHERE Z_PK = 3;
      UPDATE ZDETECTEDFACE SET ZISINTRASH = 1 WHERE Z_PK = 4`);
    database.close();
    expect((await scan(folder.path))[0]?.faceRegions?.map(({ name }) => name)).toEqual(['Ada']);
  });

  it('has edited versions counted, of which the originals are the photos', async () => {
    await using folder = await temporaryFolder();
    const library = folder.file('Fotos.photoslibrary');
    const other = UUID.replace(/A$/, 'B');
    for (const uuid of [UUID, other]) await writeOriginal(library, uuid, await makeJpeg());
    const renders = join(library, 'resources', 'renders', 'A');
    await mkdir(renders, { recursive: true });
    await writeFile(join(renders, `${UUID}_1_201_a.jpeg`), await makeJpeg());
    (
      await writePhotosDatabase(library, LATEST, [
        { uuid: UUID, adjusted: true },
        { uuid: other, adjusted: true },
      ])
    ).close();
    const leftOut: [string, LeftOutKind][] = [];
    const photos = await scan(folder.path, { onLeftOut: (file, kind) => leftOut.push([file.path, kind]) });
    expect(photos).toHaveLength(2);
    const edited = { kind: 'edited version in Apple Photos', remedy: null };
    expect(leftOut).toEqual([[`Fotos.photoslibrary/resources/renders/A/${UUID}_1_201_a.jpeg`, edited]]);
  });
});
