import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LibraryLockedError } from '../../errors/database-errors.ts';
import { LibraryLockLostError } from '../../errors/folder-errors.ts';
import { findFileSystem } from './find-file-system.ts';
import { findLoss, hostOf, type LockClaim, type LockContent, parseLock, readLockText } from './lock-claim.ts';
import { isRunning, ownIdentity } from './process-identity.ts';
import { type Look, Stillness } from './stillness.ts';

export const LOCK_FILE = 'photoorg.lock';
/** Held for the moment in which a stale lock is removed, so that two programs do not both remove it. */
export const TAKEOVER_FILE = 'photoorg.lock.takeover';
/** Between making a file and finishing with it lie microseconds; one that nobody touches for this long is a crash's. */
const UNFINISHED_MILLIS = 2_000;
const RETRY_MILLIS = 20;

export interface LockTiming {
  /** The owner gives its lock another time this often, for those who cannot see its process: another container or host. */
  readonly renewMillis: number;
  /** A lock whose process cannot be seen is dead when it was seen to stay the same for so long: several renewals. */
  readonly trustMillis: number;
}

const TIMING: LockTiming = { renewMillis: 5_000, trustMillis: 30_000 };

/** One process's right to use a folder. */
export interface FolderLock {
  readonly claim: LockClaim;
  /** Aborted, with a LibraryLockLostError, as soon as the folder is found to be no longer this process's. */
  readonly lost: AbortSignal;
  /** Gives the folder free; harmless when repeated. */
  release(): void;
}

/**
 * Takes the folder for this process, or throws LibraryLockedError. PGlite has no lock of its own: two processes in one folder
 * overwrite each other's commits without an error.
 *
 * A lock whose owner is gone (its number unused or re-used, the machine restarted) is taken over at once. Of an owner that cannot be
 * seen it takes one renewal to see that it lives, and a time without any to see that it does not.
 */
export async function lockFolder(
  folder: string,
  options: { timing?: LockTiming; signal?: AbortSignal } = {},
): Promise<FolderLock> {
  const { timing = TIMING, signal } = options;
  const file = join(folder, LOCK_FILE);
  const stillness = new Stillness();
  const guardStillness = new Stillness();
  const diskIsLocal = findFileSystem(folder).reach === 'local';
  for (;;) {
    signal?.throwIfAborted();
    const lock = createLock(folder, timing);
    if (lock) return lock;
    const look = lookAt(file);
    if (!look) continue;
    const owner = parseLock(look.text);
    const isAlive = owner ? isRunning(owner, { diskIsLocal }) : null;
    const still = stillness.observe(look);
    const isDead = isAlive === false || still >= (owner ? timing.trustMillis : UNFINISHED_MILLIS);
    if (isAlive || (owner && stillness.wasRenewed)) throw lockedBy(owner!, folder);
    if (isDead) await removeStaleLock(folder, look, guardStillness);
    else await delay(owner ? timing.renewMillis / 20 : RETRY_MILLIS, undefined, { signal });
  }
}

function createLock(folder: string, { renewMillis }: LockTiming): FolderLock | null {
  const file = join(folder, LOCK_FILE);
  const descriptor = createExclusively(file);
  if (descriptor === null) return null;
  const content: LockContent = { ...ownIdentity(), nonce: randomUUID() };
  const claim = { file, text: JSON.stringify(content) };
  try {
    writeSync(descriptor, claim.text);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  const lost = new AbortController();
  const renewal = setInterval(() => {
    const loss = renew(claim);
    if (loss === null) return;
    clearInterval(renewal);
    lost.abort(new LibraryLockLostError(folder, loss));
  }, renewMillis).unref();
  return {
    claim,
    lost: lost.signal,
    release() {
      clearInterval(renewal);
      try {
        if (readLockText(file) === claim.text) rmSync(file, { force: true });
      } catch {
        // The disk fails. The lock is taken over when this process is gone.
      }
    },
  };
}

/** What became of the lock, if it is lost. */
function renew(claim: LockClaim): string | null {
  try {
    const loss = findLoss(claim);
    const now = new Date();
    if (loss === null) utimesSync(claim.file, now, now);
    return loss;
  } catch {
    // The disk fails: the next statement will say so.
    return null;
  }
}

function lookAt(file: string): Look | null {
  const renewed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  const text = renewed === undefined ? null : readLockText(file);
  return text === null ? null : { text, renewed: renewed! };
}

function lockedBy(owner: LockContent, folder: string): LibraryLockedError {
  return new LibraryLockedError(folder, owner.pid, owner.world === ownIdentity().world ? null : hostOf(owner));
}

/** Looks again under the takeover file: meanwhile another program may have put a good lock in the stale one's place. */
async function removeStaleLock(folder: string, stale: Look, guardStillness: Stillness): Promise<void> {
  const [file, guard] = [join(folder, LOCK_FILE), join(folder, TAKEOVER_FILE)];
  const descriptor = createExclusively(guard);
  if (descriptor === null) {
    const look = lookAt(guard);
    if (look && guardStillness.observe(look) >= UNFINISHED_MILLIS) rmSync(guard, { force: true });
    await delay(RETRY_MILLIS);
    return;
  }
  closeSync(descriptor);
  try {
    const now = lookAt(file);
    if (now && now.text === stale.text && now.renewed === stale.renewed) rmSync(file, { force: true });
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
