import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findEmbeddedPreview } from '../src/formats/embedded-preview.ts';
import { isCutShort } from '../src/formats/is-cut-short.ts';
import { readMakerFacts } from '../src/formats/maker-facts.ts';
import type { PhotoFormat } from '../src/formats/photo-formats.ts';
import { readBlocks } from '../src/formats/read-blocks.ts';
import { recognizeFormat } from '../src/formats/recognize-format.ts';
import { MAX_EXIF_BYTES, MAX_FILE_BYTES, MAX_XMP_BYTES } from '../src/model/limits.ts';
import { box, fullBox, u16, u32 } from './support/heif-file.ts';
import { makeSampleFiles } from './support/sample-files.ts';
import { app1 } from './support/test-images.ts';
import { type WatchedSource, watchedSource } from './support/watched-source.ts';

/** Each run of the tests makes the same damage; another seed makes other. */
const SEED = 20_261_122;
const RUNS_PER_FORMAT = 400;

/** Reads of one file, all walks together: good ones take up to 300, and a list of tiny segments two or three for each. */
const MAX_READS = 20_000;
const MIN_BYTES_PER_READ = 16;

/** Bytes of one file, all walks together: 32 items of XMP in HEIF, and a dozen beginnings of JPEGs. */
const MAX_BYTES_READ = 32 * MAX_XMP_BYTES + 16 * MAX_EXIF_BYTES;

/** Numbers that break arithmetic, by the bytes that they take. */
const HARD_NUMBERS = [0n, 1n, 2n, 7n, 0x7fn, 0xffn, 0x7fffn, 0xffffn, 0x7fff_ffffn, 0x8000_0000n, 0xffff_fff8n, 0xffff_ffffn];
const HARD_LONG_NUMBERS = [0x7fff_ffff_ffff_ffffn, 0x8000_0000_0000_0000n, 0xffff_ffff_ffff_ffffn];

/** A place where a structure of the file begins, told by what is read of the undamaged file, and what is done to it. */
interface Damage {
  place: number;
  shift: number;
  kind: 'cut' | 'number' | 'zeros' | 'copy' | 'repeat';
  bytes: 1 | 2 | 4 | 8;
  number: bigint;
  littleEndian: boolean;
  other: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  place: fc.nat(),
  shift: fc.integer({ min: -8, max: 24 }),
  kind: fc.constantFrom('cut', 'number', 'number', 'number', 'zeros', 'copy', 'repeat'),
  bytes: fc.constantFrom(1, 2, 4, 8),
  number: fc.constantFrom(...HARD_NUMBERS, ...HARD_LONG_NUMBERS),
  littleEndian: fc.boolean(),
  other: fc.nat(),
});

describe('the walkers of all containers', () => {
  let samples: Record<string, Buffer>;
  /** Places of the structures of each sample. */
  const places = new Map<string, number[]>();

  beforeAll(async () => {
    samples = await makeSampleFiles();
    for (const [extension, sample] of Object.entries(samples)) {
      const source = watchedSource(sample);
      await walk(source, extension);
      places.set(
        extension,
        [...new Set(source.offsets)].toSorted((a, b) => a - b),
      );
    }
  });

  const extensions = [
    'heic',
    'avif',
    'cr3',
    'jxl',
    'tif',
    'dng',
    'cr2',
    'nef',
    'arw',
    'orf',
    'pef',
    'srw',
    'raf',
    'rw2',
    'mrw',
    'crw',
  ];
  const others = ['jpg', 'png', 'webp', 'gif'];

  it('are tested with every sample', () => {
    expect([...extensions, ...others].toSorted()).toEqual(Object.keys(samples).toSorted());
  });

  it.each([...extensions, ...others])('%s: end within their limits wherever its structures are damaged', async (extension) => {
    const sample = samples[extension] ?? Buffer.alloc(0);
    const known = places.get(extension) ?? [];
    const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const file = damages.reduce((bytes, one) => applyDamage(bytes, one, known), sample);
      await expectWithinLimits(watchedSource(file), extension);
    });
    await fc.assert(property, { numRuns: RUNS_PER_FORMAT, seed: SEED });
  });

  it.each([...extensions, ...others])('%s: end within their limits when it is cut at a structure', async (extension) => {
    const sample = samples[extension] ?? Buffer.alloc(0);
    for (const place of places.get(extension) ?? []) {
      for (const end of [place - 1, place, place + 1, place + 4, place + 8]) {
        await expectWithinLimits(watchedSource(sample.subarray(0, Math.max(0, end))), extension);
      }
    }
  });

  it.each([...extensions, ...others])('%s: read few bytes of a huge file that begins like it', async (extension) => {
    const sample = samples[extension] ?? Buffer.alloc(0);
    const known = places.get(extension) ?? [];
    const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 2 }), async (damages) => {
      const file = damages.reduce((bytes, one) => applyDamage(bytes, one, known), sample);
      await expectWithinLimits(watchedSource(file, MAX_FILE_BYTES), extension, { searchesEnd: true });
    });
    await fc.assert(property, { numRuns: 40, seed: SEED });
  });
});

/** A walker that is led astray does not come back for minutes. */
const LOST_AFTER_MILLIS = 10_000;

describe('structures that were made to lead a walker astray', { timeout: LOST_AFTER_MILLIS }, () => {
  it.each<{ desc: string; extension: string; make: () => Buffer }>([
    {
      desc: '65,535 places of no bytes for each of 10,000 items',
      extension: 'heic',
      make: () => heif(fullBox('iloc', Buffer.concat([u16(0), u16(10_000), ...repeat(10_000, () => hex('000000000000ffff'))]))),
    },
    {
      desc: 'two million places of one byte',
      extension: 'heic',
      make: () =>
        heif(
          fullBox(
            'iloc',
            Buffer.concat([u16(0x0100), u16(40), ...repeat(40, () => hex('00000000ffff'.padEnd(12 + 0xffff * 2, '0')))]),
          ),
        ),
    },
    {
      desc: 'a thousand items of XMP on the same four megabytes',
      extension: 'heic',
      make: () => {
        const infos = repeat(1_000, (id) =>
          box('infe', Buffer.concat([hex('02000000'), u16(id), u16(0), latin('mime\0application/rdf+xml\0')])),
        );
        const places = repeat(1_000, (id) => Buffer.concat([u16(id), u16(0), u16(1), u32(0), u32(MAX_XMP_BYTES)]));
        const list = [
          fullBox('iinf', Buffer.concat([u16(1_000), ...infos])),
          fullBox('iloc', Buffer.concat([u16(0x4400), u16(1_000), ...places])),
        ];
        return Buffer.concat([heif(...list), Buffer.alloc(MAX_XMP_BYTES)]);
      },
    },
    {
      desc: 'four billion properties',
      extension: 'heic',
      make: () =>
        heif(box('iprp', Buffer.concat([box('ipco', box('irot', hex('01'))), fullBox('ipma', Buffer.alloc(100_000, 0xff))]))),
    },
    { desc: 'boxes ten thousand deep', extension: 'heic', make: () => heif(nested(10_000, 'meta')) },
    { desc: 'a thousand tracks', extension: 'cr3', make: () => cr3(...repeat(1_000, () => track(0xffff_fff0, 0xffff_fff0))) },
    { desc: 'tracks inside tracks', extension: 'cr3', make: () => cr3(nested(5_000, 'trak')) },
    {
      desc: 'a codestream in a hundred thousand parts',
      extension: 'jxl',
      make: () => jxl(...repeat(100_000, () => box('jxlp', Buffer.alloc(4)))),
    },
    { desc: 'a box of 2^63 bytes', extension: 'jxl', make: () => jxl(hex('00000001786d6c208000000000000000')) },
    { desc: 'extended XMP in a hundred thousand parts', extension: 'jpg', make: manyPartsOfXmp },
    { desc: 'heaps that hold themselves', extension: 'crw', make: selfHoldingHeap },
    {
      desc: 'a directory of 2^63 entries',
      extension: 'tif',
      make: () =>
        Buffer.concat([latin('MM\0+\0\x08\0\0'), hex('0000000000000010'), hex('7fffffffffffffff'), Buffer.alloc(30_000, 1)]),
    },
    {
      desc: 'directories that lead to each other and to themselves',
      extension: 'nef',
      make: () => {
        const subDirectories = Buffer.concat([u16(1), u16(0x014a), u16(4), u32(60), u32(30)]);
        return Buffer.concat([latin('MM\0*'), u32(8), subDirectories, u32(8), hex('00000008'.repeat(60))]);
      },
    },
  ])('$extension: $desc', async ({ extension, make }) => {
    await expectWithinLimits(watchedSource(make()), extension);
  });
});

const latin = (text: string) => Buffer.from(text, 'latin1');
const hex = (digits: string) => Buffer.from(digits, 'hex');
const repeat = (times: number, make: (index: number) => Buffer) => Array.from({ length: times }, (_, index) => make(index));
const heif = (...boxes: Buffer[]) =>
  Buffer.concat([box('ftyp', latin('heic\0\0\0\0mif1heic')), fullBox('meta', Buffer.concat(boxes))]);
const cr3 = (...boxes: Buffer[]) =>
  Buffer.concat([box('ftyp', latin('crx \0\0\0\x01crx isom')), box('moov', Buffer.concat(boxes))]);
const jxl = (...boxes: Buffer[]) =>
  Buffer.concat([box('JXL ', latin('\r\n\x87\n')), box('ftyp', latin('jxl \0\0\0\0jxl ')), ...boxes]);

function nested(depth: number, type: string): Buffer {
  const heads = repeat(depth, (level) => Buffer.concat([u32((depth - level) * 8), latin(type)]));
  return Buffer.concat(heads);
}

/** A track of a CR3 file whose only sample lies outside. */
function track(offset: number, length: number): Buffer {
  const table = [fullBox('stsz', Buffer.concat([u32(length), u32(1)])), fullBox('stco', Buffer.concat([u32(1), u32(offset)]))];
  return box('trak', box('mdia', box('minf', box('stbl', Buffer.concat(table)))));
}

/** A JPEG with XMP of which each segment holds one byte. */
function manyPartsOfXmp(): Buffer {
  const header = latin(`http://ns.adobe.com/xmp/extension/\0${'d'.repeat(32)}`);
  const parts = repeat(100_000, (offset) => app1(Buffer.concat([header, u32(100_000), u32(offset), latin('x')])));
  return Buffer.concat([hex('ffd8'), ...parts, hex('ffd9')]);
}

/** A CIFF file whose heap has 500 entries that are the heap itself. */
function selfHoldingHeap(): Buffer {
  const entryBytes = 10;
  const entries = 500;
  const file = Buffer.alloc(26 + 2 + entries * entryBytes + 4);
  latin('II\x1a\0\0\0HEAPCCDR').copy(file);
  file.writeUInt16LE(entries, 26);
  for (let entry = 0; entry < entries; entry++) {
    const at = 28 + entry * entryBytes;
    file.writeUInt16LE(0x2800, at);
    file.writeUInt32LE(file.length - 26, at + 2);
  }
  return file;
}

async function walk(source: WatchedSource, extension: string, { searchesEnd = false } = {}): Promise<void> {
  const format = await recognizeFormat(source, `photo.${extension}`);
  if (format === null) return;
  const blocks = await readBlocks(source, format);
  expect(blocks.width).toBeGreaterThanOrEqual(0);
  expect(blocks.exif?.length ?? 0).toBeLessThanOrEqual(MAX_EXIF_BYTES + 64);
  // The end of a JPEG or PNG is looked for from the end, however far that is.
  if (!searchesEnd || !ENDS_ARE_SEARCHED.has(format)) await isCutShort(source, format);
  const preview = await findEmbeddedPreview(source, format);
  if (preview !== null) expect(preview.offset + preview.length).toBeLessThanOrEqual(source.size);
  await readMakerFacts(source);
}

const ENDS_ARE_SEARCHED: ReadonlySet<PhotoFormat> = new Set(['jpeg', 'png']);

async function expectWithinLimits(
  source: WatchedSource,
  extension: string,
  options: { searchesEnd?: boolean } = {},
): Promise<void> {
  await walk(source, extension, options);
  expect(source.offsets.length).toBeLessThanOrEqual(MAX_READS + source.headBytes / MIN_BYTES_PER_READ);
  expect(source.bytesRead).toBeLessThanOrEqual(MAX_BYTES_READ);
}

function applyDamage(file: Buffer, { place, shift, kind, bytes, number, littleEndian, other }: Damage, places: number[]): Buffer {
  const at = Math.min(Math.max(0, (places[place % places.length] ?? 0) + shift), file.length);
  if (kind === 'cut') return file.subarray(0, at);
  const copy = Buffer.from(file);
  const from = places[other % places.length] ?? 0;
  if (kind === 'zeros') copy.fill(0, at, Math.min(at + bytes * 8, copy.length));
  else if (kind === 'copy') copy.copyWithin(at, from, from + bytes * 8);
  else if (kind === 'repeat') writeNumber(copy, at, BigInt(from), 4, littleEndian);
  else writeNumber(copy, at, number, bytes, littleEndian);
  return copy;
}

function writeNumber(copy: Buffer, at: number, number: bigint, bytes: number, littleEndian: boolean): void {
  const whole = Buffer.alloc(8);
  if (littleEndian) whole.writeBigUInt64LE(number);
  else whole.writeBigUInt64BE(BigInt.asUintN(64, number << BigInt(64 - bytes * 8)));
  whole.copy(copy, at, 0, bytes);
}
