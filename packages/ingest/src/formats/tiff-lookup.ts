import { numbersOf, readDirectory, readValue, type TiffDirectory, type TiffLayout } from './tiff-directory.ts';
import type { TiffField } from './tiff-types.ts';

/** Bytes of a value that is looked up by its tag: names and a few numbers. */
const MAX_VALUE_BYTES = 256;

/** The field of one tag; null when there is none, or it is long or not inside the file. */
export async function lookUp(layout: TiffLayout, { entries }: TiffDirectory, tag: number): Promise<TiffField | null> {
  const entry = entries.find((candidate) => candidate.tag === tag);
  return entry === undefined ? null : await readValue(layout, entry, MAX_VALUE_BYTES);
}

/** The whole numbers of one tag. */
export async function lookUpNumbers(layout: TiffLayout, directory: TiffDirectory, tag: number): Promise<number[]> {
  const field = await lookUp(layout, directory, tag);
  return field === null ? [] : numbersOf(field, layout.littleEndian);
}

/** The directory that a tag leads to; old cameras put it into the field itself. */
export async function lookUpDirectory(layout: TiffLayout, directory: TiffDirectory, tag: number): Promise<TiffDirectory | null> {
  const entry = directory.entries.find((candidate) => candidate.tag === tag);
  if (entry === undefined) return null;
  const offset = entry.inline === null ? entry.offset : (await lookUpNumbers(layout, directory, tag))[0];
  return offset === undefined ? null : await readDirectory(layout, offset);
}
