import { Buffer } from 'node:buffer';
import { brotliCompressSync, deflateSync } from 'node:zlib';
import { box } from './heif-file.ts';
import { encodeJxlCodestream } from './jxl-photos.ts';
import { makeJxl } from './sample-files.ts';
import { app1, makeJpeg, makePicture, pngChunk, pngOfSize, xmpPacket } from './test-images.ts';

/** Bytes that a bomb inflates to; enough to tell a limit from none, little enough to make in a test. */
const BOMB_BYTES = 300_000_000;

/** Files made to hang, crash or exhaust a reader, by name. */
export async function makeHostileFiles(): Promise<Record<string, Buffer>> {
  const bomb = deflateSync(Buffer.alloc(BOMB_BYTES));
  const justWithinLimit = Buffer.alloc((4 << 20) - 64, 0x20);
  const deflated = deflateSync(justWithinLimit);
  const packed = brotliCompressSync(justWithinLimit);
  const latin = (text: string) => Buffer.from(text, 'latin1');
  const withTiff = async (...parts: Buffer[]) =>
    await makeJpeg({ segments: [app1(Buffer.concat([latin('Exif\0\0'), ...parts]))] });
  const withXmp = async (xmp: string) => await makeJpeg({ xmp });
  const files: Record<string, Buffer> = {
    'directory that leads to itself.jpg': await withTiff(tiff([[0x0112, 3, 1, 1]], 8)),
    'sub-directories that lead to their parent.jpg': await withTiff(
      tiff(
        [
          [0x8769, 4, 1, 8],
          [0x8825, 4, 1, 8],
          [0xa005, 4, 1, 8],
        ],
        8,
      ),
    ),
    'directory of 65535 entries.jpg': await withTiff(latin('II*\0\x08\0\0\0\xff\xff'), Buffer.alloc(60_000)),
    'values of 60 KB on top of each other.jpg': await withTiff(
      tiff(
        Array.from({ length: 5_000 }, (_, index) => [0x9000 + index, 7, 60_000, 8]),
        0,
      ),
    ),
    'a thousand XMP of four megabytes on top of each other.tif': Buffer.concat([thousandXmp(), Buffer.alloc(4 << 20, 0x20)]),
    'a thousand XMP of four megabytes that end beyond the file.tif': Buffer.concat([thousandXmp(), Buffer.alloc(3 << 20, 0x20)]),
    'ten thousand empty XMP segments.jpg': await makeJpeg({
      segments: Array.from({ length: 10_000 }, () => app1(latin('http://ns.adobe.com/xap/1.0/\0'))),
    }),
    'XMP with entities that grow.jpg': await withXmp(entities()),
    'XMP with an entity that reads files.jpg': await withXmp(
      `<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xmpPacket('<dc:title>&x;</dc:title>')}`,
    ),
    'XMP five thousand deep.jpg': await withXmp(xmpPacket('<dc:a>'.repeat(4_500) + '</dc:a>'.repeat(4_500))),
    'XMP of tags that never close.jpg': await withXmp(xmpPacket('<dc:a '.repeat(9_000))),
    'XMP with four thousand attributes.jpg': await withXmp(
      xmpPacket('', Array.from({ length: 4_000 }, (_, index) => `xmp:b${index}="v"`).join(' ')),
    ),
    'box of size zero inside a box.heic': Buffer.concat([latin('\0\0\0\x18ftypheic\0\0\0\0heicmif1'), Buffer.alloc(56)]),
    'box that is longer than the file.heic': Buffer.concat([
      latin('\0\0\0\x18ftypheic\0\0\0\0heicmif1\xff\xff\xff\xffmeta'),
      Buffer.alloc(56),
    ]),
    'boxes inside boxes.heic': Buffer.concat([latin('\0\0\0\x18ftypheic\0\0\0\0heicmif1'), nestedBoxes(2_000)]),
    'colour profile bomb.png': pngOfSize(16, 16, { chunks: [pngChunk('iCCP', Buffer.concat([latin('x\0\0'), bomb]))] }),
    'compressed text bomb.png': pngOfSize(16, 16, { chunks: [pngChunk('zTXt', Buffer.concat([latin('Comment\0\0'), bomb]))] }),
    'compressed XMP bomb.png': pngOfSize(16, 16, {
      chunks: [pngChunk('iTXt', Buffer.concat([latin('XML:com.adobe.xmp\0\x01\0\0\0'), bomb]))],
    }),
    'a thousand compressed texts.png': pngOfSize(16, 16, {
      chunks: Array.from({ length: 1_000 }, (_, index) => pngChunk('zTXt', Buffer.concat([latin(`k${index}\0\0`), deflated]))),
    }),
    'XMP packed by the thousand.jxl': makeJxl(
      Array.from({ length: 900 }, () => box('brob', Buffer.concat([latin('xml '), packed]))),
      await encodeJxlCodestream(await makePicture()),
    ),
    'a hundred thousand text chunks.png': pngOfSize(16, 16, {
      chunks: Array.from({ length: 100_000 }, () => pngChunk('tEXt', latin('k\0v'))),
    }),
    'two billion pixels square.png': pngOfSize(0x7fffffff, 0x7fffffff),
    'three million pixels in a row.png': pngOfSize(3_000_000, 16),
    'interlaced 16000 square.png': pngOfSize(16_000, 16_000, { interlaced: true }),
    'SVG that opens files.jpg': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    ),
    'JPEG in rubbish.jpg': Buffer.concat([latin('\xff\xd8'), Buffer.alloc(300_000, 0xff)]),
  };
  for (const type of [1, 2, 3, 4, 5, 7, 10, 12]) {
    files[`four billion values of type ${type}.jpg`] = await withTiff(
      tiff(
        [
          [0x010f, type, 0xfffffff0, 8],
          [0x0112, 3, 1, 6],
        ],
        0,
      ),
    );
  }
  const picture = await makePicture();
  for (let step = 0; step < 40; step++) files[`PNG with byte ${step * 7} broken.png`] = damaged(picture, 8 + step * 7);
  return files;
}

function thousandXmp(): Buffer {
  return tiff(
    Array.from({ length: 1_000 }, () => [0x02bc, 1, 4 << 20, 8]),
    0,
  );
}

type Entry = [tag: number, type: number, count: number, value: number];

function tiff(entries: Entry[], next: number): Buffer {
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    directory.writeUInt16LE(tag, 2 + index * 12);
    directory.writeUInt16LE(type, 4 + index * 12);
    directory.writeUInt32LE(count, 6 + index * 12);
    directory.writeUInt32LE(value, 10 + index * 12);
  }
  directory.writeUInt32LE(next, 2 + entries.length * 12);
  return Buffer.concat([Buffer.from('II*\0\x08\0\0\0', 'latin1'), directory]);
}

function entities(): string {
  const levels = Array.from({ length: 12 }, (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`);
  return `<!DOCTYPE l [<!ENTITY a0 "lol">${levels.join('')}]>${xmpPacket('<dc:title>&a12;</dc:title>')}`;
}

function nestedBoxes(depth: number): Buffer {
  let nested: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level++) nested = box('meta', nested);
  return nested;
}

function damaged(file: Buffer, offset: number): Buffer {
  const copy = Buffer.from(file);
  copy[offset] = 255 - (copy[offset] ?? 0);
  return copy;
}
