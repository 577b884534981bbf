import type { ByteSource } from '../files/byte-source.ts';
import { type IsoBox, readBoxes } from './iso-boxes.ts';
import { type ByteRange, sliceSource } from './slice-source.ts';

/** Canon's own boxes are marked by these. https://github.com/lclevy/canon_cr3 */
const CANON_UUID = '85c0b687820f11e08111f4ce462b6a48';
const PREVIEW_UUID = 'eaf42b5e1c984b88b9fbb7dc406e4d16';
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
const UUID_BYTES = 16;

/** Fields of a `PRVW` box in front of its JPEG, and of the box around it. */
const PREVIEW_LIST_BYTES = 8;
const PREVIEW_FIELDS_BYTES = 16;
const THUMBNAIL_FIELDS_BYTES = 16;

/** Tracks that are looked into; cameras write 4 or 5. */
const MAX_TRACKS = 16;

/** The parts of a Canon RAW file (CR3) that describe its photo. */
export interface Cr3Parts {
  /** TIFF structures whose first directories are the image, the EXIF and the GPS directory. */
  image: ByteSource | null;
  exif: ByteSource | null;
  gps: ByteSource | null;
  xmp: ByteRange | null;
  /** Parts of the file where a JPEG of the photo may be. */
  jpegs: ByteRange[];
}

/** Finds the boxes of a CR3 file: an ISO base media file, as a film is, with the photo and its previews in tracks. */
export async function readCr3Parts(source: ByteSource): Promise<Cr3Parts> {
  const parts: Cr3Parts = { image: null, exif: null, gps: null, xmp: null, jpegs: [] };
  for (const box of await readBoxes(source, 0, source.size)) {
    if (box.type === 'moov') await readMovie(source, box, parts);
    if (box.type !== 'uuid') continue;
    const uuid = await uuidOf(source, box);
    if (uuid === XMP_UUID) parts.xmp = rangeOf(box, UUID_BYTES);
    if (uuid === PREVIEW_UUID) await readPreviews(source, box, parts);
  }
  return parts;
}

async function readMovie(source: ByteSource, movie: IsoBox, parts: Cr3Parts): Promise<void> {
  let tracks = 0;
  for (const box of await readBoxes(source, movie.start, movie.end)) {
    if (box.type === 'trak' && tracks++ < MAX_TRACKS) parts.jpegs.push(...(await firstSample(source, box)));
    if (box.type !== 'uuid' || (await uuidOf(source, box)) !== CANON_UUID) continue;
    for (const own of await readBoxes(source, box.start + UUID_BYTES, box.end)) {
      if (own.type === 'CMT1') parts.image = sliceSource(source, rangeOf(own, 0));
      else if (own.type === 'CMT2') parts.exif = sliceSource(source, rangeOf(own, 0));
      else if (own.type === 'CMT4') parts.gps = sliceSource(source, rangeOf(own, 0));
      else if (own.type === 'THMB') parts.jpegs.push(rangeOf(own, THUMBNAIL_FIELDS_BYTES));
    }
  }
}

async function readPreviews(source: ByteSource, list: IsoBox, parts: Cr3Parts): Promise<void> {
  for (const box of await readBoxes(source, list.start + UUID_BYTES + PREVIEW_LIST_BYTES, list.end)) {
    if (box.type === 'PRVW') parts.jpegs.push(rangeOf(box, PREVIEW_FIELDS_BYTES));
  }
}

/** Where the first sample of a track lies: the tracks of a CR3 file have one each. */
async function firstSample(source: ByteSource, track: IsoBox): Promise<ByteRange[]> {
  let table: IsoBox | undefined = track;
  for (const type of ['mdia', 'minf', 'stbl']) {
    table = table && (await readBoxes(source, table.start, table.end)).find((box) => box.type === type);
  }
  if (table === undefined) return [];
  const boxes = await readBoxes(source, table.start, table.end);
  const head = async (type: string) => {
    const box = boxes.find((candidate) => candidate.type === type);
    return box === undefined ? null : await source.read(box.start, 16);
  };
  const sizes = await head('stsz');
  const [short, long] = [await head('stco'), await head('co64')];
  if (sizes === null || sizes.length < 16) return [];
  const length = sizes.readUInt32BE(4) || sizes.readUInt32BE(12);
  if (long?.length === 16) return [{ offset: Number(long.readBigUInt64BE(8)), length }];
  return short !== null && short.length >= 12 ? [{ offset: short.readUInt32BE(8), length }] : [];
}

async function uuidOf(source: ByteSource, box: IsoBox): Promise<string> {
  return (await source.read(box.start, UUID_BYTES)).toString('hex');
}

function rangeOf({ start, end }: IsoBox, skipped: number): ByteRange {
  return { offset: start + skipped, length: Math.max(0, end - start - skipped) };
}
