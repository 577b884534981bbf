import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityEventKind } from '../model/labels.ts';
import { countingFaces, placingFaces, removingFaces } from './project-faces.ts';
import { regrouping } from './project-pairs.ts';

export interface WrittenEvents {
  readonly batchId: string;
  /** Number of the first of these entries; a batch may be written in several transactions. */
  readonly firstSeq: bigint;
  /** Every kind among them. */
  readonly kinds: ReadonlySet<IdentityEventKind>;
}

interface Step {
  readonly kinds: readonly IdentityEventKind[];
  readonly statement: (events: RawBuilder<unknown>) => RawBuilder<unknown>;
}

const FACE_KINDS = ['face_created', 'face_moved', 'face_removed'] as const;

/**
 * Labels go before new ones come: within a batch two faces of a photo may swap their people, which no order of updates allows. What is
 * said of a face goes before the face, and comes after it.
 */
const STEPS: readonly Step[] = [
  {
    kinds: ['label_set', 'label_cleared'],
    statement: (events) => sql`
      DELETE FROM face_labels USING ${events} WHERE face_labels.face_id = event.face_id`,
  },
  {
    kinds: ['rejection_cleared'],
    statement: (events) => sql`
      DELETE FROM face_rejections USING ${events}
      WHERE face_rejections.face_id = event.face_id AND face_rejections.person_id = event.person_id`,
  },
  {
    kinds: ['pair_cleared'],
    statement: (events) => sql`
      DELETE FROM face_group_says said USING ${events}
      WHERE said.face_id = event.face_id AND said.other_face_id = event.other_face_id`,
  },
  ...[...removingFaces, ...placingFaces, ...countingFaces].map((statement) => ({ kinds: FACE_KINDS, statement })),
  {
    kinds: ['photo_label_cleared'],
    statement: (events) => sql`
      DELETE FROM photo_labels USING ${events}
      WHERE photo_labels.photo_id = event.photo_id AND photo_labels.person_id = event.person_id`,
  },
  {
    kinds: ['person_removed'],
    statement: (events) => sql`DELETE FROM people USING ${events} WHERE people.person_id = event.person_id`,
  },
  {
    kinds: ['person_created', 'person_changed', 'person_merged'],
    statement: (events) => sql`
      INSERT INTO people (person_id, library_id, display_name, aliases, birth_date, hidden, cover_face_id, merged_into, event_id,
        created_ts)
      SELECT event.person_id, event.library_id, after->>'displayName',
        ARRAY(SELECT jsonb_array_elements_text(after->'aliases')), (after->>'birthDate')::date, (after->>'hidden')::boolean,
        (SELECT face_id FROM faces WHERE face_id = (after->>'coverFaceId')::uuid),
        (after->>'mergedInto')::uuid, event.event_id, (after->>'createdAt')::timestamptz
      FROM ${events}
      ON CONFLICT (person_id) DO UPDATE SET display_name = excluded.display_name, aliases = excluded.aliases,
        birth_date = excluded.birth_date, hidden = excluded.hidden, cover_face_id = excluded.cover_face_id,
        merged_into = excluded.merged_into, event_id = excluded.event_id`,
  },
  {
    kinds: ['label_set'],
    statement: (events) => sql`
      INSERT INTO face_labels (face_id, library_id, photo_id, person_id, label_source, confidence, same_photo_allowed, event_id,
        created_ts)
      SELECT face.face_id, face.library_id, face.photo_id, event.person_id, after->>'source', (after->>'confidence')::real,
        (after->>'samePhotoAllowed')::boolean, event.event_id, event.created_ts
      FROM ${events} JOIN faces face ON face.face_id = event.face_id`,
  },
  {
    kinds: ['person_rejected'],
    statement: (events) => sql`
      INSERT INTO face_rejections (face_id, person_id, library_id, event_id, created_ts)
      SELECT event.face_id, event.person_id, event.library_id, event.event_id, event.created_ts FROM ${events}`,
  },
  {
    kinds: ['pair_set'],
    statement: (events) => sql`
      INSERT INTO face_group_says (face_id, other_face_id, library_id, is_same, created_ts)
      SELECT event.face_id, event.other_face_id, event.library_id, (after->>'isSame')::boolean, event.created_ts FROM ${events}
      ON CONFLICT (face_id, other_face_id) DO UPDATE SET is_same = excluded.is_same, created_ts = excluded.created_ts`,
  },
  ...regrouping.map((statement) => ({ kinds: ['pair_set', 'pair_cleared'] as const, statement })),
  {
    kinds: ['photo_labelled'],
    statement: (events) => sql`
      INSERT INTO photo_labels (photo_id, person_id, library_id, event_id, created_ts)
      SELECT event.photo_id, event.person_id, event.library_id, event.event_id, event.created_ts FROM ${events}`,
  },
  {
    kinds: ['face_ignored'],
    statement: (events) => sql`
      UPDATE faces SET ignored = coalesce((after->>'ignored')::boolean, false), ignored_reason = after->>'reason' FROM ${events}
      WHERE faces.face_id = event.face_id`,
  },
];

/** Brings the tables of the current state to what the given journal entries say, with a statement per kind, however many entries. */
export async function projectEvents(context: LibraryContext, { batchId, firstSeq, kinds }: WrittenEvents): Promise<void> {
  for (const step of STEPS) {
    const present = step.kinds.filter((kind) => kinds.has(kind));
    if (present.length === 0) continue;
    const events = sql`(
      SELECT * FROM identity_events WHERE batch_id = ${batchId} AND seq >= ${firstSeq.toString()}::bigint
        AND kind = ANY (${present}::text[])) AS event`;
    await step.statement(events).execute(context.db);
  }
}
