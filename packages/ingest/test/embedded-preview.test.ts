import { Buffer } from 'node:buffer';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ByteSource, bufferSource } from '../src/files/byte-source.ts';
import { findEmbeddedPreview } from '../src/formats/embedded-preview.ts';
import { recognizeFormat } from '../src/formats/recognize-format.ts';
import { directory, type TestFields } from './support/exif-block.ts';
import { makeRaw, TEST_RAW_FORMATS } from './support/raw-files.ts';
import { makeSampleFiles } from './support/sample-files.ts';
import { makeJpeg } from './support/test-images.ts';

/** Reads that the largest real files need; a loop would take millions. */
const MAX_READS = 2_000;

describe('findEmbeddedPreview', () => {
  let small: Buffer;
  let large: Buffer;
  beforeAll(async () => {
    small = await makeJpeg({}, [64, 48]);
    large = await makeJpeg({}, [160, 120]);
  });

  it.each(TEST_RAW_FORMATS)('finds the very bytes of the JPEG in %s', async (format) => {
    const raw = makeRaw(format, { preview: large, orientation: 8 });
    const preview = await findEmbeddedPreview(bufferSource(raw), format);
    if (preview === null) throw new Error('Expected a preview.');
    const found = raw.subarray(preview.offset, preview.offset + preview.length);
    expect(found.subarray(-1000)).toEqual(large.subarray(-1000));
    expect(preview.orientation).toBe(8);
  });

  it('takes the largest, however the directories are ordered', async () => {
    const [first, second] = [8, 8 + small.length];
    const file = chain([small, large], [jpegAt(first, small), jpegAt(second, large), jpegAt(first, small)]);
    expect(await findEmbeddedPreview(bufferSource(file), 'nef')).toMatchObject({ offset: second, length: large.length });
  });

  it('takes no picture of a file that is no RAW', async () => {
    const file = chain([large], [jpegAt(8, large)]);
    expect(await findEmbeddedPreview(bufferSource(file), 'tiff')).toBeNull();
    expect(await findEmbeddedPreview(bufferSource(await makeJpeg()), 'jpeg')).toBeNull();
  });

  it.each<[desc: string, fields: TestFields]>([
    ['beyond the end of the file', { 513: { long: 0x7fffffff }, 514: { long: 1000 } }],
    ['of no bytes', { 513: { long: 8 }, 514: { long: 0 } }],
    ['that is the head of the file', { 513: { long: 1 }, 514: { long: 0xffffffff } }],
  ])('passes over a JPEG %s', async (_, fields) => {
    expect(await findEmbeddedPreview(bufferSource(chain([], [fields])), 'nef')).toBeNull();
  });

  it('follows directories that lead to each other once', async () => {
    const loop = Buffer.concat([header(8), directory({ 330: { longs: Array.from({ length: 60 }, () => 8) } }, 8, true, 8)]);
    const { source, reads } = counted(loop);
    expect(await findEmbeddedPreview(source, 'nef')).toBeNull();
    expect(reads()).toBeLessThan(MAX_READS);
  });

  it.each(['raf', 'cr3', 'orf', 'rw2'] as const)('gives up on a %s of rubbish', async (format) => {
    for (const byte of [0, 1, 0x7f, 0xff]) {
      const raw = makeRaw(format, { preview: small, orientation: 1 });
      const { source, reads } = counted(Buffer.concat([raw.subarray(0, 60), Buffer.alloc(20_000, byte)]));
      expect(await findEmbeddedPreview(source, format)).toBeNull();
      expect(reads()).toBeLessThan(MAX_READS);
    }
  });
});

describe('recognizeFormat', () => {
  let samples: Record<string, Buffer>;
  beforeAll(async () => {
    samples = await makeSampleFiles();
  });

  it('knows every format by its content, whatever the file is called', async () => {
    const found: Record<string, string | null> = {};
    for (const [extension, bytes] of Object.entries(samples))
      found[extension] = await recognizeFormat(bufferSource(bytes), 'x.jpg');
    const kinds = Object.fromEntries(Object.keys(samples).map((extension) => [extension, extension]));
    expect(found).toEqual({ ...kinds, jpg: 'jpeg', tif: 'tiff' });
  });

  it('believes the extension of what begins as TIFF, and of nothing else', async () => {
    const sourceOf = (extension: string) => bufferSource(samples[extension] ?? Buffer.alloc(0));
    expect(await recognizeFormat(sourceOf('nef'), 'x.ARW')).toBe('arw');
    expect(await recognizeFormat(sourceOf('dng'), 'x.nef')).toBe('dng');
    expect(await recognizeFormat(sourceOf('png'), 'x.nef')).toBe('png');
    expect(await recognizeFormat(bufferSource(Buffer.from('<html>')), 'x.nef')).toBeNull();
  });
});

function jpegAt(offset: number, { length }: Buffer): TestFields {
  return { 513: { long: offset }, 514: { long: length } };
}

function header(first: number): Buffer {
  const bytes = Buffer.from('II*\0\0\0\0\0', 'latin1');
  bytes.writeUInt32LE(first, 4);
  return bytes;
}

/** Pictures from byte 8 on, and behind them a chain of directories. */
function chain(pictures: Buffer[], directories: TestFields[]): Buffer {
  const body = Buffer.concat(pictures);
  const first = 8 + body.length;
  const parts: Buffer[] = [];
  let start = first;
  for (const [index, fields] of directories.entries()) {
    const end = start + directory(fields, start, true).length;
    parts.push(directory(fields, start, true, index === directories.length - 1 ? 0 : end));
    start = end;
  }
  return Buffer.concat([header(first), body, ...parts]);
}

function counted(bytes: Buffer): { source: ByteSource; reads: () => number } {
  const source = bufferSource(bytes);
  let reads = 0;
  const read: ByteSource['read'] = (offset, length) => {
    reads += 1;
    return source.read(offset, length);
  };
  return { source: { size: source.size, read }, reads: () => reads };
}
