import type { ByteSource } from '../files/byte-source.ts';
import { type ByteRange, sliceSource } from './slice-source.ts';
import { numbersOf, openTiff, readDirectory, readValue, type TiffDirectory, type TiffLayout } from './tiff-directory.ts';
import { TIFF_TAG } from './tiff-types.ts';

const CAMERA_SETTINGS = 0x2020;
const PREVIEW_OFFSET = 0x0101;
const PREVIEW_LENGTH = 0x0102;

/** Titles of maker notes, where their directory starts, and whether they count from their own beginning, as all since 2007 do. */
const NOTES: readonly { title: string; directory: number; countsFromItself: boolean }[] = [
  { title: 'OLYMPUS\0', directory: 12, countsFromItself: true },
  { title: 'OM SYSTEM\0', directory: 16, countsFromItself: true },
  { title: 'OLYMP\0', directory: 8, countsFromItself: false },
];

/**
 * Where an Olympus or OM System RAW file (ORF) keeps its JPEG: nowhere but in the maker note, whose camera settings tell.
 * https://exiftool.org/TagNames/Olympus.html
 */
export async function findOlympusPreview(source: ByteSource): Promise<ByteRange[]> {
  const tiff = await openTiff(source);
  if (tiff === null) return [];
  const image = await readDirectory(tiff.layout, tiff.first);
  const exif = await subDirectory(tiff.layout, image, TIFF_TAG.exifDirectory);
  const note = exif?.entries.find(({ tag }) => tag === TIFF_TAG.makerNote);
  if (note === undefined) return [];
  const title = (await source.read(note.offset, 16)).toString('latin1');
  const kind = NOTES.find((known) => title.startsWith(known.title));
  if (kind === undefined) return [];
  const base = kind.countsFromItself ? note.offset : 0;
  const layout = { ...tiff.layout, source: sliceSource(source, { offset: base, length: source.size }) };
  const directory = await readDirectory(layout, note.offset - base + kind.directory);
  const settings = await subDirectory(layout, directory, CAMERA_SETTINGS);
  const [offset, length] = [await numberAt(layout, settings, PREVIEW_OFFSET), await numberAt(layout, settings, PREVIEW_LENGTH)];
  return offset === null || length === null ? [] : [{ offset: base + offset, length }];
}

/** The directory that a field points to; old cameras put it into the field itself. */
async function subDirectory(layout: TiffLayout, parent: TiffDirectory | null, tag: number): Promise<TiffDirectory | null> {
  const entry = parent?.entries.find((candidate) => candidate.tag === tag);
  if (entry === undefined) return null;
  const offset = entry.inline === null ? entry.offset : await numberAt(layout, parent, tag);
  return offset === null ? null : await readDirectory(layout, offset);
}

async function numberAt(layout: TiffLayout, directory: TiffDirectory | null, tag: number): Promise<number | null> {
  const entry = directory?.entries.find((candidate) => candidate.tag === tag);
  const field = entry && (await readValue(layout, entry, 8));
  return field ? (numbersOf(field, layout.littleEndian)[0] ?? null) : null;
}
