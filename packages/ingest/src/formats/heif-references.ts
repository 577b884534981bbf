import type { ByteSource } from '../files/byte-source.ts';
import { byteReader } from './byte-reader.ts';
import { readBoxes } from './iso-boxes.ts';

/** Items that one reference may point to; a thumbnail points to its picture alone. */
const MAX_TARGETS = 64;

/** The items that say of themselves that they are thumbnails of an item, in the order of the file (`iref`, `thmb`). */
export async function readThumbnailIds(meta: ByteSource, itemId: number): Promise<number[]> {
  const references = (await readBoxes(meta, 4, meta.size)).find(({ type }) => type === 'iref');
  if (references === undefined) return [];
  const { version } = byteReader(await meta.read(references.start, 4)).fullBox();
  const idBytes = version === 0 ? 2 : 4;
  const ids: number[] = [];
  for (const { type, start, end } of await readBoxes(meta, references.start + 4, references.end)) {
    if (type !== 'thmb') continue;
    const reader = byteReader(await meta.read(start, end - start));
    const id = reader.uint(idBytes);
    const targets = Array.from({ length: Math.min(reader.uint(2), MAX_TARGETS) }, () => reader.uint(idBytes));
    if (targets.includes(itemId)) ids.push(id);
  }
  return ids;
}
