import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityEventKind } from '../model/labels.ts';
import { newId } from '../values/new-id.ts';
import { cleanJson } from '../values/sanitise.ts';
import { eventKind, type IdentityChange } from './identity-change.ts';
import { projectEvents } from './project-events.ts';

/** Journal entries are sent in pieces of this many: a merge may move tens of thousands of labels. */
const EVENTS_PER_STATEMENT = 2_000;

export interface Batch {
  readonly batchId: string;
  readonly actor: string;
  /** Id of the first entry, by which the batch is found again. */
  readonly firstEventId: string;
}

/**
 * Appends the changes to the journal and brings labels, rejections, people, faces and pairs of them to the state they describe. Nothing
 * else in the library writes those. Call it within a transaction that holds the identity lock; each subject at most once.
 */
export async function writeChanges(context: LibraryContext, batch: Batch, changes: readonly IdentityChange[]): Promise<void> {
  if (changes.length === 0) return;
  let firstSeq: bigint | null = null;
  for (let start = 0; start < changes.length; start += EVENTS_PER_STATEMENT) {
    const rows = changes.slice(start, start + EVENTS_PER_STATEMENT).map(eventRow);
    if (start === 0) rows[0]!.event_id = batch.firstEventId;
    const seq = await appendEvents(context, batch, rows);
    firstSeq ??= seq;
  }
  const kinds = new Set<IdentityEventKind>(changes.map(eventKind));
  await projectEvents(context, { batchId: batch.batchId, firstSeq: firstSeq!, kinds });
}

/** Returns the number of the first entry. `clock_timestamp()`: the transaction may have waited, and entries are in order of time. */
async function appendEvents(context: LibraryContext, batch: Batch, entries: readonly Record<string, unknown>[]): Promise<bigint> {
  const { rows } = await sql<{ firstSeq: bigint }>`
    WITH written AS (
      INSERT INTO identity_events (event_id, library_id, batch_id, kind, face_id, person_id, other_person_id, other_face_id, photo_id,
        actor, confidence, provenance, before, after, undoes, created_ts)
      SELECT event_id, ${context.libraryId}::uuid, ${batch.batchId}::uuid, kind, face_id, person_id, other_person_id, other_face_id,
        photo_id, ${batch.actor}::text, confidence, provenance, before, after, undoes, clock_timestamp()
      FROM ROWS FROM (jsonb_to_recordset(${cleanJson(entries)}::jsonb) AS (
        event_id uuid, kind text, face_id uuid, person_id uuid, other_person_id uuid, other_face_id uuid, photo_id uuid,
        confidence real, provenance jsonb, before jsonb, after jsonb, undoes uuid
      )) WITH ORDINALITY AS entry (event_id, kind, face_id, person_id, other_person_id, other_face_id, photo_id, confidence, provenance,
        before, after, undoes, position)
      ORDER BY position
      RETURNING seq
    )
    SELECT min(seq) AS "firstSeq" FROM written`.execute(context.db);
  return rows[0]!.firstSeq;
}

function eventRow(change: IdentityChange): Record<string, unknown> {
  return {
    event_id: newId(),
    kind: eventKind(change),
    ...subjectColumns(change),
    provenance: change.provenance ?? {},
    before: change.before,
    after: change.after,
    undoes: change.undoes ?? null,
  };
}

/** Which face and people an entry is found by. */
function subjectColumns(change: IdentityChange): Record<string, unknown> {
  switch (change.subject) {
    case 'label': {
      const { before, after } = change;
      const replaced = after && before && before.personId !== after.personId;
      return {
        face_id: change.faceId,
        person_id: (after ?? before)!.personId,
        other_person_id: replaced ? before.personId : null,
        confidence: after?.confidence ?? null,
      };
    }
    case 'rejection':
      return { face_id: change.faceId, person_id: change.personId };
    case 'ignored':
    case 'face':
      return { face_id: change.faceId };
    case 'pair':
      return { face_id: change.faceId, other_face_id: change.otherFaceId };
    case 'photo':
      return { photo_id: change.photoId, person_id: change.personId };
    case 'person':
      return { person_id: change.personId, other_person_id: change.after?.mergedInto ?? change.before?.mergedInto ?? null };
  }
}
