import type { ByteSource } from '../files/byte-source.ts';
import { sliceSource } from './slice-source.ts';
import { openTiff, readDirectory, type TiffDirectory, type TiffLayout } from './tiff-directory.ts';
import { lookUp, lookUpDirectory } from './tiff-lookup.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** Makers whose notes are looked into. All are directories like those of TIFF. https://exiftool.org/makernote_types.html */
export type Maker = 'canon' | 'olympus' | 'panasonic';

/** What a camera's maker keeps of a photo beside the standard. */
export interface MakerNote {
  maker: Maker;
  directory: TiffDirectory;
  /** How values and further directories of the note are found. */
  layout: TiffLayout;
  /** Byte of the file that offsets of the note count from. */
  base: number;
}

/** How notes begin, where their directory starts, and whether they count from their own beginning instead of the file's. */
const TITLES: readonly { maker: Maker; title: string; directory: number; countsFromItself: boolean }[] = [
  { maker: 'olympus', title: 'OLYMPUS\0', directory: 12, countsFromItself: true },
  { maker: 'olympus', title: 'OM SYSTEM\0', directory: 16, countsFromItself: true },
  { maker: 'olympus', title: 'OLYMP\0', directory: 8, countsFromItself: false },
  { maker: 'panasonic', title: 'Panasonic\0', directory: 12, countsFromItself: false },
];

/** Canon's notes have no title: they are told by the camera's make. */
const CANON = { maker: 'canon', directory: 0, countsFromItself: false } as const;

/** Opens the maker note of a TIFF structure; null when there is none that is known here. */
export async function openMakerNote(source: ByteSource): Promise<MakerNote | null> {
  const tiff = await openTiff(source);
  const image = tiff && (await readDirectory(tiff.layout, tiff.first));
  if (tiff === null || image === null) return null;
  const exif = await lookUpDirectory(tiff.layout, image, TIFF_TAG.exifDirectory);
  const note = exif?.entries.find(({ tag }) => tag === TIFF_TAG.makerNote);
  if (note === undefined) return null;
  const head = (await source.read(note.offset, 16)).toString('latin1');
  const make = (await lookUp(tiff.layout, image, TIFF_TAG.make))?.value.toString('latin1') ?? '';
  const kind = TITLES.find(({ title }) => head.startsWith(title)) ?? (make.startsWith('Canon') ? CANON : null);
  if (kind === null) return null;
  const base = kind.countsFromItself ? note.offset : 0;
  const layout = { ...tiff.layout, source: sliceSource(source, { offset: base, length: source.size }) };
  const directory = await readDirectory(layout, note.offset - base + kind.directory);
  return directory && { maker: kind.maker, directory, layout, base };
}
