import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseBusyError } from '../../errors/database-errors.ts';

const MOST_TRIES = 5;
/** PostgreSQL looks for a deadlock after a second, and gives up one of those in it: the other is soon done. */
const FIRST_PAUSE_MILLIS = 20;

/**
 * Runs a whole transaction, or a statement that is one by itself, again when PostgreSQL gave it up because of others; each time after
 * a longer pause, by chance, so that two of them do not meet again. Nothing of a try that was given up is left in the database.
 */
export async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DatabaseBusyError && error.isConflict) || tries === MOST_TRIES) throw error;
      await delay(Math.random() * FIRST_PAUSE_MILLIS * 2 ** tries);
    }
  }
}
