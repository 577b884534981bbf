import { readFileSync } from 'node:fs';
import type { ProcessIdentity } from './process-identity.ts';

/** A lock file that this process made: it holds the folder as long as the file says exactly this. */
export interface LockClaim {
  readonly file: string;
  readonly text: string;
}

export interface LockContent extends ProcessIdentity {
  /** Tells one lock of a process from the next. */
  readonly nonce: string;
}

/** The text of a lock file; null when there is none. */
export function readLockText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The owner that a lock file names; null when it was cut off while it was written. */
export function parseLock(text: string): LockContent | null {
  try {
    const content = JSON.parse(text) as LockContent;
    return typeof content.pid === 'number' ? content : null;
  } catch {
    return null;
  }
}

/** What became of a lock, for people; null while it is still its maker's. Throws when the file cannot be read. */
export function findLoss(claim: LockClaim): string | null {
  const text = readLockText(claim.file);
  if (text === claim.text) return null;
  if (text === null) return 'its lock file is gone, with the folder or the disk that held it';
  const owner = parseLock(text);
  return owner ? `process ${owner.pid} on ${hostOf(owner)} took it over` : 'another program took it over';
}

/** Where a process lives, for people. */
export function hostOf({ world }: ProcessIdentity): string {
  return world.split(' ')[0]!;
}
