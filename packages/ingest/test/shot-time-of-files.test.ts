import { utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseDateRules, readPhotoMetadata, scanPhotos } from '../src/index.ts';
import { openGazetteer } from '../src/place/open-gazetteer.ts';
import { GPS, TAG, type TestExif } from './support/exif-block.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

const SHOT = { [TAG.dateTimeOriginal]: { ascii: '2019:07:13 14:25:30' } };
const EIFFEL_TOWER = {
  [GPS.latitudeRef]: { ascii: 'N' },
  [GPS.latitude]: {
    rational: [
      [48, 1],
      [51, 1],
      [3024, 100],
    ] as [number, number][],
  },
  [GPS.longitudeRef]: { ascii: 'E' },
  [GPS.longitude]: {
    rational: [
      [2, 1],
      [17, 1],
      [4020, 100],
    ] as [number, number][],
  },
};

async function writeJpeg(path: string, exif: TestExif = {}): Promise<void> {
  await writeFile(path, await makeJpeg({ exif }));
}

async function scanOne(root: string, options: Partial<Parameters<typeof scanPhotos>[0]> = {}) {
  for await (const item of scanPhotos({ root, ...options })) if (item.kind === 'photo') return item.photo;
  throw new Error(`There is no photo in ${root}.`);
}

describe('the time of the file', () => {
  it('is one and the same as last change and as last resort of the shot, whatever its fraction of a millisecond', async () => {
    await using folder = await temporaryFolder();
    await writeJpeg(folder.file('a.jpg'));
    for (const seconds of [1_562_345_678.9996, 1_562_345_678.1234, 1_562_345_678.0005]) {
      await utimes(folder.file('a.jpg'), seconds, seconds);
      const { shot, modifiedAt } = await scanOne(folder.path);
      expect(shot.source).toBe('file:mtime');
      expect(shot.at).toEqual(modifiedAt);
    }
  });
});

describe('the offset of older cameras', () => {
  it.each(['II', 'MM'] as const)('is read from the signed hours of TimeZoneOffset, in the byte order %s', async (byteOrder) => {
    await using folder = await temporaryFolder();
    for (const hours of [[-7], [-7, 2]]) {
      const exif = { ...SHOT, [TAG.timeZoneOffset]: { signedShorts: hours } };
      await writeJpeg(folder.file('a.jpg'), { byteOrder, exif });
      expect((await scanOne(folder.path)).shot).toMatchObject({
        at: new Date('2019-07-13T21:25:30Z'),
        offsetMinutes: -420,
        offsetSource: 'tag',
      });
    }
  });
});

describe('the place of a photo', () => {
  it('comes with its position, also from a single file', async () => {
    await using folder = await temporaryFolder();
    await writeJpeg(folder.file('a.jpg'), { exif: SHOT, gps: EIFFEL_TOWER });
    const { source } = await openGazetteer();
    const place = { city: 'Paris', region: 'Île-de-France', country: 'France', countryCode: 'FR', source };
    expect(await scanOne(folder.path)).toMatchObject({ place, shot: { zone: 'Europe/Paris', offsetSource: 'zone' } });
    expect(await readPhotoMetadata(folder.file('a.jpg'))).toMatchObject({ place });
  });

  it('is left out without a position, and when nobody wants it', async () => {
    await using folder = await temporaryFolder();
    await writeJpeg(folder.file('a.jpg'), { exif: SHOT, gps: EIFFEL_TOWER });
    expect((await scanOne(folder.path, { places: false })).place).toBeNull();
    expect((await readPhotoMetadata(folder.file('a.jpg'), { places: false })).place).toBeNull();
    await writeJpeg(folder.file('a.jpg'), { exif: SHOT });
    expect((await scanOne(folder.path)).place).toBeNull();
  });
});

describe("a person's date rules", () => {
  it('reach the thread that reads the metadata', async () => {
    await using folder = await temporaryFolder();
    await writeJpeg(folder.file('13072009001.jpg'), { exif: SHOT });
    const dateRules = {
      order: ['file:name'],
      fileNames: [{ pattern: '^(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d{4})\\d{3}\\.' }],
    };
    expect((await scanOne(folder.path, { dateRules })).shot.local).toBe('2009-07-13T00:00:00');
    expect((await readPhotoMetadata(folder.file('13072009001.jpg'), { dateRules })).shot.local).toBe('2009-07-13T00:00:00');
    expect((await scanOne(folder.path)).shot.local).toBe('2019-07-13T14:25:30');
  });

  it('are refused at the door when they cannot be used, before any photo is read', async () => {
    await using folder = await temporaryFolder();
    await writeJpeg(folder.file('a.jpg'));
    const dateRules = { zones: [{ zone: 'Middle-earth/Shire' }] };
    await expect(scanOne(folder.path, { dateRules })).rejects.toMatchObject({ code: 'DATE_RULES_INVALID' });
    await expect(readPhotoMetadata(folder.file('a.jpg'), { dateRules })).rejects.toMatchObject({ code: 'DATE_RULES_INVALID' });
  });

  it('cost a photo, not the run, when a pattern that slipped through takes for ever', async () => {
    await using folder = await temporaryFolder();
    await writeJpeg(folder.file(`${'a'.repeat(60)}!.jpg`));
    const dateRules = parseDateRules({ fileNames: [{ pattern: '^(?:a|a)*(?<year>\\d{4})$' }] });
    const [item] = await Array.fromAsync(scanPhotos({ root: folder.path, dateRules }));
    expect(item).toMatchObject({ kind: 'error', stage: 'metadata', error: { code: 'METADATA_TIMEOUT' } });
  });
});
