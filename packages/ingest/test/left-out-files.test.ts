import { Buffer } from 'node:buffer';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { countPhotos, type LeftOutKind, scanPhotos } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../sdk/src/values/seeded-random.ts';
import { makeFilm } from './support/film-file.ts';
import { HEIC_PHOTO } from './support/heic-photos.ts';
import { box, fullBox, u32 } from './support/heif-file.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg, makePicture } from './support/test-images.ts';

/** Ten times as many, as the bar has it, in a minute or two: `PHOTOORG_FILES_OF_KINDS=20000`. */
const FILES = Number(process.env.PHOTOORG_FILES_OF_KINDS ?? 2_000);
/** Of the choices, how many are photos. */
const PHOTO_KINDS = 8;

/** Names by what becomes of them; the kinds are told by name alone. */
const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  film: ['mov', 'mp4', 'm4v', 'avi', 'mkv', 'mts', '3gp', 'mpg', 'wmv', 'webm', 'vob'],
  RAW: ['x3f', 'kdc', 'eip'],
  Photoshop: ['psd', 'psb'],
  'JPEG 2000': ['jp2', 'j2k'],
  'JPEG XR': ['jxr'],
  SVG: ['svg'],
  EPS: ['eps'],
  Illustrator: ['ai'],
  PDF: ['pdf'],
  icon: ['ico'],
  TGA: ['tga'],
  DDS: ['dds'],
  OpenEXR: ['exr'],
  'Radiance HDR': ['hdr'],
  Netpbm: ['ppm'],
  'editor project': ['xcf', 'kra'],
  archive: ['zip', 'tar', '7z'],
  sound: ['mp3', 'wav'],
  other: ['txt', 'docx', 'db', 'unheard-of', ''],
};

async function scan(root: string) {
  const counts: Record<string, number> = {};
  const items = await Array.fromAsync(
    scanPhotos({ root, onLeftOut: (_, { kind }: LeftOutKind) => (counts[kind] = (counts[kind] ?? 0) + 1) }),
  );
  return { items, counts };
}

describe('nothing is left out in silence', () => {
  it('of thousands of files of fifty kinds, each is a photo, an error, or counted by kind', { timeout: 600_000 }, async () => {
    await using folder = await temporaryFolder();
    const random = seededRandom(20_261_130);
    const kinds = Object.entries(EXTENSIONS).flatMap(([kind, extensions]) =>
      extensions.map((extension) => ({ kind, extension })),
    );
    const jpeg = await makeJpeg({}, [16, 12]);
    const expected: Record<string, number> = {};
    let photos = 0;
    for (let number = 0; number < FILES; number++) {
      const place = folder.file(`${number % 20}`);
      if (number < 20) await mkdir(place);
      const choice = kinds[Math.floor(random() * (kinds.length + PHOTO_KINDS))];
      if (choice === undefined) {
        photos++;
        await writeFile(`${place}/${number}.JPG`, random() < 0.1 ? 'no photo' : jpeg);
        continue;
      }
      const { kind, extension } = choice;
      expected[kind] = (expected[kind] ?? 0) + 1;
      await writeFile(`${place}/${number}${extension === '' ? '' : `.${extension}`}`, 'x');
    }
    const { items, counts } = await scan(folder.path);
    expect(counts).toEqual(expected);
    expect(Object.keys(counts)).toHaveLength(Object.keys(EXTENSIONS).length);
    const leftOut = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(items).toHaveLength(photos);
    expect(items.some(({ kind }) => kind === 'error')).toBe(true);
    expect(photos + leftOut).toBe(FILES);
    expect(await countPhotos({ root: folder.path })).toBe(photos);
  });

  it('by its content where a name does not tell', async () => {
    await using folder = await temporaryFolder();
    const files = {
      film: makeFilm({ width: 64, height: 48, createdAt: new Date() }),
      'film.unknown': Buffer.from('\x1a\x45\xdf\xa3 webm', 'latin1'),
      archive: Buffer.from('PK\x03\x04 and more', 'latin1'),
      'scan.bak0': Buffer.from('%PDF-1.7'),
      letter: Buffer.from('Dear diary'),
      empty: Buffer.alloc(0),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(folder.file(name), bytes);
    expect(await scan(folder.path)).toEqual({ items: [], counts: { film: 2, archive: 1, PDF: 1, other: 2 } });
  });

  it('with the command that reads it', async () => {
    await using folder = await temporaryFolder();
    for (const name of ['a.mov', 'b.tga', 'c.x3f', 'd.zip']) await writeFile(folder.file(name), 'x');
    const found: Record<string, string | null> = {};
    const onLeftOut = (_: unknown, { kind, remedy }: LeftOutKind) => {
      found[kind] = remedy;
    };
    await Array.fromAsync(scanPhotos({ root: folder.path, onLeftOut }));
    expect(found).toEqual({
      film: 'photoorg ingest --exiftool',
      TGA: null,
      RAW: 'photoorg ingest --exiftool',
      archive: null,
    });
  });

  it('but for what belongs to photos: sidecars, films and RAW files beside them', async () => {
    await using folder = await temporaryFolder();
    for (const name of ['a.mov', 'a.jpg.xmp', 'a.jpg.json', 'a.aae']) await writeFile(folder.file(name), '{}');
    await writeFile(folder.file('a.jpg'), await makeJpeg());
    const { items, counts } = await scan(folder.path);
    expect(counts).toEqual({});
    expect(items).toMatchObject([{ kind: 'photo', companions: [{ role: 'live' }] }]);
  });
});

describe('photos that are called otherwise', () => {
  it.each([
    { name: 'no extension', ext: 'jpg', make: () => makeJpeg() },
    { name: 'FILE0001.CHK', ext: 'chk', make: () => makeJpeg() },
    { name: 'really.bmp', ext: 'bmp', make: () => makePicture() },
    { name: 'several.mpo', ext: 'mpo', make: async () => Buffer.concat([await makeJpeg(), await makeJpeg()]) },
    { name: 'phone', ext: 'heic', make: () => readFile(HEIC_PHOTO) },
  ])('are read as what they are: $name', async ({ name, ext, make }) => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file(name), await make());
    const { items, counts } = await scan(folder.path);
    expect(items).toMatchObject([{ kind: 'photo', photo: { ext, phash: expect.any(BigInt), pictureError: null } }]);
    expect(counts).toEqual({});
  });

  it.each(['avis', 'msf1', 'hevc'])('sequences of the brand %s have a size', async (brand) => {
    await using folder = await temporaryFolder();
    const header = fullBox('tkhd', Buffer.concat([Buffer.alloc(72), u32(640 * 65_536), u32(480 * 65_536)]));
    const sequence = [
      box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}`)),
      box('moov', box('trak', header)),
      box('mdat', u32(1)),
    ];
    await writeFile(folder.file('burst.heics'), Buffer.concat(sequence));
    const { items } = await scan(folder.path);
    expect(items).toMatchObject([{ kind: 'photo', photo: { width: 640, height: 480, phash: null }, unseen: {} }]);
  });
});
