import type { Buffer } from 'node:buffer';

const IPTC_RESOURCE = 0x0404;

/** The IPTC records inside Photoshop image resources (`8BIM` entries); null when there are none. */
export function iptcOfPhotoshop(resources: Buffer): Buffer | null {
  let offset = 0;
  while (offset + 12 <= resources.length && resources.toString('latin1', offset, offset + 4) === '8BIM') {
    const id = resources.readUInt16BE(offset + 4);
    const nameBytes = evenUp(1 + (resources[offset + 6] ?? 0));
    const start = offset + 6 + nameBytes + 4;
    if (start > resources.length) return null;
    const length = resources.readUInt32BE(start - 4);
    if (id === IPTC_RESOURCE) return resources.subarray(start, start + length);
    offset = start + evenUp(length);
  }
  return null;
}

function evenUp(length: number): number {
  return length + (length % 2);
}
