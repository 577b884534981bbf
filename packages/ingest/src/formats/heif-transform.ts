import type { ByteSource } from '../files/byte-source.ts';
import { byteReader } from './byte-reader.ts';
import { readBoxes } from './iso-boxes.ts';
import type { PhotoBlocks } from './photo-blocks.ts';

/** Size of an item as a decoder delivers it, and whether it was turned or mirrored for that. */
export interface HeifTransform extends Pick<PhotoBlocks, 'width' | 'height'> {
  isTurned: boolean;
}

/**
 * Applies the properties of an item in their order: size (`ispe`), turn (`irot`) and mirror (`imir`), which every decoder obeys.
 *
 * Files that carry `irot` often repeat the turn in EXIF; whoever applies both shows the photo sideways.
 */
export async function readHeifTransform(meta: ByteSource, itemId: number): Promise<HeifTransform> {
  const transform: HeifTransform = { width: 0, height: 0, isTurned: false };
  const properties = (await readBoxes(meta, 4, meta.size)).find(({ type }) => type === 'iprp');
  if (properties === undefined) return transform;
  const parts = await readBoxes(meta, properties.start, properties.end);
  const container = parts.find(({ type }) => type === 'ipco');
  if (container === undefined) return transform;
  const known = await readBoxes(meta, container.start, container.end);
  const associations = await Promise.all(
    parts.filter(({ type }) => type === 'ipma').map(({ start, end }) => meta.read(start, end - start)),
  );
  for (const index of associations.flatMap((box) => propertiesOf(box, itemId))) {
    const property = known[index - 1];
    if (property === undefined) continue;
    const reader = byteReader(await meta.read(property.start, property.end - property.start));
    if (property.type === 'ispe') {
      reader.fullBox();
      transform.width = reader.uint(4);
      transform.height = reader.uint(4);
    } else if (property.type === 'irot') {
      transform.isTurned = true;
      const isSideways = reader.uint(1) % 2 === 1;
      if (isSideways) Object.assign(transform, { width: transform.height, height: transform.width });
    } else if (property.type === 'imir') transform.isTurned = true;
  }
  return transform;
}

/** The property numbers (from 1, in order of application) that `ipma` gives an item. */
function propertiesOf(box: Buffer, itemId: number): number[] {
  const reader = byteReader(box);
  const { version, flags } = reader.fullBox();
  const count = reader.uint(4);
  for (let entry = 0; entry < count && !reader.atEnd(); entry++) {
    const id = reader.uint(version < 1 ? 2 : 4);
    const indices = Array.from({ length: reader.uint(1) }, () => (flags & 1 ? reader.uint(2) & 0x7fff : reader.uint(1) & 0x7f));
    if (id === itemId) return indices;
  }
  return [];
}
