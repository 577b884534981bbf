import { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { HEIC_PHOTO } from './heic-photos.ts';
import { box, fullBox, infe, location, u16, u32 } from './heif-file.ts';

const [PICTURE, THUMBNAIL] = [1, 2];
/** Its own size. */
const SAMPLE = { width: 640, height: 384 };

/** A HEIC whose picture claims a size, with the sample photo as its thumbnail. */
export async function makeHeicWithThumbnail({ width, height }: { width: number; height: number }): Promise<Buffer> {
  const sample = await readFile(HEIC_PHOTO);
  const configuration = boxOf(sample, 'hvcC');
  const data = boxOf(sample, 'mdat').subarray(8);
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const sizes = [{ width, height }, SAMPLE].map((size) => fullBox('ispe', Buffer.concat([u32(size.width), u32(size.height)])));
  const associations = [
    [PICTURE, 1, 2],
    [THUMBNAIL, 1, 3],
  ].map(([id = 0, ...properties]) => Buffer.concat([u16(id), Buffer.from([properties.length, ...properties])]));
  const meta = (dataStart: number) =>
    fullBox(
      'meta',
      Buffer.concat([
        fullBox('hdlr', Buffer.concat([u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)])),
        fullBox('pitm', u16(PICTURE)),
        fullBox('iinf', Buffer.concat([u16(2), infe(PICTURE, 'hvc1'), infe(THUMBNAIL, 'hvc1')])),
        fullBox(
          'iloc',
          Buffer.concat([u16(0x4400), u16(2), ...[PICTURE, THUMBNAIL].map((id) => location(id, dataStart, data.length))]),
        ),
        fullBox('iref', box('thmb', Buffer.concat([u16(THUMBNAIL), u16(1), u16(PICTURE)]))),
        box(
          'iprp',
          Buffer.concat([
            box('ipco', Buffer.concat([configuration, ...sizes])),
            fullBox('ipma', Buffer.concat([u32(2), ...associations])),
          ]),
        ),
      ]),
    );
  const dataStart = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(dataStart), box('mdat', data)]);
}

/** A box with its header. */
function boxOf(file: Buffer, type: string): Buffer {
  const start = file.indexOf(type, 0, 'latin1') - 4;
  return file.subarray(start, start + file.readUInt32BE(start));
}
