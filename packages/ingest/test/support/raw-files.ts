import { Buffer } from 'node:buffer';
import { directory, type TestFields } from './exif-block.ts';
import { box } from './heif-file.ts';
import { app1 } from './test-images.ts';

/** RAW formats that the tests write. */
export const TEST_RAW_FORMATS = ['dng', 'cr2', 'cr3', 'nef', 'arw', 'raf', 'rw2', 'orf', 'pef', 'srw'] as const;
export type TestRawFormat = (typeof TEST_RAW_FORMATS)[number];

export interface TestRaw {
  /** The camera's rendering: a JPEG file. */
  preview: Buffer;
  /** EXIF orientation of the photo. */
  orientation: number;
}

/** Size of the photo on the sensor, as every written file states it. */
export const RAW_WIDTH = 600;
export const RAW_HEIGHT = 400;

/** When every written photo was taken. */
export const RAW_DATE = '2021:08:19 18:48:53';

const MAKES: Readonly<Record<TestRawFormat, string>> = {
  dng: 'Leica',
  cr2: 'Canon',
  cr3: 'Canon',
  nef: 'NIKON CORPORATION',
  arw: 'SONY',
  raf: 'FUJIFILM',
  rw2: 'Panasonic',
  orf: 'OLYMPUS CORPORATION',
  pef: 'PENTAX',
  srw: 'SAMSUNG',
};

const CFA = 32_803;
const SENSOR_DATA = Buffer.alloc(64, 7);

/** The sensor's data as JPEG of the lossless kind, larger than any preview. */
const LOSSLESS_JPEG = Buffer.from('ffd8ffc3000b0e0fa00fa001011100ffda0008010100060000ffd9', 'hex');

/** Writes a RAW file of a format: all that describes the photo and its preview, and a stand-in for the sensor's data. */
export function makeRaw(format: TestRawFormat, raw: TestRaw): Buffer {
  switch (format) {
    case 'raf':
      return makeRaf(raw);
    case 'cr3':
      return makeCr3(raw);
    case 'rw2':
      return makeRw2(raw);
    case 'orf':
      return makeOrf(raw);
    case 'cr2':
      return makeCr2(raw);
    default:
      return makeTiffRaw(format, raw);
  }
}

/** A file under construction: parts are put behind each other, and tell where they came to lie. */
function tiffFile(head: string) {
  const parts: Buffer[] = [Buffer.from(head, 'latin1')];
  const end = () => parts.reduce((sum, { length }) => sum + length, 0);
  const add = (bytes: Buffer): number => {
    const offset = end();
    parts.push(bytes);
    return offset;
  };
  return {
    add,
    addDirectory: (fields: TestFields, next = 0): number => add(directory(fields, end(), true, next)),
    finish: (first: number): Buffer => {
      const file = Buffer.concat(parts);
      file.writeUInt32LE(first, 4);
      return file;
    },
  };
}

function camera(format: TestRawFormat, orientation: number, exif: number): TestFields {
  return {
    271: { ascii: MAKES[format] },
    272: { ascii: `${format} test` },
    274: { short: orientation },
    34665: { long: exif },
  };
}

function exifFields(): TestFields {
  return {
    33434: { rational: [[1, 250]] },
    33437: { rational: [[28, 10]] },
    34855: { short: 400 },
    36867: { ascii: RAW_DATE },
    36881: { ascii: '+02:00' },
    37386: { rational: [[35, 1]] },
    40962: { short: RAW_WIDTH },
    40963: { short: RAW_HEIGHT },
    42036: { ascii: 'Test 35mm F2.8' },
  };
}

function sensorFields(offset: number): TestFields {
  return {
    254: { long: 0 },
    256: { long: RAW_WIDTH },
    257: { long: RAW_HEIGHT },
    259: { short: 1 },
    262: { short: CFA },
    273: { long: offset },
    279: { long: SENSOR_DATA.length },
  };
}

/** Thumbnail first, then preview and sensor in sub-directories (DNG, NEF, SRW); preview or sensor first and the others chained (ARW, PEF). */
function makeTiffRaw(format: 'dng' | 'nef' | 'arw' | 'pef' | 'srw', { preview, orientation }: TestRaw): Buffer {
  const file = tiffFile('II*\0\0\0\0\0');
  const [jpeg, data] = [file.add(preview), file.add(SENSOR_DATA)];
  const whole = camera(format, orientation, file.addDirectory(exifFields()));
  const asJpeg: TestFields = { 254: { long: 1 }, 513: { long: jpeg }, 514: { long: preview.length } };
  const asStrip: TestFields = {
    254: { long: 1 },
    259: { short: 7 },
    262: { short: 6 },
    273: { long: jpeg },
    279: { long: preview.length },
  };
  const sensor = sensorFields(data);
  if (format === 'pef') return file.finish(file.addDirectory({ ...sensor, ...whole }, file.addDirectory(asJpeg)));
  if (format === 'arw') {
    const sub = file.addDirectory(sensor);
    return file.finish(file.addDirectory({ ...whole, ...asJpeg, 330: { long: sub } }));
  }
  const subs = [file.addDirectory(format === 'dng' ? asStrip : asJpeg), file.addDirectory(sensor)];
  const version: TestFields = format === 'dng' ? { 50706: { bytes: [1, 4, 0, 0] } } : {};
  const thumbnail: TestFields = { 254: { long: 1 }, 256: { long: 16 }, 257: { long: 12 } };
  return file.finish(file.addDirectory({ ...thumbnail, ...whole, ...version, 330: { longs: subs } }));
}

/** Preview first; the sensor's data, as a JPEG of its own kind, at the end of the chain. */
function makeCr2({ preview, orientation }: TestRaw): Buffer {
  const file = tiffFile('II*\0\0\0\0\0CR\x02\0\0\0\0\0');
  const [jpeg, data] = [file.add(preview), file.add(LOSSLESS_JPEG)];
  const whole = camera('cr2', orientation, file.addDirectory(exifFields()));
  const last = file.addDirectory({ 259: { short: 6 }, 273: { long: data }, 279: { long: LOSSLESS_JPEG.length } });
  const strip: TestFields = { 259: { short: 6 }, 273: { long: jpeg }, 279: { long: preview.length } };
  const size: TestFields = { 256: { short: 300 }, 257: { short: 200 } };
  return file.finish(file.addDirectory({ ...size, ...whole, ...strip }, last));
}

/** The preview is known to the maker note alone, which counts from its own beginning. */
function makeOrf({ preview, orientation }: TestRaw): Buffer {
  const file = tiffFile('IIRO\0\0\0\0');
  const data = file.add(SENSOR_DATA);
  const settings = directory({ 256: { long: 1 }, 257: { long: 0 }, 258: { long: preview.length } }, 0, true);
  const title = Buffer.from('OLYMPUS\0II\x03\0', 'latin1');
  const pointer = directory({ 8224: { long: title.length + 18 } }, 0, true);
  const exif = file.addDirectory({ ...exifFields(), 37500: { bytes: [...title, ...pointer, ...settings] } });
  const jpeg = file.add(preview);
  const orf = file.finish(file.addDirectory({ ...sensorFields(data), ...camera('orf', orientation, exif) }));
  const note = orf.indexOf(title);
  const offsetField = note + title.length + pointer.length + 2 + 12 + 8;
  orf.writeUInt32LE(jpeg - note, offsetField);
  return orf;
}

/** The EXIF is inside the preview. */
function makeRw2({ preview, orientation }: TestRaw): Buffer {
  const file = tiffFile('IIU\0\0\0\0\0\x88\xe7\x74\xd8\xf8\x25\x1d\x4d\x94\x7a\x6e\x77\x82\x2b\x5d\x6a');
  const inner = withExif(preview, 'rw2', orientation);
  const fields: TestFields = {
    4: { short: 10 },
    5: { short: 20 },
    6: { short: 10 + RAW_HEIGHT },
    7: { short: 20 + RAW_WIDTH },
    46: { bytes: [...inner] },
    271: { ascii: MAKES.rw2 },
    272: { ascii: 'rw2 test' },
    274: { short: orientation },
  };
  return file.finish(file.addDirectory(fields));
}

function makeRaf({ preview, orientation }: TestRaw): Buffer {
  const header = Buffer.alloc(160);
  header.write('FUJIFILMCCD-RAW 0201FF129502raf test', 'latin1');
  const jpeg = withExif(preview, 'raf', orientation);
  const settings = Buffer.alloc(12);
  settings.writeUInt32BE(1, 0);
  settings.writeUInt16BE(0x0111, 4);
  settings.writeUInt16BE(4, 6);
  settings.writeUInt16BE(RAW_HEIGHT, 8);
  settings.writeUInt16BE(RAW_WIDTH, 10);
  header.writeUInt32BE(header.length, 84);
  header.writeUInt32BE(jpeg.length, 88);
  header.writeUInt32BE(header.length + jpeg.length, 92);
  header.writeUInt32BE(settings.length, 96);
  return Buffer.concat([header, jpeg, settings, SENSOR_DATA]);
}

function makeCr3({ preview, orientation }: TestRaw): Buffer {
  const tiff = (fields: TestFields) => {
    const file = tiffFile('II*\0\0\0\0\0');
    return file.finish(file.addDirectory(fields));
  };
  const { 0x8769: _, ...whole } = camera('cr3', orientation, 0);
  const image: TestFields = { 256: { short: RAW_WIDTH }, 257: { short: RAW_HEIGHT }, ...whole };
  const kind = box('CNCV', Buffer.from('CanonCR3_001/00.09.00/00.00.00', 'latin1'));
  const canon = [kind, box('CMT1', tiff(image)), box('CMT2', tiff(exifFields()))];
  const uuid = (id: string, ...content: Buffer[]) => box('uuid', Buffer.concat([Buffer.from(id, 'hex'), ...content]));
  const fields = Buffer.from('000000000001000000000001', 'hex');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(preview.length);
  return Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1')),
    box('moov', uuid('85c0b687820f11e08111f4ce462b6a48', ...canon)),
    uuid('eaf42b5e1c984b88b9fbb7dc406e4d16', Buffer.alloc(8), box('PRVW', Buffer.concat([fields, size, preview]))),
    box('mdat', SENSOR_DATA),
  ]);
}

function withExif(jpeg: Buffer, format: TestRawFormat, orientation: number): Buffer {
  const file = tiffFile('II*\0\0\0\0\0');
  const exif = file.addDirectory(exifFields());
  const block = file.finish(file.addDirectory(camera(format, orientation, exif)));
  return Buffer.concat([jpeg.subarray(0, 2), app1(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block])), jpeg.subarray(2)]);
}
