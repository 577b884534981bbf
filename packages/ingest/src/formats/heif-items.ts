import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { byteReader } from './byte-reader.ts';
import { type IsoBox, readBoxes } from './iso-boxes.ts';

/** An item of a HEIF file: picture, EXIF, XMP, and where its bytes are. */
export interface HeifItem {
  id: number;
  type: string;
  contentType: string;
  /** Offsets count inside the `idat` box instead of the file. */
  inItemData: boolean;
  extents: { offset: number; length: number }[];
}

export interface HeifItems {
  primaryId: number;
  items: HeifItem[];
  /** Content of the `idat` box. */
  itemData: Buffer;
}

/** Items looked at; a 48 MP photo in tiles has about 200, one of 200 MP with a gain map 1,000. EXIF often comes last. */
const MAX_ITEMS = 10_000;

/** Pieces that all items together may lie in; each of some hundred tiles is one. */
const MAX_EXTENTS = 20_000;

/** Reads `pitm`, `iinf`, `iloc` and `idat` of a `meta` box. */
export async function readHeifItems(meta: ByteSource): Promise<HeifItems> {
  const boxes = await readBoxes(meta, 4, meta.size);
  const content = async (type: string) => {
    const box = boxes.find((candidate) => candidate.type === type);
    return box === undefined ? Buffer.alloc(0) : await meta.read(box.start, box.end - box.start);
  };
  const locations = readLocations(await content('iloc'));
  const infoBox = boxes.find(({ type }) => type === 'iinf');
  const items = infoBox === undefined ? [] : await readInfos(meta, infoBox);
  for (const item of items) Object.assign(item, locations.get(item.id));
  return { primaryId: readPrimaryId(await content('pitm')), items, itemData: await content('idat') };
}

function readPrimaryId(box: Buffer): number {
  const reader = byteReader(box);
  const { version } = reader.fullBox();
  return reader.uint(version === 0 ? 2 : 4);
}

async function readInfos(meta: ByteSource, box: IsoBox): Promise<HeifItem[]> {
  const head = byteReader(await meta.read(box.start, 8));
  const start = box.start + 4 + (head.fullBox().version === 0 ? 2 : 4);
  const items: HeifItem[] = [];
  for (const entry of await readBoxes(meta, start, box.end, MAX_ITEMS)) {
    if (entry.type !== 'infe') continue;
    const reader = byteReader(await meta.read(entry.start, entry.end - entry.start));
    const { version } = reader.fullBox();
    if (version < 2) continue;
    const id = reader.uint(version === 2 ? 2 : 4);
    reader.uint(2); // protection
    const type = reader.text(4);
    reader.cString(); // name
    items.push({ id, type, contentType: type === 'mime' ? reader.cString() : '', inItemData: false, extents: [] });
  }
  return items;
}

function readLocations(box: Buffer): Map<number, Pick<HeifItem, 'inItemData' | 'extents'>> {
  const locations = new Map<number, Pick<HeifItem, 'inItemData' | 'extents'>>();
  const reader = byteReader(box);
  const { version } = reader.fullBox();
  const sizes = reader.uint(2);
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = [
    sizes >> 12,
    (sizes >> 8) & 15,
    (sizes >> 4) & 15,
    version === 0 ? 0 : sizes & 15,
  ];
  const count = Math.min(reader.uint(version < 2 ? 2 : 4), MAX_ITEMS);
  // An extent may take no bytes at all, so that the end of the box does not end a list of 65,535 of them for each of 10,000 items.
  let extentsLeft = MAX_EXTENTS;
  for (let index = 0; index < count && !reader.atEnd(); index++) {
    const id = reader.uint(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : reader.uint(2) & 15;
    reader.uint(2); // data reference
    const base = reader.uint(baseBytes);
    const extentCount = reader.uint(2);
    const extents: HeifItem['extents'] = [];
    for (let extent = 0; extent < extentCount && extentsLeft > 0 && !reader.atEnd(); extent++, extentsLeft--) {
      reader.uint(indexBytes);
      extents.push({ offset: base + reader.uint(offsetBytes), length: reader.uint(lengthBytes) });
    }
    if (method <= 1) locations.set(id, { inItemData: method === 1, extents });
  }
  return locations;
}
