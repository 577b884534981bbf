import { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import type { ByteRange } from './slice-source.ts';

/** A value of a CIFF file: where it lies, and the bytes when they are inside its entry. */
export interface CiffRecord extends ByteRange {
  inline: Buffer | null;
}

const HEADER_BYTES = 14;
const ENTRY_BYTES = 10;

/** Bits of an entry's type: where the value is, what it is, and its tag with that. */
const IN_ENTRY = 0x4000;
const KIND_MASK = 0x3800;
const HEAPS: ReadonlySet<number> = new Set([0x2800, 0x3000]);
const TAG_MASK = 0x3fff;

/** Heaps inside heaps, and entries of one; cameras write 7 and 30. */
const MAX_HEAPS = 64;
const MAX_ENTRIES = 512;

/**
 * The records of a CIFF file by tag, of all its heaps, each tag once. CIFF is what Canon's RAW was until 2004: heaps whose last 4 bytes tell where
 * their directory is, with offsets that count from the beginning of the heap. https://exiftool.org/canon_raw.html
 */
export async function readCiffRecords(source: ByteSource): Promise<Map<number, CiffRecord>> {
  const records = new Map<number, CiffRecord>();
  const header = await source.read(0, HEADER_BYTES);
  if (header.length < HEADER_BYTES) return records;
  const start = header.readUInt32LE(2);
  const waiting: ByteRange[] = [{ offset: start, length: source.size - start }];
  for (let heaps = 0; heaps < MAX_HEAPS; heaps++) {
    const heap = waiting.shift();
    if (heap === undefined) break;
    for (const [type, record] of await readHeap(source, heap)) {
      if (record.inline === null && HEAPS.has(type & KIND_MASK)) waiting.push(record);
      else if (!records.has(type & TAG_MASK)) records.set(type & TAG_MASK, record);
    }
  }
  return records;
}

async function readHeap(source: ByteSource, { offset, length }: ByteRange): Promise<[type: number, record: CiffRecord][]> {
  const end = offset + length;
  if (length < 6 || end > source.size) return [];
  const directory = offset + (await source.read(end - 4, 4)).readUInt32LE(0);
  const head = await source.read(directory, 2);
  const count = head.length < 2 ? 0 : Math.min(head.readUInt16LE(0), MAX_ENTRIES);
  const table = Buffer.from(await source.read(directory + 2, count * ENTRY_BYTES));
  const found: [number, CiffRecord][] = [];
  for (let at = 0; at + ENTRY_BYTES <= table.length; at += ENTRY_BYTES) {
    const type = table.readUInt16LE(at);
    const isInEntry = (type & IN_ENTRY) !== 0;
    found.push([
      type,
      {
        offset: isInEntry ? directory + 2 + at + 2 : offset + table.readUInt32LE(at + 6),
        length: isInEntry ? ENTRY_BYTES - 2 : table.readUInt32LE(at + 2),
        inline: isInEntry ? table.subarray(at + 2, at + ENTRY_BYTES) : null,
      },
    ]);
  }
  return found;
}

/** The bytes of a record, at most `limit`; fewer at the end of the file. */
export async function readCiffValue(source: ByteSource, record: CiffRecord | undefined, limit: number): Promise<Buffer> {
  if (record === undefined) return Buffer.alloc(0);
  return record.inline ?? Buffer.from(await source.read(record.offset, Math.min(record.length, limit)));
}
