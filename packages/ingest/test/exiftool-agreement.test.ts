import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readPhotoMetadata } from '@photoorg/ingest';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { EXIFTOOL_FIELDS, type ExiftoolTags, expectedFields } from './support/expected-fields.ts';
import { makeRaw } from './support/raw-files.ts';
import { makeJxl } from './support/sample-files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { makeJpeg, makePicture } from './support/test-images.ts';

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
  [
    '-EXIF:ExposureTime=1/320',
    '-EXIF:FNumber=1.8',
    '-EXIF:ISO=1250',
    '-EXIF:FocalLength=4.25',
    '-EXIF:LensModel=A lens',
    '-EXIF:GPSLatitude=1',
    '-EXIF:GPSLatitudeRef=N',
    '-EXIF:GPSLongitude=2',
    '-EXIF:GPSLongitudeRef=E',
    '-EXIF:GPSImgDirection=271.5',
    '-EXIF:GPSImgDirectionRef=T',
    '-EXIF:GPSHPositioningError=4.7',
  ],
  [
    '-XMP-exif:ExposureTime=0.5',
    '-XMP-exif:FNumber=11',
    '-XMP-exif:ISO=64',
    '-XMP-exif:FocalLength=105',
    '-XMP-dc:Description=Zwei Zeilen',
  ],
];

/** Kinds of RAW with a reader of their own, that exiftool writes. */
const RAW_FORMATS = ['dng', 'nef', 'cr2', 'cr3', 'rw2', 'orf'] as const;

describe.skipIf(!hasPerl)('readPhotoMetadata beside exiftool (needs perl)', () => {
  it.each(['jpeg', 'png', 'webp', 'tiff', 'avif', 'heic', 'jxl'])('reads the same from %s', async (format) => {
    const { different, found } = await compare(format, await makeFile(format), VARIANTS);
    expect(different).toEqual([]);
    expect(found).toEqual(
      expect.arrayContaining(['date', 'offset', 'orientation', 'latitude', 'altitude', 'direction', 'accuracy', 'make', 'lens']),
    );
    expect(found).toEqual(
      expect.arrayContaining(['exposure', 'f-number', 'iso', 'focal', 'title', 'caption', 'keywords', 'rating']),
    );
  });

  it.each(RAW_FORMATS)('reads the same from %s', async (format) => {
    const raw = makeRaw(format, { preview: await makeJpeg(), orientation: 1 });
    // Where XMP contradicts the camera's EXIF, each of the two has its own mind.
    const { different, found } = await compare(
      format,
      raw,
      VARIANTS.filter((values) => !values.some((value) => value.startsWith('-XMP'))),
    );
    expect(different).toEqual([]);
    expect(found).toEqual(expect.arrayContaining(['date', 'orientation', 'size', 'latitude', 'altitude', 'direction', 'lens']));
  });
});

/** Has exiftool write every variant into a copy of a file, and both read it. */
async function compare(
  format: string,
  bytes: Buffer,
  variants: readonly string[][],
): Promise<{ different: object[]; found: string[] }> {
  await using folder = await temporaryFolder();
  const files = variants.map((values, index) => ({ path: folder.file(`${index}.${format}`), values }));
  for (const { path } of files) await writeFile(path, bytes);
  await exiftool(...files.map(({ path, values }) => ['-n', '-m', '-overwrite_original', '-charset', 'utf8', ...values, path]));
  const fields = EXIFTOOL_FIELDS.map((field) => `-${field}`);
  const truths = JSON.parse(await exiftool(['-json', '-n', ...fields, folder.path])) as ExiftoolTags[];
  expect(truths).toHaveLength(variants.length);
  const different: object[] = [];
  const found = new Set<string>();
  for (const truth of truths) {
    for (const { isEqual, ...field } of expectedFields(truth, await readPhotoMetadata(truth.SourceFile))) {
      found.add(field.field);
      if (!isEqual) different.push({ file: basename(truth.SourceFile), ...field });
    }
  }
  return { different, found: [...found] };
}

/** To a reader of metadata, AVIF under the brand of HEIC is HEIC: the container is the same. */
async function makeFile(format: string): Promise<Buffer> {
  const picture = sharp(await makePicture());
  if (format === 'jxl') return makeJxl();
  if (format !== 'heic') return await picture.toFormat(format as 'jpeg').toBuffer();
  const avif = (await picture.avif().toBuffer()).toString('latin1');
  return Buffer.from(avif.replace('ftypavif\0\0\0\0mif1avif', 'ftypheic\0\0\0\0mif1heic'), 'latin1');
}
