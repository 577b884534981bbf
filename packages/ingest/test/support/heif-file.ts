import { Buffer } from 'node:buffer';

export interface TestHeif {
  width: number;
  height: number;
  /** Counter-clockwise quarter turns that decoders apply. */
  rotation?: 0 | 1 | 2 | 3;
  /** A TIFF structure. */
  exif?: Buffer;
  /** Pieces that the picture is made of, listed in front of the EXIF; none by default. */
  tiles?: number;
}

/** An HEVC decoder configuration without parameter sets, and a byte that stands for the picture: decoders stop at the compression. */
const HEVC_CONFIGURATION = Buffer.from([1, ...Array.from({ length: 20 }, () => 0), 3, 0]);
const PICTURE = Buffer.alloc(16, 1);

/** Writes a HEIC file that is whole but for its picture data: item list, locations, properties and an Exif item. */
export function makeHeic({ width, height, rotation, exif, tiles = 0 }: TestHeif): Buffer {
  const ftyp = box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  const payloads = [PICTURE];
  if (exif !== undefined) payloads.push(Buffer.concat([u32(6), Buffer.from('Exif\0\0', 'latin1'), exif]));
  const properties = [box('hvcC', HEVC_CONFIGURATION), fullBox('ispe', Buffer.concat([u32(width), u32(height)]))];
  if (rotation !== undefined) properties.push(box('irot', Buffer.from([rotation])));
  const association = Buffer.concat([
    u32(1),
    u16(1),
    Buffer.from([properties.length, ...properties.map((_, index) => index + 1)]),
  ]);
  const tileItems = Array.from({ length: tiles }, (_, index) => infe(payloads.length + index + 1, 'hvc1'));
  const metadata = payloads.slice(1).map((_, index) => infe(index + 2, 'Exif'));
  const items = [infe(1, 'hvc1'), ...tileItems, ...metadata];
  const meta = (dataStart: number) => {
    const offsetOf = (index: number) => payloads.slice(0, index).reduce((sum, { length }) => sum + length, dataStart);
    const locations = payloads.map(({ length }, index) => location(index + 1, offsetOf(index), length));
    const parts = [
      fullBox('hdlr', Buffer.concat([u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)])),
      fullBox('pitm', u16(1)),
      fullBox('iinf', Buffer.concat([u16(items.length), ...items])),
      fullBox('iloc', Buffer.concat([u16(0x4400), u16(locations.length), ...locations])),
      box('iprp', Buffer.concat([box('ipco', Buffer.concat(properties)), fullBox('ipma', association)])),
    ];
    return fullBox('meta', Buffer.concat(parts));
  };
  const dataStart = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(dataStart), box('mdat', Buffer.concat(payloads))]);
}

export function box(type: string, content: Buffer): Buffer {
  return Buffer.concat([u32(content.length + 8), Buffer.from(type, 'latin1'), content]);
}

export function fullBox(type: string, content: Buffer): Buffer {
  return box(type, Buffer.concat([u32(0), content]));
}

export function infe(id: number, type: string): Buffer {
  return box('infe', Buffer.concat([Buffer.from([2, 0, 0, 0]), u16(id), u16(0), Buffer.from(`${type}\0`, 'latin1')]));
}

export function location(id: number, offset: number, length: number): Buffer {
  return Buffer.concat([u16(id), u16(0), u16(1), u32(offset), u32(length)]);
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
