import type { ByteSource } from '../files/byte-source.ts';
import { MAX_CONTAINER_STEPS } from '../model/limits.ts';

/** A segment of a JPEG file: its marker and where its content lies. */
export interface JpegSegment {
  marker: number;
  start: number;
  end: number;
}

export const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** How far to look for the next marker where a segment's length leads into rubbish. */
const MAX_RUBBISH_BYTES = 64 * 1024;

/** Walks the segments up to the first scan, which it yields last. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B */
export async function* walkJpegSegments(source: ByteSource): AsyncGenerator<JpegSegment, void, undefined> {
  let offset = 2;
  for (let step = 0; step < MAX_CONTAINER_STEPS; step++) {
    const [prefix, marker = END_OF_IMAGE, high = 0, low = 0] = await source.read(offset, 4);
    if (prefix !== 0xff || marker === 0xff || marker === 0) {
      const next = await nextMarker(source, offset);
      if (next === null) return;
      offset = next;
      continue;
    }
    const length = high * 256 + low;
    if (marker === END_OF_IMAGE || length < 2) return;
    yield { marker, start: offset + 4, end: offset + 2 + length };
    if (marker === START_OF_SCAN) return;
    offset += 2 + length;
  }
}

/** The next marker behind fill bytes or rubbish, which decoders skip in silence; null when there is none near. */
async function nextMarker(source: ByteSource, offset: number): Promise<number | null> {
  const bytes = await source.read(offset + 1, MAX_RUBBISH_BYTES);
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff) return offset + 1 + at;
  }
  return null;
}
