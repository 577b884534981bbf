import { dirname } from 'node:path';
import { asDiskFailure } from './disk-failure.ts';
import { findLoss, type LockClaim } from './lock-claim.ts';
import type { Halt } from './worker-protocol.ts';

/**
 * What follows on a check so closely needs none of its own: who takes a folder over has not opened the database by then, which takes
 * many times longer. By the wall clock, which goes on while a machine sleeps.
 */
const RECENT_MILLIS = 20;

/**
 * Keeps the database's thread from writing into a folder that is no longer its own: a machine that slept, or a process that was
 * stopped, wakes up in the middle of a statement and finds that another program took the folder over.
 */
export class LockGuard {
  readonly #claim: LockClaim;
  readonly #halt: (halt: Halt) => never;
  #checkedAt = 0;

  constructor(claim: LockClaim, halt: (halt: Halt) => never) {
    this.#claim = claim;
    this.#halt = halt;
  }

  /** Looks into the lock file, and does not return when it names another owner. */
  check(): void {
    let loss: string | null;
    try {
      loss = findLoss(this.#claim);
    } catch (error) {
      this.#halt({ cause: 'panic', message: (error as Error).message, disk: asDiskFailure(error) });
    }
    if (loss !== null) this.#halt({ cause: 'lock-lost', folder: dirname(this.#claim.file), loss });
    this.#checkedAt = Date.now();
  }

  /** Looks again unless it was done a moment ago. */
  checkSometimes(): void {
    if (Math.abs(Date.now() - this.#checkedAt) > RECENT_MILLIS) this.check();
  }
}
