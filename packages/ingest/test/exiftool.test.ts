import { Buffer } from 'node:buffer';
import { mkdir, writeFile } from 'node:fs/promises';
import {
  countPhotos,
  createThumbnailCache,
  type Exiftool,
  hammingDistance,
  openExiftool,
  perceptualHash,
  type RgbPixels,
  readPhotoMetadata,
  type ScanItem,
  type ScanPhotosOptions,
  scanPhotos,
} from '@photoorg/ingest';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPerl, exiftool as runExiftool } from './support/exiftool.ts';
import { makeFilm } from './support/film-file.ts';
import { FILM_TIME, writePhoneFilm } from './support/film-with-words.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';
import { makeX3f } from './support/x3f-file.ts';

const JPEG_WITH_EXIF = () => makeJpeg({ exif: { image: {} } }, [300, 200]);

async function scan(options: ScanPhotosOptions): Promise<ScanItem[]> {
  return await Array.fromAsync(scanPhotos(options));
}

describe.skipIf(!hasPerl)('exiftool in a scan (needs perl)', () => {
  let exiftool: Exiftool;
  beforeAll(async () => {
    exiftool = await openExiftool();
  });
  afterAll(async () => {
    await exiftool[Symbol.asyncDispose]();
  });

  it('makes a film a photo with time, place, camera and words', async () => {
    await using folder = await temporaryFolder();
    await writePhoneFilm(folder.file('x.mov'));
    const [item] = await scan({ root: folder.path, exiftool });
    expect(item).toMatchObject({
      kind: 'photo',
      photo: {
        ext: 'mov',
        mime: 'video/quicktime',
        orientation: 6,
        width: 1080,
        height: 1920,
        shot: {
          at: FILM_TIME,
          local: '2019-07-13T14:25:30',
          offsetMinutes: 120,
          offsetSource: 'tag',
          zone: 'Europe/Paris',
          source: 'exiftool:Keys:CreationDate',
        },
        latitude: 48.8584,
        longitude: 2.2945,
        altitude: 35,
        place: { city: expect.any(String), country: 'France' },
        cameraMake: 'Apple',
        cameraModel: 'iPhone 11',
        title: 'The tower',
        keywords: ['sea', 'sand'],
        rating: 4,
        phash: null,
      },
      unseen: { code: 'UNSUPPORTED_FORMAT' },
    });
  });

  it.each([
    {
      desc: 'as a moment, where nothing tells the wall clock',
      args: [],
      shot: { at: FILM_TIME, local: null, offsetMinutes: null, zone: null },
    },
    {
      desc: 'as a moment whose wall clock the position tells',
      args: ['-Keys:GPSCoordinates=-33.8584 151.2'],
      shot: { at: FILM_TIME, local: '2019-07-13T22:25:30', offsetMinutes: 600, offsetSource: 'zone', zone: 'Australia/Sydney' },
    },
    {
      desc: 'less seriously than a wall clock inside the film',
      args: ['-XMP-exif:DateTimeOriginal=2019:07:13 15:25:30+03:00'],
      shot: { at: FILM_TIME, local: '2019-07-13T15:25:30', offsetMinutes: 180, source: 'xmp:exif:DateTimeOriginal' },
    },
    {
      desc: 'for nothing where it was never set',
      createdAt: new Date('1904-01-01T00:00:00Z'),
      args: [],
      shot: { source: 'file:mtime' },
    },
  ])('takes the CreateDate of QuickTime $desc', async ({ args, shot, createdAt = FILM_TIME }) => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.mp4'), makeFilm({ width: 64, height: 48, createdAt }));
    if (args.length > 0) await runExiftool(['-overwrite_original', '-n', ...args, folder.file('x.mp4')]);
    const metadata = await readPhotoMetadata(folder.file('x.mp4'), { exiftool });
    expect(metadata.shot).toMatchObject(shot);
    const sources = metadata.shot.candidates.map(({ source }) => source);
    expect(sources.includes('exiftool:QuickTime:CreateDate')).toBe(createdAt === FILM_TIME);
  });

  it('sees RAW by the picture inside, upright, for thumbnails and for faces', async () => {
    await using folder = await temporaryFolder();
    const jpeg = await JPEG_WITH_EXIF();
    await mkdir(folder.file('photos'));
    await writeFile(folder.file('photos/x.x3f'), makeX3f({ width: 600, height: 400, rotation: 90, jpeg }));
    const cache = createThumbnailCache({ folder: folder.file('cache') });
    const seen: RgbPixels[] = [];
    const onPixels = async (_item: ScanItem, pixels: RgbPixels) => {
      seen.push({ ...pixels });
    };
    const [item] = await scan({ root: folder.file('photos'), exiftool, thumbnails: { cache, sizes: [240] }, onPixels });
    if (item?.kind !== 'photo') throw new Error(`Expected a photo but received ${item?.kind}.`);
    expect(item.photo).toMatchObject({
      mime: 'image/x-sigma-x3f',
      orientation: 6,
      width: 400,
      height: 600,
      cameraMake: 'SIGMA',
      cameraModel: 'SIGMA SD1',
      iso: 200,
      focalLength: 50,
      shot: { local: '2009-07-13T14:25:30', source: 'exiftool:SigmaRaw:DateTimeOriginal' },
    });
    const turned = await Promise.all([0, 90, 180, 270].map((degrees) => sharp(jpeg).rotate(degrees).png().toBuffer()));
    const [asStored = 0, upright, ...others] = await Promise.all(
      turned.map(async (picture) => hammingDistance(item.photo.phash!, await perceptualHash(picture))),
    );
    expect(upright).toBeLessThan(Math.min(asStored, ...others));
    expect(seen).toMatchObject([{ width: 200, height: 300 }]);
    const sha256 = Buffer.from(item.photo.sha256).toString('hex');
    expect(await cache.missing(sha256, [240])).toEqual([]);
  });

  it.each([
    { desc: 'which stands upright', size: [40, 60] as const },
    { desc: 'which lies like the film', size: [60, 40] as const },
  ])('shows a film by its cover, $desc', async ({ size: [width, height] }) => {
    await using folder = await temporaryFolder();
    await writePhoneFilm(folder.file('x.mov'));
    await writeFile(folder.file('cover.jpg'), await makeJpeg({}, [width, height]));
    await runExiftool(['-overwrite_original', `-ItemList:CoverArt<=${folder.file('cover.jpg')}`, folder.file('x.mov')]);
    const sizes: number[][] = [];
    const onPixels = async (_item: ScanItem, pixels: RgbPixels) => {
      sizes.push([pixels.width, pixels.height]);
    };
    const items = await scan({ root: folder.path, exiftool, onPixels });
    expect(items.map(({ kind, file }) => [kind, file.path])).toEqual([
      ['photo', 'cover.jpg'],
      ['photo', 'x.mov'],
    ]);
    expect(sizes).toEqual([[40, 60]]);
  });

  it('indexes a film whose cover is damaged', async () => {
    await using folder = await temporaryFolder();
    await writePhoneFilm(folder.file('x.mov'));
    const cover = await makeJpeg({}, [200, 200]);
    await writeFile(folder.file('.cover'), cover.subarray(0, cover.length / 2));
    await runExiftool(['-overwrite_original', `-ItemList:CoverArt<=${folder.file('.cover')}`, folder.file('x.mov')]);
    const items = await scan({ root: folder.path, exiftool });
    expect(items).toMatchObject([{ kind: 'photo', photo: { width: 1080 }, damage: { code: 'IMAGE_TRUNCATED' } }]);
  });

  it('leaves the film of a live photo and the RAW file of a picture with their picture', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('a.jpg'), await makeJpeg());
    await writeFile(folder.file('a.mov'), makeFilm({ width: 64, height: 48, createdAt: FILM_TIME }));
    await writeFile(folder.file('a.X3F'), makeX3f({ width: 60, height: 40, rotation: 0, jpeg: await JPEG_WITH_EXIF() }));
    const items = await scan({ root: folder.path, exiftool });
    expect(items).toMatchObject([
      { kind: 'photo', file: { path: 'a.jpg' }, companions: [{ role: 'raw', file: { path: 'a.X3F' } }, { role: 'live' }] },
    ]);
    expect(await countPhotos({ root: folder.path, exiftool: true })).toBe(1);
  });

  it('is asked only when it is there; without it such files are told of and left out', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('a.jpg'), await makeJpeg());
    await writeFile(folder.file('b.mov'), makeFilm({ width: 64, height: 48, createdAt: FILM_TIME }));
    const leftOut: string[] = [];
    const items = await scan({ root: folder.path, onLeftOut: (file) => leftOut.push(file.path) });
    expect(items).toMatchObject([{ kind: 'photo', file: { path: 'a.jpg' } }]);
    expect(leftOut).toEqual(['b.mov']);
    expect(await countPhotos({ root: folder.path })).toBe(1);
    await expect(readPhotoMetadata(folder.file('b.mov'))).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      remedy: 'Switch exiftool on.',
    });
  });

  it('takes no file name for an option, a second line or another file', async () => {
    await using folder = await temporaryFolder();
    const film = makeFilm({ width: 64, height: 48, createdAt: FILM_TIME });
    const names = [
      '-ver.mov',
      '-o',
      ' x.mov',
      '#[CSTR]y.mov',
      '%f*?$HOME`id`.mov',
      'é日本.mov',
      'z\n-delete_original!\n.mov',
    ].map((name) => Buffer.from(name.endsWith('.mov') ? name : `${name}.mov`));
    names.push(Buffer.from('\xff\xfe.mov', 'latin1'));
    for (const name of names) await writeFile(Buffer.concat([Buffer.from(`${folder.path}/`), name]), film);
    const items = await scan({ root: folder.path, exiftool });
    expect(items.map((item) => item.kind === 'photo' && item.photo.width)).toEqual(names.map(() => 64));
    const found = items.map(({ file }) => Buffer.from(file.pathBytes).toString('latin1'));
    expect(found.toSorted()).toEqual(names.map((name) => name.toString('latin1')).toSorted());
  });

  it.each(['-Artist=x', '-delete_original', '-o', 'other.jpg', '-tagsFromFile', '-w', '-execute\n'])(
    'refuses the argument %j',
    async (arg) => {
      await expect(exiftool.read('x.mp4', [arg])).rejects.toThrow(TypeError);
    },
  );

  it('tells what is wrong with broken and hostile files, and goes on', async () => {
    await using folder = await temporaryFolder();
    const film = makeFilm({ width: 64, height: 48, createdAt: FILM_TIME });
    const lying = Buffer.from(film);
    lying.writeUInt32BE(0xffff_fff0, lying.indexOf('trak') - 4);
    await writeFile(folder.file('a-text.mov'), 'This is no film.');
    await writeFile(folder.file('b-empty.mov'), '');
    await writeFile(folder.file('c-cut.mov'), film.subarray(0, 60));
    await writeFile(folder.file('d-lying.mov'), lying);
    await writeFile(folder.file('e-zeros.x3f'), Buffer.alloc(4096));
    await writeFile(
      folder.file('f-no-jpeg.x3f'),
      makeX3f({ width: 60, height: 40, rotation: 0, jpeg: Buffer.from('\xff\xd8\xff\xe1\0\x02', 'latin1') }),
    );
    await writeFile(folder.file('g-good.mov'), film);
    const items = await scan({ root: folder.path, exiftool });
    expect(items.map((item) => (item.kind === 'error' ? item.error.code : item.kind))).toEqual([
      'UNSUPPORTED_FORMAT',
      'FILE_EMPTY',
      'IMAGE_CORRUPT',
      expect.stringMatching(/^(photo|IMAGE_CORRUPT)$/),
      'UNSUPPORTED_FORMAT',
      'photo',
      'photo',
    ]);
  });

  it('lets nothing into the record that a database refuses', async () => {
    await using folder = await temporaryFolder();
    await writePhoneFilm(folder.file('x.mov'));
    const path = folder.file('x.mov');
    await runExiftool(['-overwrite_original', '-escapeHTML', '-Keys:Title=a&#1;b&#xD800;c', '-Keys:Comment=&#0;', path]);
    const { title, exif } = await readPhotoMetadata(path, { exiftool });
    const record = JSON.stringify({ title, exif });
    expect(record).not.toMatch(/\\u0000|\\u0001|\\ud[89ab]|__proto__|SourceFile|Binary data/i);
    expect(exif).toMatchObject({ exiftool: { 'Keys:Model': 'iPhone 11', 'Track1:ImageWidth': 1920 } });
  });

  it('ends with the scan when that is stopped', async () => {
    await using folder = await temporaryFolder();
    const film = makeFilm({ width: 64, height: 48, createdAt: FILM_TIME });
    for (let number = 0; number < 40; number++) await writeFile(folder.file(`${number}.mov`), film);
    const controller = new AbortController();
    const items = scanPhotos({ root: folder.path, exiftool, signal: controller.signal });
    await items.next();
    controller.abort(new Error('enough'));
    await expect(Array.fromAsync(items)).rejects.toThrow('enough');
  });
});
