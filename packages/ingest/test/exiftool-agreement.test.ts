import { readdir, writeFile } from 'node:fs/promises';
import { readPhotoMetadata } from '@photoorg/ingest';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';
import { makePicture } from './support/test-images.ts';

/** What exiftool writes into one file of each format. */
const VARIANTS: readonly string[][] = [
  [
    '-EXIF:DateTimeOriginal=2019:07:13 14:25:30',
    '-EXIF:OffsetTimeOriginal=+05:45',
    '-EXIF:SubSecTimeOriginal=07',
    '-EXIF:Orientation=6',
  ],
  ['-EXIF:CreateDate=2001:02:03 04:05:06', '-EXIF:ModifyDate=2011:02:03 04:05:06', '-EXIF:Orientation=8'],
  ['-ExifByteOrder=II', '-EXIF:DateTimeOriginal=1999:12:31 23:59:59', '-EXIF:Make=Zoë', '-EXIF:Orientation=3'],
  [
    '-XMP:DateTimeOriginal=2015:06:07 08:09:10-03:30',
    '-XMP:Title=Grüße 日本',
    '-XMP:Subject=a',
    '-XMP:Subject=b',
    '-XMP:Rating=3',
  ],
  [
    '-EXIF:GPSLatitude=33.8584',
    '-EXIF:GPSLatitudeRef=S',
    '-EXIF:GPSLongitude=151.2',
    '-EXIF:GPSLongitudeRef=E',
    '-EXIF:GPSAltitude=12.5',
    '-EXIF:GPSAltitudeRef=1',
  ],
  [
    '-EXIF:GPSLatitude=0',
    '-EXIF:GPSLatitudeRef=N',
    '-EXIF:GPSLongitude=37.07',
    '-EXIF:GPSLongitudeRef=W',
    '-EXIF:DateTimeOriginal=2020:02:29 12:00:00',
  ],
  ['-XMP:GPSLatitude=-1.5', '-XMP:GPSLongitude=0', '-EXIF:DateTimeOriginal=2020:01:01 00:00:00'],
];

interface Truth {
  SourceFile: string;
  DateTimeOriginal?: string;
  CreateDate?: string;
  Orientation?: number;
  GPSLatitude?: number;
  GPSLongitude?: number;
  GPSAltitude?: number;
  Make?: string;
  Title?: string;
  Rating?: number;
}

describe.skipIf(!hasPerl)('readPhotoMetadata beside exiftool (needs perl)', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'avif', 'heic'])('reads the same from %s', async (format) => {
    await using folder = await temporaryFolder();
    await writeVariants(folder, format);
    const output = await exiftool(['-json', '-n', '-charset', 'utf8', folder.path]);
    const truths = JSON.parse(output) as Truth[];
    expect(truths).toHaveLength(VARIANTS.length);
    for (const truth of truths) {
      const read = await readPhotoMetadata(truth.SourceFile);
      expect({ ...summarize(read), variant: truth.SourceFile.at(-6) }).toEqual({
        ...expected(truth),
        variant: truth.SourceFile.at(-6),
      });
    }
  });
});

async function writeVariants(folder: TemporaryFolder, format: string): Promise<void> {
  const bytes = await makeFile(format);
  for (const index of VARIANTS.keys()) await writeFile(folder.file(`${index}.${format}`), bytes);
  const runs = VARIANTS.map((values, index) => [
    '-n',
    '-overwrite_original',
    '-charset',
    'utf8',
    ...values,
    folder.file(`${index}.${format}`),
  ]);
  await exiftool(...runs);
  expect(await readdir(folder.path)).toHaveLength(VARIANTS.length);
}

/** To a reader of metadata, AVIF under the brand of HEIC is HEIC: the container is the same. */
async function makeFile(format: string): Promise<Buffer> {
  const picture = sharp(await makePicture());
  if (format !== 'heic') return await picture.toFormat(format as 'jpeg').toBuffer();
  const avif = (await picture.avif().toBuffer()).toString('latin1');
  return Buffer.from(avif.replace('ftypavif\0\0\0\0mif1avif', 'ftypheic\0\0\0\0mif1heic'), 'latin1');
}

function summarize(read: Awaited<ReturnType<typeof readPhotoMetadata>>) {
  const isFromInside = read.shot.source?.startsWith('file:') === false;
  return {
    date: isFromInside ? read.shot.local?.slice(0, 19) : undefined,
    orientation: read.orientation,
    latitude: read.latitude?.toFixed(6),
    longitude: read.longitude?.toFixed(6),
    altitude: read.altitude?.toFixed(2),
    make: read.cameraMake ?? undefined,
    title: read.title ?? undefined,
    rating: read.rating ?? undefined,
  };
}

function expected(truth: Truth) {
  const [date, time] = (truth.DateTimeOriginal ?? truth.CreateDate)?.slice(0, 19).split(' ') ?? [];
  return {
    date: date && time ? `${date.replaceAll(':', '-')}T${time}` : undefined,
    orientation: truth.Orientation ?? 1,
    latitude: truth.GPSLatitude?.toFixed(6),
    longitude: truth.GPSLongitude?.toFixed(6),
    altitude: truth.GPSAltitude?.toFixed(2),
    make: truth.Make,
    title: truth.Title,
    rating: truth.Rating,
  };
}
