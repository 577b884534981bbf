import { createHash } from 'node:crypto';

/** What tells whether a file was changed, without reading it. */
export interface FileState {
  size: bigint;
  mtimeNs: bigint;
}

/**
 * 64 bits of the state of a file and of what lies beside it, by name.
 *
 * @param said what a catalog says of the file, whose own state tells of all files at once
 */
export function fingerprintOf(
  { size, mtimeNs }: FileState,
  beside: ReadonlyMap<string, FileState> = new Map(),
  said: string | null = null,
): bigint {
  const others = [...beside].map(([name, other]) => `${name}\0${other.size}\0${other.mtimeNs}`);
  const hash = createHash('sha256').update([`${size}\0${mtimeNs}`, ...others].join('\0'), 'latin1');
  if (said !== null) hash.update(`\0${said}`);
  return hash.digest().readBigInt64BE();
}
