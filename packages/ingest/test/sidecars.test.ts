import { Buffer } from 'node:buffer';
import { mkdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { readPhotoMetadata, type ScanItem, scanPhotos } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { TAG } from './support/exif-block.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg, xmpPacket } from './support/test-images.ts';

const takeout = {
  title: 'x.jpg',
  description: 'At the harbour',
  photoTakenTime: { timestamp: '1563020730', formatted: '13.07.2019, 12:25:30 UTC' },
  geoData: { latitude: 48.8584, longitude: 2.2945, altitude: 0, latitudeSpan: 0, longitudeSpan: 0 },
  geoDataExif: { latitude: 0, longitude: 0, altitude: 0 },
  people: [{ name: 'Ada' }, { name: 'Grace' }, {}],
};

describe('sidecars', () => {
  it('give a photo without metadata the time, place and words of its Takeout', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    await writeFile(folder.file('x.jpg.supplemental-metadata.json'), JSON.stringify(takeout));
    expect(await readPhotoMetadata(folder.file('x.jpg'))).toMatchObject({
      shot: {
        source: 'takeout:photoTakenTime',
        at: new Date('2019-07-13T12:25:30Z'),
        local: '2019-07-13T14:25:30',
        zone: 'Europe/Paris',
      },
      latitude: 48.8584,
      longitude: 2.2945,
      altitude: null,
      caption: 'At the harbour',
      exif: { takeout: { people: ['Ada', 'Grace'] } },
    });
  });

  it('come before the photo in what a person corrected there: time, place and words', async () => {
    await using folder = await temporaryFolder();
    const exif = { exif: { [TAG.dateTimeOriginal]: { ascii: '2010:01:01 00:00:00' } } };
    await writeFile(
      folder.file('x.jpg'),
      await makeJpeg({
        exif,
        xmp: xmpPacket('<dc:title>old</dc:title>', 'xmp:Rating="1" exif:GPSLatitude="1,0N" exif:GPSLongitude="2,0E"'),
      }),
    );
    await writeFile(folder.file('x.xmp'), xmpPacket('', 'xmp:Rating="2" exif:DateTimeOriginal="2011-01-01T00:00:00"'));
    await writeFile(
      folder.file('x.jpg.xmp'),
      xmpPacket('<dc:title>new</dc:title>', 'xmp:Rating="5" exif:GPSLatitude="3,0N" exif:GPSLongitude="4,0E"'),
    );
    expect(await readPhotoMetadata(folder.file('x.jpg'))).toMatchObject({
      shot: { source: 'sidecar:exif:DateTimeOriginal', local: '2011-01-01T00:00:00' },
      latitude: 3,
      longitude: 4,
      title: 'new',
      rating: 5,
    });
  });

  it('never cost a photo, broken or hostile as they may be', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    await mkdir(folder.file('x.xmp'));
    await writeFile(folder.file('x.jpg.xmp'), '<x:xmpmeta'.repeat(100_000));
    for (const json of [
      '',
      '[]',
      '{"photoTakenTime":{"timestamp":"1e30"}}',
      '{"photoTakenTime":null,"people":7}',
      `${'['.repeat(100_000)}`,
    ]) {
      await writeFile(folder.file('x.jpg.json'), json);
      expect(await readPhotoMetadata(folder.file('x.jpg'))).toMatchObject({ shot: { source: 'file:mtime' } });
    }
  });

  it('are left alone along with the rest of the metadata when asked to', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg());
    await writeFile(folder.file('x.jpg.json'), JSON.stringify(takeout));
    expect(await readPhotoMetadata(folder.file('x.jpg'), { exif: false })).toMatchObject({
      caption: null,
      shot: { source: 'file:mtime' },
    });
  });

  it('make a photo count as changed when they come, change and go', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('sub'));
    const photo = folder.file('sub/é.jpg');
    await writeFile(photo, await makeJpeg());
    const long = new Date('2020-01-01T00:00:00Z');
    await utimes(photo, long, long);
    const plain = await scanOne(folder.path);
    await writeFile(folder.file('sub/é.xmp'), xmpPacket('<dc:title>first</dc:title>'));
    await utimes(folder.file('sub/é.xmp'), long, new Date('2021-01-01T00:00:00Z'));
    const withSidecar = await scanOne(folder.path);
    await writeFile(folder.file('sub/é.xmp'), xmpPacket('<dc:title>second</dc:title>'));
    const changed = await scanOne(folder.path);
    await unlink(folder.file('sub/é.xmp'));
    const gone = await scanOne(folder.path);
    expect([plain, withSidecar, changed, gone].map((item) => item.kind === 'photo' && item.photo.title)).toEqual([
      null,
      'first',
      'second',
      null,
    ]);
    expect(new Set([plain, withSidecar, changed].map(mtimeOf)).size).toBe(3);
    expect(mtimeOf(gone)).toBe(mtimeOf(plain));
  });

  it('are read though the content is known', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('a.jpg'), await makeJpeg());
    await writeFile(folder.file('b.jpg'), await makeJpeg());
    await writeFile(folder.file('b.xmp'), xmpPacket('<dc:title>known, but new words</dc:title>'));
    const items = await Array.fromAsync(scanPhotos({ root: folder.path, isKnownContent: () => true }));
    expect(items).toMatchObject([{ kind: 'known' }, { kind: 'photo', photo: { title: 'known, but new words' } }]);
  });
});

async function scanOne(root: string): Promise<ScanItem> {
  const [item] = await Array.fromAsync(scanPhotos({ root }));
  if (item === undefined) throw new Error('nothing found');
  expect(Buffer.from('pathBytes' in item.file ? item.file.pathBytes : []).toString()).toBe('sub/é.jpg');
  return item;
}

function mtimeOf(item: ScanItem): bigint | null {
  return 'mtimeNs' in item.file ? item.file.mtimeNs : null;
}
