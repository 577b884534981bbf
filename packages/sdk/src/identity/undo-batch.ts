import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { LabelChange } from '../model/labels.ts';
import { isUuid } from '../values/is-uuid.ts';
import { changeIdentity, mergeChanges } from './change-identity.ts';
import { changeOfEvent, type EventRow } from './event-row.ts';
import { findBrokenRules } from './find-broken-rules.ts';
import { reverseChange, subjectKey } from './identity-change.ts';

/**
 * Takes back a whole batch by new entries that restore what was before; the undo is a batch like any other and can be undone
 * itself. Throws NotFoundError (EVENT_NOT_FOUND) for an unknown batch, and ConflictError (UNDO_CONFLICT), changing nothing, when
 * anything of the batch was changed since or what it would restore contradicts what is known now.
 */
export async function undoBatch(context: LibraryContext, options: { batchId: string; actor: string }): Promise<LabelChange> {
  const { batchId, actor } = options;
  return changeIdentity(context, actor, async (transaction) => {
    const batch = isUuid(batchId) ? await readBatch(transaction, batchId) : [];
    if (batch.length === 0) {
      throw new NotFoundError('event', batchId, { remedy: 'A change that wrote no entries has nothing to undo.' });
    }
    await refuseWhenChangedSince(transaction, batch);
    const changes = mergeChanges(batch.map((event) => reverseChange(changeOfEvent(event), event.event_id)));
    const broken = await findBrokenRules(transaction, changes);
    if (broken.length > 0) throw conflict(batchId, broken);
    return changes;
  });
}

function readBatch(context: LibraryContext, batchId: string): Promise<EventRow[]> {
  return context.db
    .selectFrom('identity_events')
    .selectAll()
    .where('library_id', '=', context.libraryId)
    .where('batch_id', '=', batchId)
    .orderBy('seq', 'desc')
    .execute();
}

async function refuseWhenChangedSince(context: LibraryContext, batch: readonly EventRow[]): Promise<void> {
  const bySubject = Map.groupBy(await readEventsSince(context, batch), subjectOf);
  const standing = new Map([...bySubject].map(([subject, events]) => [subject, standingEntries(events)]));
  const isStanding = (event: EventRow) => standing.get(subjectOf(event))!.has(event.event_id);
  if (batch.every((event) => !isStanding(event))) throw conflict(batch[0]!.batch_id, ['it was undone already']);

  const ofBatch = new Set(batch.map((event) => event.event_id));
  const changed = batch.filter((event) => {
    const others = standing.get(subjectOf(event))!.difference(ofBatch);
    return others.size > 0 || !isStanding(event);
  });
  if (changed.length === 0) return;
  throw conflict(batch[0]!.batch_id, [
    ...new Set(
      changed.map((event) => `${event.face_id ? `face ${event.face_id}` : `person ${event.person_id}`} was changed since`),
    ),
  ]);
}

function subjectOf(event: EventRow): string {
  return subjectKey(changeOfEvent(event));
}

/** Entries from the batch's first one on about its faces and people, oldest first; more than those about its subjects. */
function readEventsSince(context: LibraryContext, batch: readonly EventRow[]): Promise<EventRow[]> {
  const faceIds = batch.flatMap((event) => event.face_id ?? []);
  const personIds = batch.flatMap((event) => (event.face_id === null ? (event.person_id ?? []) : []));
  return context.db
    .selectFrom('identity_events')
    .selectAll()
    .where('library_id', '=', context.libraryId)
    .where('seq', '>=', batch.at(-1)!.seq)
    .where((row) =>
      row.or([
        ...(faceIds.length > 0 ? [row('face_id', '=', row.fn.any(row.val(faceIds)))] : []),
        ...(personIds.length > 0 ? [row('person_id', '=', row.fn.any(row.val(personIds)))] : []),
      ]),
    )
    .orderBy('seq')
    .execute();
}

type Entry = Pick<EventRow, 'event_id' | 'batch_id' | 'undoes'>;

/**
 * Of the entries about one subject, oldest first, those that stand: an undo takes off what its entry put on, with what the same batch
 * put on top of that; the undo of an undo puts it on again. Empty when the subject stands as before the first.
 */
export function standingEntries(events: readonly Entry[]): ReadonlySet<string> {
  const standing: Entry[] = [];
  const putOn = new Map<string | null, Entry>();
  const takenOff = new Map<string | null, Entry[]>();
  for (const event of events) {
    const target = standing.indexOf(putOn.get(event.undoes)!);
    const isOnTop = target >= 0 && standing.slice(target).every((entry) => entry.batch_id === standing[target]!.batch_id);
    if (isOnTop) {
      takenOff.set(event.event_id, standing.splice(target));
    } else {
      const entries = takenOff.get(event.undoes) ?? [event];
      standing.push(...entries);
      putOn.set(event.event_id, entries[0]!);
    }
  }
  return new Set(standing.map((entry) => entry.event_id));
}

const MOST_REASONS = 5;

function conflict(batchId: string, reasons: readonly string[]): ConflictError {
  const listed = reasons.slice(0, MOST_REASONS).join('; ');
  const more = reasons.length > MOST_REASONS ? `; and ${reasons.length - MOST_REASONS} more` : '';
  return new ConflictError('UNDO_CONFLICT', `The change ${batchId} cannot be undone: ${listed}${more}.`, {
    remedy: 'Undo the later changes first.',
  });
}
