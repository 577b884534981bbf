import { Buffer } from 'node:buffer';
import { utimes, writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exifBlock, GPS, TAG, type TestExif } from '../../test/support/exif-block.ts';
import { makeHeic } from '../../test/support/heif-file.ts';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { app1, makeJpeg, makePicture, makePng, pngChunk, segment, xmpPacket } from '../../test/support/test-images.ts';
import { readPhotoMetadata } from './read-photo-metadata.ts';

const fullExif: TestExif = {
  image: { [TAG.make]: { ascii: 'Canon' }, [TAG.model]: { ascii: 'EOS R6' }, [TAG.orientation]: { short: 6 } },
  exif: {
    [TAG.dateTimeOriginal]: { ascii: '2019:07:13 14:25:30' },
    [TAG.offsetTimeOriginal]: { ascii: '+02:00' },
    [TAG.lensModel]: { ascii: 'RF50mm F1.8' },
  },
  gps: {
    [GPS.latitudeRef]: { ascii: 'S' },
    [GPS.latitude]: {
      rational: [
        [33, 1],
        [51, 1],
        [3024, 100],
      ],
    },
    [GPS.longitudeRef]: { ascii: 'E' },
    [GPS.longitude]: {
      rational: [
        [151, 1],
        [12, 1],
        [0, 1],
      ],
    },
  },
};

const fullMetadata = {
  orientation: 6,
  width: 64,
  height: 96,
  latitude: expect.closeTo(-33.8584, 6),
  longitude: expect.closeTo(151.2, 6),
  altitude: null,
  cameraMake: 'Canon',
  cameraModel: 'EOS R6',
  lens: 'RF50mm F1.8',
  shot: expect.objectContaining({
    local: '2019-07-13T14:25:30',
    offsetMinutes: 120,
    at: new Date('2019-07-13T12:25:30Z'),
    source: 'exif:DateTimeOriginal',
  }),
};

async function read(bytes: Uint8Array, name = 'photo.bin') {
  await using folder = await temporaryFolder();
  await writeFile(folder.file(name), bytes);
  return await readPhotoMetadata(folder.file(name));
}

describe('readPhotoMetadata', () => {
  it.each(['II', 'MM'] as const)('reads EXIF of JPEG in byte order %s', async (byteOrder) => {
    expect(await read(await makeJpeg({ exif: { ...fullExif, byteOrder } }))).toMatchObject({
      mime: 'image/jpeg',
      ...fullMetadata,
    });
  });

  it('passes over an empty EXIF segment, fill bytes and rubbish in front of the real one', async () => {
    const segments = [
      app1(Buffer.from('Exif\0\0', 'latin1')),
      Buffer.from([0xff, 0xff, 0xff]),
      segment(0xee, Buffer.from('Adobe')),
      Buffer.from('rubbish'),
    ];
    expect(await read(await makeJpeg({ segments, exif: fullExif }))).toMatchObject(fullMetadata);
  });

  it('reads EXIF of PNG, WebP and HEIC', async () => {
    const block = exifBlock(fullExif);
    const png = await makePng([pngChunk('eXIf', block)]);
    expect(await read(png)).toMatchObject({ mime: 'image/png', ...fullMetadata });
    const webp = await webpWithExif(block);
    expect(await read(webp)).toMatchObject({ mime: 'image/webp', ...fullMetadata });
    const heic = makeHeic({ width: 96, height: 64, exif: block });
    expect(await read(heic)).toMatchObject({ mime: 'image/heic', ...fullMetadata });
  });

  it('reads EXIF of HEIC behind the items of 2,000 tiles', async () => {
    const heic = makeHeic({ width: 96, height: 64, exif: exifBlock(fullExif), tiles: 2_000 });
    expect(await read(heic)).toMatchObject({ mime: 'image/heic', ...fullMetadata });
  });

  it('reads EXIF that ImageMagick hides in PNG text, and knows that decoders do not turn by it', async () => {
    const hex = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock(fullExif)]).toString('hex');
    const profile = deflateSync(Buffer.from(`\nexif\n    ${hex.length / 2}\n${hex.replace(/.{72}/g, '$&\n')}\n`));
    const chunk = pngChunk('zTXt', Buffer.concat([Buffer.from('Raw profile type exif\0\0', 'latin1'), profile]));
    expect(await read(await makePng([chunk]))).toMatchObject({ ...fullMetadata, width: 96, height: 64 });
  });

  it('reads EXIF in PNG text up to the length that it states, whatever lies behind', async () => {
    const block = exifBlock(fullExif);
    const profile = deflateSync(Buffer.from(`\nExif\n${block.length}\n${block.toString('hex')}0a\n$"\x1d\x1a`));
    const chunk = pngChunk('zTXt', Buffer.concat([Buffer.from('Raw profile type exif\0\0', 'latin1'), profile]));
    expect(await read(await makePng([chunk]))).toMatchObject({ ...fullMetadata, width: 96, height: 64 });
  });

  it.each([
    { desc: 'UTF-8', encoding: 'utf8' as const },
    { desc: 'Latin-1', encoding: 'latin1' as const },
  ])('reads comments of JPEG and GIF in $desc', async ({ encoding }) => {
    const comment = Buffer.from('Grüße', encoding);
    const gif = await sharp(await makePicture())
      .gif()
      .toBuffer();
    const block = Buffer.concat([Buffer.from([0x21, 0xfe, comment.length]), comment, Buffer.from([0])]);
    const trailer = gif.length - 1;
    const withComment = Buffer.concat([gif.subarray(0, trailer), block, gif.subarray(trailer)]);
    expect(await read(withComment)).toMatchObject({ mime: 'image/gif', caption: 'Grüße' });
    expect(await read(await makeJpeg({ segments: [segment(0xfe, comment)] }))).toMatchObject({ caption: 'Grüße' });
  });

  it('believes the description in XMP before a comment of the container', async () => {
    const segments = [segment(0xfe, Buffer.from('Made with a program'))];
    const xmp = xmpPacket('<tiff:ImageDescription>The quay at night</tiff:ImageDescription>');
    expect(await read(await makeJpeg({ segments, xmp }))).toMatchObject({ caption: 'The quay at night' });
  });

  it('reads XMP whose header was overwritten in part', async () => {
    const packet = xmpPacket('', 'xmp:CreateDate="2007-02-15T13:08:22-05:00"');
    const segments = [app1(Buffer.from(`XMP\0://ns.adobe.com/xap/1.0/\0${packet}`))];
    expect((await read(await makeJpeg({ segments }))).shot).toMatchObject({
      local: '2007-02-15T13:08:22',
      offsetMinutes: -300,
      source: 'xmp:xmp:CreateDate',
    });
  });

  it('reads the camera that PNG names in text', async () => {
    const chunks = [pngChunk('tEXt', Buffer.from('Make\0Canon')), pngChunk('tEXt', Buffer.from('Model\0EOS 5D'))];
    expect(await read(await makePng(chunks))).toMatchObject({ cameraMake: 'Canon', cameraModel: 'EOS 5D' });
  });

  it('reads IPTC that exiftool hides in PNG text', async () => {
    const iptc = Buffer.from('\x1c\x02\x05\x00\x04Quay', 'latin1');
    const resource = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0\0\0\0', 'latin1'), Buffer.from([iptc.length]), iptc]);
    const profile = deflateSync(Buffer.from(`\nIPTC profile\n     ${resource.length}\n${resource.toString('hex')}\n`));
    const chunk = pngChunk('zTXt', Buffer.concat([Buffer.from('Raw profile type iptc\0\0', 'latin1'), profile]));
    expect(await read(await makePng([chunk]))).toMatchObject({ title: 'Quay' });
  });

  it('reads TIFF, whose directory lies behind its pixels', async () => {
    const tiff = await sharp(await makePicture())
      .withExif({ IFD0: { Make: 'Canon' }, IFD2: { DateTimeOriginal: '2019:07:13 14:25:30' } })
      .tiff()
      .toBuffer();
    expect(await read(tiff)).toMatchObject({ mime: 'image/tiff', width: 96, height: 64 });
  });

  it.each([
    { desc: 'turned by the container, which the EXIF repeats', rotation: 3 as const, width: 64, height: 96 },
    { desc: 'turned by the EXIF alone', rotation: undefined, width: 64, height: 96 },
    { desc: 'turned upside down by the container', rotation: 2 as const, width: 96, height: 64 },
  ])('gives the upright size of a HEIC $desc', async ({ rotation, width, height }) => {
    const exif = exifBlock({ image: { [TAG.orientation]: { short: 6 } } });
    expect(await read(makeHeic({ width: 96, height: 64, rotation, exif }))).toMatchObject({ orientation: 6, width, height });
  });

  it('agrees with the decoder on the upright size for every orientation', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const jpeg = await makeJpeg({ exif: { image: { [TAG.orientation]: { short: orientation } } } });
      const { autoOrient } = await sharp(jpeg).metadata();
      expect(await read(jpeg)).toMatchObject({ orientation, width: autoOrient.width, height: autoOrient.height });
    }
  });

  it('reads XMP: date, place, words and stars', async () => {
    const xmp = xmpPacket(
      `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Harbour</rdf:li></rdf:Alt></dc:title>
       <dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>sea</rdf:li><rdf:li>ships</rdf:li></rdf:Bag></dc:subject>`,
      'exif:DateTimeOriginal="2019-07-13T14:25:30+02:00" exif:GPSLatitude="48,51.504N" exif:GPSLongitude="0,0E" xmp:Rating="4"',
    );
    expect(await read(await makeJpeg({ xmp }))).toMatchObject({
      title: 'Harbour',
      keywords: ['sea', 'ships'],
      rating: 4,
      latitude: expect.closeTo(48.8584, 6),
      longitude: 0,
      shot: { local: '2019-07-13T14:25:30', offsetMinutes: 120, source: 'xmp:exif:DateTimeOriginal' },
    });
  });

  it('reads IPTC, in UTF-8 and Latin-1', async () => {
    const dataset = (number: number, value: Buffer) => Buffer.concat([Buffer.from([0x1c, 2, number, 0, value.length]), value]);
    const records = Buffer.concat([
      dataset(5, Buffer.from('Schloß')),
      dataset(25, Buffer.from('Gr\xfc\xdfe', 'latin1')),
      dataset(55, Buffer.from('20190713')),
      dataset(60, Buffer.from('142530+0200')),
      dataset(120, Buffer.from('A caption')),
    ]);
    const resource = Buffer.concat([
      Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0', 'latin1'),
      Buffer.from([0, records.length]),
      records,
    ]);
    expect(await read(await makeJpeg({ segments: [segment(0xed, resource)] }))).toMatchObject({
      title: 'Schloß',
      keywords: ['Grüße'],
      caption: 'A caption',
      shot: { local: '2019-07-13T14:25:30', offsetMinutes: 120, source: 'iptc:DateCreated' },
    });
  });

  it('reads IPTC of an old Mac by the program that wrote it, where the text alone does not tell', async () => {
    const records = Buffer.from('\x1c\x02\x05\x00\x02\x8an', 'latin1');
    const resource = Buffer.concat([
      Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0', 'latin1'),
      Buffer.from([records.length]),
      records,
    ]);
    const segments = [segment(0xed, Buffer.concat([resource, Buffer.alloc(records.length % 2)]))];
    expect(await read(await makeJpeg({ segments }))).toMatchObject({ title: 'än' });
    const ofWindows = xmpPacket('', 'xmp:CreatorTool="Adobe Photoshop CS Windows"');
    expect(await read(await makeJpeg({ segments, xmp: ofWindows }))).toMatchObject({ title: 'Šn' });
  });

  it('reads what Windows has for words, in UTF-16 or by mistake in UTF-8', async () => {
    const image = {
      [TAG.xpTitle]: { bytes: [...Buffer.from('Grüße')] },
      [TAG.xpKeywords]: { bytes: [...Buffer.from('東京; Rom\0', 'utf16le')] },
    };
    expect(await read(await makeJpeg({ exif: { image } }))).toMatchObject({ title: 'Grüße', keywords: ['東京', 'Rom'] });
  });

  it('reads comments in Unicode and leaves out what cameras write into every caption', async () => {
    const unicode = [...Buffer.from('UNICODE\0'), ...Buffer.from('Grüße 日本', 'utf16le')];
    const withComment = await makeJpeg({
      exif: {
        image: { [TAG.description]: { ascii: 'OLYMPUS DIGITAL CAMERA' } },
        exif: { [TAG.userComment]: { bytes: unicode } },
      },
    });
    expect(await read(withComment)).toMatchObject({ caption: 'Grüße 日本' });
  });

  it('reads the time from the segment that Casio wrote before there was EXIF', async () => {
    const payload = Buffer.alloc(132);
    payload.write('QVCI', 0, 'latin1');
    payload.write('1998.10.24.12.08.57', 0x4d, 'latin1');
    expect(await read(await makeJpeg({ segments: [app1(payload)] }))).toMatchObject({
      shot: { local: '1998-10-24T12:08:57', source: 'casio:DateTimeOriginal' },
    });
  });

  it('keeps all readable tags, and nothing that a database refuses', async () => {
    const jpeg = await makeJpeg({
      exif: { image: { [TAG.model]: { ascii: 'X\0\x01Y' } }, exif: { 37500: { bytes: Array.from({ length: 500 }, () => 7) } } },
    });
    const { exif, cameraModel } = await read(jpeg);
    expect(exif).toEqual({ exif: { Model: ['X', 'Y'] } });
    expect(cameraModel).toBe('X'); // behind the NUL the text is over
  });

  it('takes the time from the name, and last of all from the file', async () => {
    const plain = await makeJpeg();
    expect(await read(plain, 'IMG_20190713_142530.jpg')).toMatchObject({
      shot: { source: 'file:name', local: '2019-07-13T14:25:30', at: null },
    });
    await using folder = await temporaryFolder();
    await writeFile(folder.file('plain.jpg'), plain);
    const changed = new Date('2022-02-02T02:02:02Z');
    await utimes(folder.file('plain.jpg'), changed, changed);
    expect(await readPhotoMetadata(folder.file('plain.jpg'))).toMatchObject({
      shot: { source: 'file:mtime', at: changed, local: null },
      exif: null,
    });
  });

  it('leaves EXIF alone when asked to, but still says which way is up', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x.jpg'), await makeJpeg({ exif: fullExif }));
    const metadata = await readPhotoMetadata(folder.file('x.jpg'), { exif: false });
    expect(metadata).toMatchObject({
      orientation: 6,
      width: 64,
      height: 96,
      cameraMake: null,
      latitude: null,
      exif: null,
      shot: { source: 'file:mtime' },
    });
  });

  it('opens names that are not UTF-8', async () => {
    await using folder = await temporaryFolder();
    const path = Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0xe9]), Buffer.from('.jpg')]);
    await writeFile(path, await makeJpeg({ exif: fullExif }));
    expect(await readPhotoMetadata(path)).toMatchObject(fullMetadata);
  });

  it.each([
    { desc: 'an empty file', bytes: '', code: 'FILE_EMPTY' },
    { desc: 'text', bytes: 'This is not a photo, whatever its name says.', code: 'UNSUPPORTED_FORMAT' },
    {
      desc: 'SVG',
      bytes: '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
      code: 'UNSUPPORTED_FORMAT',
    },
  ])('refuses $desc', async ({ bytes, code }) => {
    await expect(read(Buffer.from(bytes), 'x.jpg')).rejects.toMatchObject({ name: 'IngestError', code });
  });

  it('says why a file cannot be read', async () => {
    await using folder = await temporaryFolder();
    await expect(readPhotoMetadata(folder.file('missing.jpg'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(readPhotoMetadata(folder.path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('stops with the reason of its signal', async () => {
    const reason = new Error('enough');
    await expect(readPhotoMetadata('x.jpg', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

/** sharp writes EXIF of its own making; this puts ours into the container. */
async function webpWithExif(block: Buffer): Promise<Buffer> {
  const webp = await sharp(await makePicture())
    .withExif({ IFD0: { Make: 'x' } })
    .webp()
    .toBuffer();
  const start = webp.indexOf('EXIF', 0, 'latin1');
  const chunk = Buffer.concat([Buffer.from('EXIF\0\0\0\0', 'latin1'), block, Buffer.alloc(block.length % 2)]);
  chunk.writeUInt32LE(block.length, 4);
  const file = Buffer.concat([webp.subarray(0, start), chunk]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
