import { Buffer } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { readPhotoMetadata } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { exifBlock, TAG } from './support/exif-block.ts';
import { exiftool, hasPerl } from './support/exiftool.ts';
import { box } from './support/heif-file.ts';
import { type CodestreamSize, jxlCodestream } from './support/jxl-codestream.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { xmpPacket } from './support/test-images.ts';

const SIGNATURE = box('JXL ', Buffer.from('\r\n\x87\n', 'latin1'));
const FILE_TYPE = box('ftyp', Buffer.from('jxl \0\0\0\0jxl ', 'latin1'));
const CODESTREAM = jxlCodestream({ width: 40, height: 24 });

/** The offset of the TIFF structure stands in front of it. */
const exif = Buffer.concat([
  Buffer.alloc(4),
  exifBlock({ image: { [TAG.orientation]: { short: 6 } }, exif: { [TAG.dateTimeOriginal]: { ascii: '2022:03:04 05:06:07' } } }),
]);

const SIZES: (CodestreamSize & { desc: string })[] = [
  { desc: 'a multiple of eight', width: 256, height: 8 },
  { desc: 'up to 9 bits', width: 500, height: 333 },
  { desc: 'up to 13 bits', width: 8000, height: 6000 },
  { desc: 'up to 18 bits', width: 200_000, height: 9000 },
  { desc: 'a shape of 3:2', width: 6000, height: 4000, shape: 4 },
  { desc: 'a shape of 16:9 that is rounded', width: 177, height: 100, shape: 5 },
];

describe('JPEG XL', () => {
  it.each(SIZES)('says its size: $desc', async ({ desc: _, ...size }) => {
    expect(await read(jxlCodestream(size))).toMatchObject({ mime: 'image/jxl', width: size.width, height: size.height });
  });

  it('is turned as its codestream says, not as EXIF says', async () => {
    const turned = jxlCodestream({ width: 40, height: 24, orientation: 6 });
    expect(await read(container(box('jxlc', turned), box('Exif', exif)))).toMatchObject({ width: 24, height: 40 });
    expect(await read(container(box('jxlc', CODESTREAM), box('Exif', exif)))).toMatchObject({ width: 40, height: 24 });
  });

  it('keeps EXIF and XMP in boxes, plain or packed, before or behind the picture', async () => {
    const xmp = Buffer.from(xmpPacket('<dc:title>Quay</dc:title>'));
    const parts = [box('jxlp', Buffer.concat([Buffer.alloc(4), CODESTREAM])), box('jxlp', Buffer.from('80000001ffff', 'hex'))];
    for (const file of [
      container(...parts, box('Exif', exif), box('xml ', xmp)),
      container(packed('Exif', exif), packed('xml ', xmp), ...parts),
    ]) {
      const { shot, title, width } = await read(file);
      expect({ local: shot.local, title, width }).toEqual({ local: '2022-03-04T05:06:07', title: 'Quay', width: 40 });
    }
  });

  it('is a photo all the same when a packed box is a bomb or damaged', async () => {
    const bomb = packed('xml ', Buffer.alloc(1 << 24, 0x20));
    const damaged = box('brob', Buffer.from('Exif not brotli'));
    const { width, title, shot } = await read(container(bomb, damaged, box('jxlc', CODESTREAM)));
    expect({ width, title, source: shot.source }).toEqual({ width: 40, title: null, source: 'file:mtime' });
  });

  it.skipIf(!hasPerl)('has the size that exiftool reads (needs perl)', async () => {
    await using folder = await temporaryFolder();
    const files = SIZES.map((size, index) => ({ path: folder.file(`${index}.jxl`), bytes: jxlCodestream(size) }));
    for (const { path, bytes } of files) await writeFile(path, bytes);
    const paths = files.map(({ path }) => path);
    const truths = JSON.parse(await exiftool(['-json', '-n', '-ImageSize', ...paths])) as { ImageSize: string }[];
    expect(truths.map(({ ImageSize }) => ImageSize)).toEqual(SIZES.map(({ width, height }) => `${width} ${height}`));
  });
});

function container(...boxes: Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, FILE_TYPE, ...boxes]);
}

function packed(type: string, content: Buffer): Buffer {
  return box('brob', Buffer.concat([Buffer.from(type, 'latin1'), brotliCompressSync(content)]));
}

async function read(file: Buffer) {
  await using folder = await temporaryFolder();
  await writeFile(folder.file('photo.jxl'), file);
  return await readPhotoMetadata(folder.file('photo.jxl'));
}
