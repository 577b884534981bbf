import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { exifBlock, type TestExif } from './exif-block.ts';

/** A photo-like picture: a gradient with shapes, so that hashes have something to see. */
export async function makePicture(width = 96, height = 64): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isDisc = (x - width / 3) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2;
      pixels.set([(x * 255) / width, (y * 255) / height, isDisc ? 240 : (x * y) % 90], (y * width + x) * 3);
    }
  }
  return await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

export async function makeJpeg(
  metadata: { exif?: TestExif; xmp?: string; segments?: Buffer[] } = {},
  size?: [number, number],
): Promise<Buffer> {
  const plain = await sharp(await makePicture(...(size ?? [])))
    .jpeg({ quality: 90 })
    .toBuffer();
  const segments = [...(metadata.segments ?? [])];
  if (metadata.exif !== undefined)
    segments.push(app1(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock(metadata.exif)])));
  if (metadata.xmp !== undefined) segments.push(app1(Buffer.from(`http://ns.adobe.com/xap/1.0/\0${metadata.xmp}`)));
  return Buffer.concat([plain.subarray(0, 2), ...segments, plain.subarray(2)]);
}

export function app1(payload: Buffer): Buffer {
  return segment(0xe1, payload);
}

export function segment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

/** A PNG with chunks added behind its header. */
export async function makePng(chunks: Buffer[]): Promise<Buffer> {
  const plain = await sharp(await makePicture())
    .png()
    .toBuffer();
  const headerEnd = 8 + 25;
  return Buffer.concat([plain.subarray(0, headerEnd), ...chunks, plain.subarray(headerEnd)]);
}

export function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** Wraps RDF properties into an XMP packet. */
export function xmpPacket(properties: string, attributes = ''): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/">
    <rdf:Description rdf:about="" ${attributes}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

/** A PNG that claims a size, without the pixels for it. */
export function pngOfSize(width: number, height: number, options: { interlaced?: boolean; chunks?: Buffer[] } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, options.interlaced === true ? 1 : 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = pngChunk('IDAT', deflateSync(Buffer.alloc(Math.min((width * 3 + 1) * height, 1 << 20))));
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    ...(options.chunks ?? []),
    pixels,
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
