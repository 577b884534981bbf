import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { Face, FaceSource } from '../model/faces.ts';
import type { IgnoredReason } from '../model/ignored-reason.ts';
import type { LabelSource } from '../model/labels.ts';

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/** Faces with their current labels, without the wide columns; those with ids greater than `after`, for who reads them in this order. */
export function selectFaces(context: LibraryContext, { after = LOWEST_ID } = {}) {
  return (
    context.db
      .selectFrom('faces')
      // Said of the labels, too: PostgreSQL merges the two by id, and for each page would read the labels of all pages before it.
      .leftJoin('face_labels as label', (join) =>
        join.onRef('label.face_id', '=', 'faces.face_id').on('label.face_id', '>', after),
      )
      .leftJoin('people as labelled', 'labelled.person_id', 'label.person_id')
      .select([
        'faces.face_id',
        'faces.photo_id',
        'bbox_x',
        'bbox_y',
        'bbox_w',
        'bbox_h',
        'landmarks',
        'detector',
        'detector_score',
        'quality',
        'source',
        'ignored',
        'ignored_reason',
        'faces.provenance',
        'faces.created_ts',
        'label.person_id as label_person_id',
        'labelled.display_name as label_name',
        'label.label_source',
        'label.confidence as label_confidence',
        'label.created_ts as label_created_ts',
        'label.event_id as label_event_id',
        hasCrop.as('has_crop'),
      ])
      .where('faces.library_id', '=', context.libraryId)
      .where('faces.face_id', '>', after)
  );
}

const hasCrop: RawBuilder<boolean> = sql<boolean>`faces.bitmap IS NOT NULL`;

export interface FaceRow {
  face_id: string;
  photo_id: string;
  bbox_x: number;
  bbox_y: number;
  bbox_w: number;
  bbox_h: number;
  landmarks: [number, number][] | null;
  detector: string;
  detector_score: number | null;
  quality: Record<string, number> | null;
  source: FaceSource;
  ignored: boolean;
  ignored_reason: IgnoredReason | null;
  provenance: Record<string, unknown>;
  created_ts: Date;
  has_crop: boolean;
  label_person_id: string | null;
  label_name: string | null;
  label_source: LabelSource | null;
  label_confidence: number | null;
  label_created_ts: Date | null;
  label_event_id: string | null;
}

export function toFace(row: FaceRow): Face {
  return {
    faceId: row.face_id,
    photoId: row.photo_id,
    box: { x: row.bbox_x, y: row.bbox_y, width: row.bbox_w, height: row.bbox_h },
    landmarks: row.landmarks,
    score: row.detector_score,
    quality: row.quality,
    source: row.source,
    ignored: row.ignored,
    ignoredReason: row.ignored_reason,
    detector: row.detector,
    provenance: row.provenance,
    createdAt: row.created_ts,
    hasCrop: row.has_crop,
    label:
      row.label_person_id === null
        ? null
        : {
            personId: row.label_person_id,
            displayName: row.label_name!,
            source: row.label_source!,
            confidence: row.label_confidence!,
            createdAt: row.label_created_ts!,
            eventId: row.label_event_id!,
          },
  };
}
