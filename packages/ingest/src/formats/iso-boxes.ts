import type { Buffer } from 'node:buffer';
import type { ByteSource } from '../files/byte-source.ts';
import { MAX_METADATA_BLOCKS } from '../model/limits.ts';

/** A box of an ISO base media file: its four-letter type and where its content lies in its parent. */
export interface IsoBox {
  type: string;
  start: number;
  end: number;
  /** Where it says that it ends; beyond `end` in a file that was cut short. */
  claimedEnd: number;
}

/**
 * The boxes directly inside `start..end`. Sizes are checked first: a box that is shorter than its own header ends the list
 * (a reader that trusts size 0 inside a parent never moves on), and one that claims more than its parent is cut to it.
 */
export async function readBoxes(
  source: ByteSource,
  start: number,
  end: number,
  maxBoxes = MAX_METADATA_BLOCKS,
): Promise<IsoBox[]> {
  const boxes: IsoBox[] = [];
  let offset = start;
  while (offset + 8 <= end && boxes.length < maxBoxes) {
    const head = await source.read(offset, 16);
    if (head.length < 8) break;
    const { size, headerBytes } = sizeOf(head, end - offset);
    if (size < headerBytes) break;
    boxes.push({
      type: head.toString('latin1', 4, 8),
      start: offset + headerBytes,
      end: Math.min(offset + size, end),
      claimedEnd: offset + size,
    });
    offset += size;
  }
  return boxes;
}

function sizeOf(head: Buffer, rest: number): { size: number; headerBytes: number } {
  const size = head.readUInt32BE(0);
  if (size === 0) return { size: rest, headerBytes: 8 }; // to the end of the parent
  if (size === 1) return { size: head.length < 16 ? 0 : Number(head.readBigUInt64BE(8)), headerBytes: 16 };
  return { size, headerBytes: 8 };
}
