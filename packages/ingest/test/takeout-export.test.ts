import { copyFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type ScanItem, scanPhotos } from '@photoorg/ingest';
import { beforeAll, describe, expect, it } from 'vitest';
import { TAG } from './support/exif-block.ts';
import { HEIC_PHOTO } from './support/heic-photos.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg } from './support/test-images.ts';

const YEAR = 'Takeout/Google Photos/Photos from 2019';
const ALBUM = 'Takeout/Google Photos/Summer & more';

/** Seconds of 2019-07-13T12:25:30Z. */
const TAKEN = 1_563_020_730;

/** As Google writes it in 2024, about a photo without a place. */
const json = (title: string, secondsLater: number, more: object = {}) =>
  JSON.stringify({
    title,
    description: '',
    imageViews: '7',
    creationTime: { timestamp: '1563110000', formatted: '14 Jul 2019, 13:13:20 UTC' },
    photoTakenTime: { timestamp: String(TAKEN + secondsLater), formatted: '13 Jul 2019, 12:25:30 UTC' },
    geoData: { latitude: 0, longitude: 0, altitude: 0, latitudeSpan: 0, longitudeSpan: 0 },
    url: 'https://photos.google.com/photo/AF1Qip',
    googlePhotosOrigin: { mobileUpload: { deviceType: 'ANDROID_PHONE' } },
    ...more,
  });

const LONG = '1556189729458-8d2e2d13-bca5-467e-a242-9e4cb238'; // 46 characters

/** Each JSON of the export by its path, and the photo that it is of, with the seconds that tell it apart. */
const PHOTOS: readonly { photo: string; json: string; title: string; seconds: number }[] = [
  { photo: 'DSC_0001.JPG', json: 'DSC_0001.JPG.supplemental-metadata.json', title: 'DSC_0001.JPG', seconds: 1 },
  { photo: 'DSC_0001(1).JPG', json: 'DSC_0001.JPG.supplemental-metadata(1).json', title: 'DSC_0001.JPG', seconds: 2 },
  { photo: 'DSC_0002.JPG', json: 'DSC_0002.JPG.json', title: 'DSC_0002.JPG', seconds: 3 },
  {
    photo: 'Screenshot_20190713-142530_Maps.jpg',
    json: 'Screenshot_20190713-142530_Maps.jpg.supplement.json',
    title: 'Screenshot_20190713-142530_Maps.jpg',
    seconds: 4,
  },
  { photo: `${LONG}e.jpg`, json: `${LONG}.json`, title: `${LONG}eab77.jpg`, seconds: 5 },
  { photo: `${LONG}e(1).jpg`, json: `${LONG}(1).json`, title: `${LONG}eab78.jpg`, seconds: 6 },
  { photo: 'What_ A day_.jpg', json: 'What_ A day_.jpg.supplemental-metadata.json', title: 'What? A day!.jpg', seconds: 7 },
  { photo: 'pasted image.png', json: 'pasted image.supplemental-metadata.json', title: 'pasted image', seconds: 8 },
];

/** Copies that have no JSON of their own, and the original whose time they have. */
const COPIES = [
  { photo: 'DSC_0001-edited.JPG', seconds: 1 },
  { photo: 'DSC_0001-edited(1).JPG', seconds: 2 },
  { photo: 'DSC_0002-bearbeitet.JPG', seconds: 3 },
];

describe('a Google Takeout as it is unpacked', () => {
  let folder: TemporaryFolder;
  let items: Map<string, ScanItem>;

  beforeAll(async () => {
    await using made = await temporaryFolder();
    folder = made;
    for (const { photo, json: name, title, seconds } of PHOTOS) {
      await put(`${YEAR}/${photo}`, await makeJpeg());
      await put(`${YEAR}/${name}`, json(title, seconds));
    }
    for (const { photo } of COPIES) await put(`${YEAR}/${photo}`, await makeJpeg());
    await put(
      `${YEAR}/IMG_2.HEIC.supplemental-metadata.json`,
      json('IMG_2.HEIC', 20, { favorited: true, people: [{ name: 'Ada' }] }),
    );
    await copyFile(HEIC_PHOTO, folder.file(`${YEAR}/IMG_2.HEIC`));
    await put(`${YEAR}/IMG_2.MP4`, 'the film of a live photo');
    const exif = { exif: { [TAG.dateTimeOriginal]: { ascii: '2019:07:13 14:25:30' } } };
    await put(`${YEAR}/with exif.jpg`, await makeJpeg({ exif }));
    await put(`${YEAR}/with exif.jpg.supplemental-metadata.json`, json('with exif.jpg', 0));
    await put(`${ALBUM}/metadata.json`, JSON.stringify({ title: 'Summer & more', date: { timestamp: '1' } }));
    await put(`${ALBUM}/metadata.jpg`, await makeJpeg());
    await put('Takeout/Google Photos/print-subscriptions.json', '{}');
    await put('Takeout/archive_browser.html', '<html></html>');
    const found = await Array.fromAsync(scanPhotos({ root: folder.path }));
    items = new Map(found.map((item) => [item.file.path, item]));
  });

  async function put(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(folder.file(path)), { recursive: true });
    await writeFile(folder.file(path), content);
    await utimes(folder.file(path), 1_700_000_000, 1_700_000_000);
  }

  it('holds photos alone', () => {
    const photos = [...PHOTOS, ...COPIES].map(({ photo }) => `${YEAR}/${photo}`);
    const others = [`${YEAR}/IMG_2.HEIC`, `${YEAR}/with exif.jpg`, `${ALBUM}/metadata.jpg`];
    expect([...items.keys()].toSorted()).toEqual([...photos, ...others].toSorted());
    expect([...items.values()].filter(({ kind }) => kind !== 'photo')).toEqual([]);
  });

  it.each([...PHOTOS, ...COPIES])('gives $photo its time, and claims no zone', ({ photo, seconds }) => {
    expect(items.get(`${YEAR}/${photo}`)).toMatchObject({
      photo: {
        shot: { at: new Date((TAKEN + seconds) * 1000), zone: null, source: 'takeout:photoTakenTime' },
        latitude: null,
        longitude: null,
      },
    });
  });

  it('gives a live photo, in one with its film, what Google knew of it', () => {
    expect(items.get(`${YEAR}/IMG_2.HEIC`)).toMatchObject({
      photo: {
        shot: { at: new Date((TAKEN + 20) * 1000) },
        exif: { takeout: { favorite: true, people: ['Ada'] } },
      },
      companions: [{ role: 'live', file: { path: `${YEAR}/IMG_2.MP4` } }],
    });
  });

  it('tells the offset of the clock that a camera wrote without one', () => {
    expect(items.get(`${YEAR}/with exif.jpg`)).toMatchObject({
      photo: {
        shot: { local: '2019-07-13T14:25:30', offsetMinutes: 120, offsetSource: 'takeout', source: 'exif:DateTimeOriginal' },
      },
    });
  });

  it('does not take the description of an album for that of a photo', () => {
    expect(items.get(`${ALBUM}/metadata.jpg`)).toMatchObject({ photo: { title: null, shot: { source: 'file:mtime' } } });
  });
});
