import { createHash } from 'node:crypto';

/** Who the journal names for labels that come from an old library. */
export const importActor = 'import';

/**
 * The id a person of an old library gets: always the same for the same row, so that a second run finds it. Shaped as UUIDv7
 * (time of creation first, the hash where random bits would stand); the library's id keeps two copies in one database apart.
 */
export function derivePersonId(libraryId: string, person: { key: string; displayName: string; createdAt: Date | null }): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([libraryId, person.key, person.displayName]))
    .digest()
    .subarray(0, 16);
  bytes.writeUIntBE(Math.max(0, person.createdAt?.getTime() ?? 0), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
