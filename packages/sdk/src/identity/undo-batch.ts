import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { LabelChange } from '../model/labels.ts';
import { isUuid } from '../values/is-uuid.ts';
import { changeIdentity } from './change-identity.ts';
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
    const changes = batch.map((event) => reverseChange(changeOfEvent(event), event.event_id));
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
  const later = await readLaterEvents(context, batch);
  const bySubject = Map.groupBy(later, (event) => subjectKey(changeOfEvent(event)));
  const changed = batch.filter((event) => {
    const since = bySubject.get(subjectKey(changeOfEvent(event))) ?? [];
    return !cancelsOut(since.filter(({ seq }) => seq > event.seq));
  });
  if (changed.length === 0) return;
  const takenBack = new Set(later.map((event) => event.undoes));
  throw conflict(
    batch[0]!.batch_id,
    batch.every((event) => takenBack.has(event.event_id))
      ? ['it was undone already']
      : changed.map((event) => `${event.face_id ? `face ${event.face_id}` : `person ${event.person_id}`} was changed since`),
  );
}

/** Entries after the batch's first one about its faces and people, oldest first; more than those about its subjects. */
function readLaterEvents(context: LibraryContext, batch: readonly EventRow[]): Promise<EventRow[]> {
  const faceIds = batch.flatMap((event) => event.face_id ?? []);
  const personIds = batch.flatMap((event) => (event.face_id === null ? (event.person_id ?? []) : []));
  return context.db
    .selectFrom('identity_events')
    .selectAll()
    .where('library_id', '=', context.libraryId)
    .where('seq', '>', batch.at(-1)!.seq)
    .where((row) =>
      row.or([
        ...(faceIds.length > 0 ? [row('face_id', '=', row.fn.any(row.val(faceIds)))] : []),
        ...(personIds.length > 0 ? [row('person_id', '=', row.fn.any(row.val(personIds)))] : []),
      ]),
    )
    .orderBy('seq')
    .execute();
}

/**
 * Whether the entries about one subject, oldest first, take each other back, so that it stands as before the first. An undo takes
 * off what its entry put on; the undo of an undo puts it on again.
 */
export function cancelsOut(events: readonly { event_id: string; undoes: string | null }[]): boolean {
  const standing: string[] = [];
  const putOn = new Map<string | null, string>();
  const takenOff = new Map<string | null, string>();
  for (const { event_id, undoes } of events) {
    const target = putOn.get(undoes);
    if (target !== undefined && target === standing.at(-1)) {
      standing.pop();
      takenOff.set(event_id, target);
    } else {
      const entry = takenOff.get(undoes) ?? event_id;
      standing.push(entry);
      putOn.set(event_id, entry);
    }
  }
  return standing.length === 0;
}

const MOST_REASONS = 5;

function conflict(batchId: string, reasons: readonly string[]): ConflictError {
  const listed = reasons.slice(0, MOST_REASONS).join('; ');
  const more = reasons.length > MOST_REASONS ? `; and ${reasons.length - MOST_REASONS} more` : '';
  return new ConflictError('UNDO_CONFLICT', `The change ${batchId} cannot be undone: ${listed}${more}.`, {
    remedy: 'Undo the later changes first.',
  });
}
