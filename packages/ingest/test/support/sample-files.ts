import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import sharp from 'sharp';
import { exifBlock, GPS, TAG, type TestExif } from './exif-block.ts';
import { HEIC_TURNED_BY_EXIF } from './heic-photos.ts';
import { box } from './heif-file.ts';
import { jxlCodestream } from './jxl-codestream.ts';
import { encodeJxlCodestream } from './jxl-photos.ts';
import { makeCrw, makeMrw } from './old-raw-files.ts';
import { makeRaw, TEST_RAW_FORMATS } from './raw-files.ts';
import { makeJpeg, makePicture, makePng, pngChunk, xmpPacket } from './test-images.ts';

const EXIF: TestExif = {
  image: { [TAG.make]: { ascii: 'Make' }, [TAG.orientation]: { short: 6 } },
  exif: { [TAG.dateTimeOriginal]: { ascii: '2019:07:13 14:25:30' } },
  gps: {
    [GPS.latitudeRef]: { ascii: 'N' },
    [GPS.latitude]: {
      rational: [
        [48, 1],
        [51, 1],
        [30, 1],
      ],
    },
    [GPS.longitudeRef]: { ascii: 'E' },
    [GPS.longitude]: {
      rational: [
        [2, 1],
        [17, 1],
        [40, 1],
      ],
    },
  },
};

/** One good photo of each format that ingest reads, with metadata in it, by extension. */
export async function makeSampleFiles(): Promise<Record<string, Buffer>> {
  const xmp = xmpPacket('<dc:title>Title</dc:title>');
  const picture = sharp(await makePicture());
  const preview = await makeJpeg();
  const exif = exifBlock(EXIF);
  const withExif = { exif: { IFD0: { Make: 'Make' }, IFD2: { DateTimeOriginal: '2019:07:13 14:25:30' } } };
  return {
    jpg: await makeJpeg({ exif: EXIF, xmp }),
    png: await makePng([pngChunk('eXIf', exif), pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`))]),
    webp: await picture.clone().withMetadata(withExif).webp().toBuffer(),
    avif: await picture.clone().withMetadata(withExif).avif().toBuffer(),
    tif: await picture.clone().withMetadata(withExif).tiff().toBuffer(),
    gif: await picture.clone().gif().toBuffer(),
    heic: await readFile(HEIC_TURNED_BY_EXIF),
    crw: makeCrw({ preview, rotation: 90, width: 300, height: 200, time: 1_068_399_566 }),
    mrw: makeMrw(300, 200, exif),
    jxl: makeJxl(
      [box('Exif', Buffer.concat([Buffer.alloc(4), exif])), packedXmp(xmp)],
      await encodeJxlCodestream(await makePicture()),
    ),
    ...Object.fromEntries(TEST_RAW_FORMATS.map((format) => [format, makeRaw(format, { preview, orientation: 6 })])),
  };
}

/** A JPEG XL container with some boxes in front of its codestream, which has no picture unless one is given. */
export function makeJxl(boxes: Buffer[] = [], codestream = jxlCodestream({ width: 96, height: 64 })): Buffer {
  const signature = box('JXL ', Buffer.from('\r\n\x87\n', 'latin1'));
  const fileType = box('ftyp', Buffer.from('jxl \0\0\0\0jxl ', 'latin1'));
  return Buffer.concat([signature, fileType, ...boxes, box('jxlc', codestream)]);
}

function packedXmp(xmp: string): Buffer {
  return box('brob', Buffer.concat([Buffer.from('xml '), brotliCompressSync(Buffer.from(xmp))]));
}
