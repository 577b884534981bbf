import { settleOutcome } from '../database/common/outcome.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { gatherStatistics } from '../library/gather-statistics.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { LabelChange } from '../model/labels.ts';
import { newId } from '../values/new-id.ts';
import { cleanText } from '../values/sanitise.ts';
import { type IdentityChange, isEffective, subjectKey } from './identity-change.ts';
import { type Batch, writeChanges } from './write-changes.ts';

const LONGEST_ACTOR = 200;

/** Of a call that may be part of something larger. */
export interface InBatch {
  /** Of a batch that did something else before. Default a new one. */
  batchId?: string;
}

/**
 * Changes what the library knows about identities, as one batch of one transaction: `decide` reads the current state and says what
 * changes. Whatever changes nothing is left out, so that a repeated call adds nothing to the journal.
 *
 * One change at a time per library: `decide` sees everything that was decided before, and the journal's numbers are in the order
 * of the commits. A connection that is lost at the COMMIT leaves no doubt: the journal is asked whether the batch stands in it.
 */
export async function changeIdentity(
  context: LibraryContext,
  actor: string,
  decide: (context: LibraryContext) => Promise<readonly IdentityChange[]>,
  batchId = newId(),
): Promise<LabelChange> {
  const batch = { batchId, actor: checkActor(actor), firstEventId: newId() };
  let events = 0;
  return settleOutcome(({ again }) =>
    context.transaction(async (transaction) => {
      await lockIdentity(transaction);
      if (again && (await isWritten(transaction, batch))) return { batchId, events };
      const changes = mergeChanges(await decide(transaction)).filter(isEffective);
      await writeChanges(transaction, batch, changes);
      await gatherStatistics(transaction, 'identity', changes.length);
      events = changes.length;
      return { batchId, events };
    }),
  );
}

/** Whether the batch was saved by a transaction whose connection was lost; with the identity lock, that one has ended. */
async function isWritten({ db }: LibraryContext, { firstEventId }: Batch): Promise<boolean> {
  const row = await db.selectFrom('identity_events').select('seq').where('event_id', '=', firstEventId).executeTakeFirst();
  return row !== undefined;
}

/** One change per subject: several in a row become one, from the first state to the last. */
export function mergeChanges(changes: readonly IdentityChange[]): IdentityChange[] {
  const merged = new Map<string, IdentityChange>();
  for (const change of changes) {
    const earlier = merged.get(subjectKey(change));
    merged.set(subjectKey(change), earlier ? ({ ...change, before: earlier.before } as IdentityChange) : change);
  }
  return [...merged.values()];
}

/**
 * Held to the end of the transaction. The lock on the library's own row, rather than locks on faces and people, rules out
 * deadlocks; NO KEY, because rows that refer to the library are inserted all the time.
 */
export async function lockIdentity(context: LibraryContext): Promise<void> {
  await context.db
    .selectFrom('libraries')
    .select('library_id')
    .where('library_id', '=', context.libraryId)
    .forNoKeyUpdate()
    .execute();
}

/** Who did it: 1 to 200 characters. */
export function checkActor(actor: unknown): string {
  const clean = typeof actor === 'string' ? cleanText(actor) : null;
  if (clean === null || [...clean].length > LONGEST_ACTOR) {
    throw InvalidInputError.expected(`a name of 1 to ${LONGEST_ACTOR} characters`, 'actor', actor);
  }
  return clean;
}
