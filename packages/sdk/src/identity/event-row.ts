import type { Selectable } from 'kysely';
import type { IdentityEvent } from '../model/labels.ts';
import type { IdentityEventsTable } from '../schema/tables.ts';
import type {
  ChangeOfFace,
  ChangeOfIgnored,
  ChangeOfLabel,
  ChangeOfPair,
  ChangeOfPerson,
  ChangeOfPhoto,
  ChangeOfRejection,
  IdentityChange,
} from './identity-change.ts';

export type EventRow = Selectable<IdentityEventsTable>;

/** The change that a journal entry records. */
export function changeOfEvent(row: EventRow): IdentityChange {
  const { before, after } = row;
  switch (row.kind) {
    case 'label_set':
    case 'label_cleared':
      return { subject: 'label', faceId: row.face_id!, before, after } as ChangeOfLabel;
    case 'person_rejected':
    case 'rejection_cleared':
      return { subject: 'rejection', faceId: row.face_id!, personId: row.person_id!, before, after } as ChangeOfRejection;
    case 'face_ignored':
      return { subject: 'ignored', faceId: row.face_id!, before, after } as ChangeOfIgnored;
    case 'photo_labelled':
    case 'photo_label_cleared':
      return { subject: 'photo', photoId: row.photo_id!, personId: row.person_id!, before, after } as ChangeOfPhoto;
    case 'person_created':
    case 'person_changed':
    case 'person_merged':
    case 'person_removed':
      return { subject: 'person', personId: row.person_id!, before, after } as ChangeOfPerson;
    case 'face_created':
    case 'face_moved':
    case 'face_removed':
      return { subject: 'face', faceId: row.face_id!, before, after } as ChangeOfFace;
    case 'pair_set':
    case 'pair_cleared': {
      const { provenance } = row;
      return {
        subject: 'pair',
        faceId: row.face_id!,
        otherFaceId: row.other_face_id!,
        before,
        after,
        provenance,
      } as ChangeOfPair;
    }
  }
}

export function toIdentityEvent(row: EventRow): IdentityEvent {
  return {
    seq: row.seq,
    eventId: row.event_id,
    batchId: row.batch_id,
    kind: row.kind,
    faceId: row.face_id,
    personId: row.person_id,
    otherPersonId: row.other_person_id,
    otherFaceId: row.other_face_id,
    photoId: row.photo_id,
    actor: row.actor,
    confidence: row.confidence,
    provenance: row.provenance,
    before: row.before,
    after: row.after,
    undoes: row.undoes,
    createdAt: row.created_ts,
  };
}
