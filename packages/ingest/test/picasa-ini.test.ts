import { utimes, writeFile } from 'node:fs/promises';
import { readPhotoMetadata, type ScanItem, scanPhotos } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { TAG } from './support/exif-block.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

/** The left upper quarter, named, and the right lower one, of whom nobody said who it is. */
const FACES = 'faces=rect64(80008000),5a2b3c4d5e6f7081;rect64(80008000ffffffff),ffffffffffffffff';
const ini = (...lines: string[]) => ['[Contacts2]', '5a2b3c4d5e6f7081=Ada Lovelace;;', '[x.jpg]', ...lines, ''].join('\r\n');

async function read(content: string, photo: Parameters<typeof makeJpeg>[0] = {}) {
  await using folder = await temporaryFolder();
  await writeFile(folder.file('x.jpg'), await makeJpeg(photo));
  await writeFile(folder.file('.picasa.ini'), content);
  return await readPhotoMetadata(folder.file('x.jpg'));
}

describe('.picasa.ini', () => {
  it('names faces where they are', async () => {
    const { faceRegions, width, height, peopleShown } = await read(ini('star=yes', FACES));
    expect(faceRegions).toMatchObject([
      {
        name: 'Ada Lovelace',
        file: '.picasa.ini',
        program: 'Picasa',
        box: { x: 0, y: 0, width: Math.round(width / 2), height: Math.round(height / 2) },
      },
    ]);
    expect(peopleShown).toEqual([]);
  });

  it('counts from the picture as it is stored', async () => {
    const { faceRegions, width } = await read(ini(FACES), { exif: { image: { [TAG.orientation]: { short: 6 } } } });
    const { box } = faceRegions![0]!;
    expect(Math.abs(box.x - width / 2)).toBeLessThanOrEqual(1);
    expect(box.y).toBe(0);
  });

  it.each([{ line: 'rotate=rotate(1)' }, { line: 'crop=rect64(10001000f000f000)' }])(
    'says who is there but not where after $line, which the file does not show',
    async ({ line }) => {
      const { faceRegions, peopleShown } = await read(ini(line, FACES));
      expect(faceRegions).toEqual([]);
      expect(peopleShown).toEqual([{ name: 'Ada Lovelace', source: 'iptc', file: '.picasa.ini' }]);
    },
  );

  it.each([
    { desc: 'of other photos', content: '[y.jpg]\nfaces=rect64(80008000),5a2b3c4d5e6f7081\n[Contacts2]\n5a2b3c4d5e6f7081=Ada;;' },
    { desc: 'of contacts that it does not know', content: `[x.jpg]\n${FACES}` },
    { desc: 'that is no list of faces', content: ini('faces=rect64(),;;;') },
  ])('says nothing $desc', async ({ content }) => {
    expect(await read(content)).toMatchObject({ faceRegions: [], peopleShown: [] });
  });

  it('that changes is a change of the photos beside it, and no photo', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    const scan = async () => {
      const items: ScanItem[] = await Array.fromAsync(scanPhotos({ root: folder.path }));
      return items.flatMap((item) => (item.kind === 'photo' ? [item.photo] : []));
    };
    const [before] = await scan();
    await writeFile(folder.file('.picasa.ini'), ini(FACES));
    await utimes(folder.file('.picasa.ini'), 1, 1);
    const after = await scan();
    expect(after).toHaveLength(1);
    expect(after[0]!.file?.fingerprint).not.toBe(before!.file?.fingerprint);
    expect(after[0]!.faceRegions).toMatchObject([{ name: 'Ada Lovelace' }]);
  });
});
