import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LibraryLockedError } from '../../errors/database-errors.ts';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.ts';

export const LOCK_FILE = 'photoorg.lock';
/** Held for the moment in which a stale lock is removed, so that two programs do not both remove it. */
const TAKEOVER_FILE = 'photoorg.lock.takeover';
/** The owner renews its lock this often, for those who cannot see its process: another container or host. */
const RENEW_MILLIS = 10_000;
/** A lock of a process that cannot be seen is dead when it was not renewed for this long. */
const UNSEEN_OWNER_TRUST_MILLIS = 60_000;
/** Between making the file and writing the owner into it lie microseconds; a lock without an owner older than this is a crash's. */
const UNFINISHED_MILLIS = 2_000;
const RETRY_MILLIS = 20;

interface LockContent extends ProcessIdentity {
  /** Tells one lock of a process from the next. */
  readonly nonce: string;
}

/** One process's right to use a folder. */
export interface FolderLock {
  /** Gives the folder free; harmless when repeated. */
  release(): void;
}

/**
 * Takes the folder for this process, or throws LibraryLockedError at once. PGlite has no lock of its own: two processes in one
 * folder overwrite each other's commits without an error.
 *
 * A lock whose owner is gone (its number unused or re-used, the machine restarted) is taken over.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = join(folder, LOCK_FILE);
  for (;;) {
    const lock = createLock(file);
    if (lock) return lock;
    const found = readLock(file);
    if (found.state === 'owned') throw new LibraryLockedError(folder, found.ownerPid);
    if (found.state === 'stale') await removeStaleLock(folder);
    else await delay(RETRY_MILLIS);
  }
}

function createLock(file: string): FolderLock | null {
  const descriptor = createExclusively(file);
  if (descriptor === null) return null;
  const content: LockContent = { ...ownIdentity(), nonce: randomUUID() };
  writeSync(descriptor, JSON.stringify(content));
  closeSync(descriptor);
  const renewal = setInterval(() => renew(file), RENEW_MILLIS).unref();
  return {
    release() {
      clearInterval(renewal);
      if (readContent(file)?.nonce === content.nonce) rmSync(file, { force: true });
    },
  };
}

type Found = { state: 'owned'; ownerPid: number } | { state: 'stale' | 'gone' | 'unfinished' };

function readLock(file: string): Found {
  const age = ageMillis(file);
  if (age === null) return { state: 'gone' };
  const content = readContent(file);
  if (!content) return { state: age > UNFINISHED_MILLIS ? 'stale' : 'unfinished' };
  const alive = isRunning(content) ?? age < UNSEEN_OWNER_TRUST_MILLIS;
  return alive ? { state: 'owned', ownerPid: content.pid } : { state: 'stale' };
}

/** Looks again under the takeover file: meanwhile another program may have put a good lock in the stale one's place. */
async function removeStaleLock(folder: string): Promise<void> {
  const guard = join(folder, TAKEOVER_FILE);
  const descriptor = createExclusively(guard);
  if (descriptor === null) {
    if ((ageMillis(guard) ?? 0) > UNFINISHED_MILLIS) rmSync(guard, { force: true });
    await delay(RETRY_MILLIS);
    return;
  }
  closeSync(descriptor);
  try {
    if (readLock(join(folder, LOCK_FILE)).state === 'stale') rmSync(join(folder, LOCK_FILE), { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function createExclusively(file: string): number | null {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
}

function readContent(file: string): LockContent | null {
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as LockContent;
    return typeof content.pid === 'number' ? content : null;
  } catch {
    return null;
  }
}

function ageMillis(file: string): number | null {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return null;
  }
}

function renew(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The folder was removed under the running program: the next statement will say so.
  }
}
