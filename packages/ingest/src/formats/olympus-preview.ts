import type { ByteSource } from '../files/byte-source.ts';
import { openMakerNote } from './maker-note.ts';
import type { ByteRange } from './slice-source.ts';
import { lookUpDirectory, lookUpNumbers } from './tiff-lookup.ts';

const CAMERA_SETTINGS = 0x2020;
const PREVIEW_OFFSET = 0x0101;
const PREVIEW_LENGTH = 0x0102;

/**
 * Where an Olympus or OM System RAW file (ORF) keeps its JPEG: nowhere but in the maker note, whose camera settings tell.
 * https://exiftool.org/TagNames/Olympus.html
 */
export async function findOlympusPreview(source: ByteSource): Promise<ByteRange[]> {
  const note = await openMakerNote(source);
  if (note?.maker !== 'olympus') return [];
  const settings = await lookUpDirectory(note.layout, note.directory, CAMERA_SETTINGS);
  if (settings === null) return [];
  const [offset] = await lookUpNumbers(note.layout, settings, PREVIEW_OFFSET);
  const [length] = await lookUpNumbers(note.layout, settings, PREVIEW_LENGTH);
  return offset === undefined || length === undefined ? [] : [{ offset: note.base + offset, length }];
}
