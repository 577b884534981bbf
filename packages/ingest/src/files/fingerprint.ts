import { createHash } from 'node:crypto';

/** What tells whether a file was changed, without reading it. */
export interface FileState {
  size: bigint;
  mtimeNs: bigint;
}

/** 64 bits of the state of a file and of what lies beside it, by name. */
export function fingerprintOf({ size, mtimeNs }: FileState, beside: ReadonlyMap<string, FileState> = new Map()): bigint {
  const others = [...beside].map(([name, other]) => `${name}\0${other.size}\0${other.mtimeNs}`);
  const hash = createHash('sha256').update([`${size}\0${mtimeNs}`, ...others].join('\0'), 'latin1');
  return hash.digest().readBigInt64BE();
}
