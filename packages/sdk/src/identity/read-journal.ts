import { type RawBuilder, sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityEvent } from '../model/labels.ts';
import { isUuid } from '../values/is-uuid.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { type EventRow, toIdentityEvent } from './event-row.ts';

const EVENTS_PER_READ = 1_000;
const DEFAULT_HISTORY = 100;
const LONGEST_HISTORY = 1_000;

/** Entries after `afterSeq`, in order, read in pieces. */
export async function* readJournal(
  context: LibraryContext,
  options: { afterSeq?: bigint; signal?: AbortSignal } = {},
): AsyncGenerator<EventRow> {
  let { afterSeq = 0n } = options;
  for (;;) {
    options.signal?.throwIfAborted();
    const rows: EventRow[] = await context.db
      .selectFrom('identity_events')
      .selectAll()
      .where('library_id', '=', context.libraryId)
      .where('seq', '>', afterSeq)
      .orderBy('seq')
      .limit(EVENTS_PER_READ)
      .execute();
    yield* rows;
    if (rows.length < EVENTS_PER_READ) return;
    afterSeq = rows.at(-1)!.seq;
  }
}

/** The journal as the public surface shows it. */
export async function* iterateEvents(
  context: LibraryContext,
  options: { afterSeq?: bigint; signal?: AbortSignal } = {},
): AsyncGenerator<IdentityEvent> {
  refuseUnknown<typeof options>(options, { afterSeq: true, signal: true }, 'the options of labels.events');
  for await (const row of readJournal(context, options)) yield toIdentityEvent(row);
}

/** Entries about a face, a person or both, newest first. */
export async function readHistory(
  context: LibraryContext,
  options: { faceId?: string; personId?: string; limit?: number },
): Promise<IdentityEvent[]> {
  const { faceId, personId, limit = DEFAULT_HISTORY } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_HISTORY) {
    throw InvalidInputError.expected(`a whole number from 1 to ${LONGEST_HISTORY}`, 'limit', limit);
  }
  if (faceId === undefined && personId === undefined) throw InvalidInputError.expected('an id', 'faceId or personId', undefined);
  if (![faceId, personId].every((id) => id === undefined || isUuid(id))) return [];
  let query = context.db.selectFrom('identity_events').selectAll().where('library_id', '=', context.libraryId);
  if (faceId !== undefined) query = query.where(isAboutFace(faceId));
  if (personId !== undefined) {
    query = query.where((row) => row.or([row('person_id', '=', personId), row('other_person_id', '=', personId)]));
  }
  const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
  return rows.map(toIdentityEvent);
}

/** Of what was said of it beside others, the first entry of each batch: taking a face out of a group says so of two hundred. */
function isAboutFace(faceId: string): RawBuilder<boolean> {
  return sql<boolean>`((face_id = ${faceId} AND other_face_id IS NULL) OR seq IN (
    SELECT min(seq) FROM identity_events pair
    WHERE other_face_id IS NOT NULL AND (face_id = ${faceId} OR other_face_id = ${faceId}) GROUP BY batch_id))`;
}
