import type { ByteSource } from '../files/byte-source.ts';
import { readBoxes } from './iso-boxes.ts';
import type { PhotoBlocks } from './photo-blocks.ts';

/** Tracks that are looked into; a burst has one of pictures and one of thumbnails. */
const MAX_TRACKS = 16;

/** Width and height are the last fields of a track's header, as whole pixels and fractions of 16 bits. */
const SIZE_BYTES = 8;

/** The size of a sequence of pictures (`msf1`, `hevc`, `avis`): that of the largest track, as its header shows it. */
export async function readHeifSequenceSize(source: ByteSource): Promise<Pick<PhotoBlocks, 'width' | 'height'>> {
  const movie = (await readBoxes(source, 0, source.size)).find(({ type }) => type === 'moov');
  let largest = { width: 0, height: 0 };
  if (movie === undefined) return largest;
  const tracks = (await readBoxes(source, movie.start, movie.end)).filter(({ type }) => type === 'trak');
  for (const track of tracks.slice(0, MAX_TRACKS)) {
    const header = (await readBoxes(source, track.start, track.end)).find(({ type }) => type === 'tkhd');
    const fields = header && (await source.read(header.end - SIZE_BYTES, SIZE_BYTES));
    if (fields?.length !== SIZE_BYTES) continue;
    const size = { width: fields.readUInt16BE(0), height: fields.readUInt16BE(4) };
    if (size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
