import { type RawBuilder, sql } from 'kysely';
import { formerFace } from './former-faces.ts';

type Statement = (events: RawBuilder<unknown>) => RawBuilder<unknown>;

/** What made a face that nobody but a person found. */
const BY_HAND = 'by hand';

/** What a detector or an embedder says of a face at its place. */
const LOOK = sql.raw(
  'bbox_x, bbox_y, bbox_w, bbox_h, landmarks, detector, detector_score, quality, bitmap, source, provenance, run_id',
);

/** What the entry takes back, as it was before. */
const undone: RawBuilder<unknown> = sql`former_faces former ON former.event_id = event.undoes`;

/**
 * Faces that go are kept as they were, with their vectors, under the entry by which they go. The photos are locked first, for the sake
 * of a run that finds faces there at the same time.
 */
export const removingFaces: readonly Statement[] = [
  (events) => sql`
    SELECT FROM photos WHERE photo_id IN (SELECT (coalesce(before, after)->>'photoId')::uuid FROM ${events})
    ORDER BY photo_id FOR NO KEY UPDATE`,
  // Barred is where somebody said that there is no face: not where one was drawn whose drawing is undone. An undone undo says it again.
  (events) => sql`
    INSERT INTO former_faces (event_id, face_id, library_id, photo_id, width, height, is_barred, face, region)
    SELECT event.event_id, face.face_id, face.library_id, face.photo_id, photo.width, photo.height,
      coalesce((
        SELECT first.is_barred FROM identity_events undone JOIN former_faces first ON first.event_id = undone.undoes
        WHERE undone.event_id = event.undoes
      ), event.undoes IS NULL AND (event.kind = 'face_removed' OR face.source = 'detected')),
      to_jsonb(face), to_jsonb(region)
    FROM ${events} JOIN faces face ON face.face_id = event.face_id JOIN photos photo ON photo.photo_id = face.photo_id
      LEFT JOIN face_regions region ON region.face_id = face.face_id`,
  (events) => sql`
    INSERT INTO former_face_embeddings (event_id, space_id, dimension, embedding)
    SELECT event.event_id, space_id, dimension, embedding FROM ${events} JOIN face_embeddings stored ON stored.face_id = event.face_id`,
  (events) => sql`
    DELETE FROM faces USING ${events} WHERE faces.face_id = event.face_id AND kind = 'face_removed'`,
];

/** Faces come back as they were before the entry that is undone, or as they are drawn: without a vector. */
export const placingFaces: readonly Statement[] = [
  (events) => sql`
    INSERT INTO faces (face_id, library_id, photo_id, bbox_x, bbox_y, bbox_w, bbox_h, detector, source, provenance)
    SELECT event.face_id, event.library_id, (after->>'photoId')::uuid, (after->'box'->>'x')::integer, (after->'box'->>'y')::integer,
      (after->'box'->>'width')::integer, (after->'box'->>'height')::integer, ${BY_HAND}::text, after->>'source', '{}'
    FROM ${events} LEFT JOIN ${undone} WHERE kind = 'face_created' AND former.event_id IS NULL`,
  (events) => sql`
    INSERT INTO faces SELECT (jsonb_populate_record(NULL::faces, ${formerFace})).*
    FROM ${events} JOIN ${undone} JOIN photos photo ON photo.photo_id = former.photo_id WHERE kind = 'face_created'`,
  (events) => sql`
    INSERT INTO face_regions SELECT (jsonb_populate_record(NULL::face_regions, former.region)).*
    FROM ${events} JOIN ${undone} WHERE kind = 'face_created' AND former.region IS NOT NULL`,
  (events) => sql`
    UPDATE faces SET bbox_x = (after->'box'->>'x')::integer, bbox_y = (after->'box'->>'y')::integer,
      bbox_w = (after->'box'->>'width')::integer, bbox_h = (after->'box'->>'height')::integer, source = after->>'source',
      landmarks = NULL, detector = ${BY_HAND}::text, detector_score = NULL, quality = NULL, bitmap = NULL, provenance = '{}'
    FROM ${events} LEFT JOIN ${undone}
    WHERE faces.face_id = event.face_id AND kind = 'face_moved' AND former.event_id IS NULL`,
  (events) => sql`
    UPDATE faces SET (${LOOK}) = (
      SELECT ${LOOK} FROM jsonb_populate_record(NULL::faces, restored.face))
    FROM (
      SELECT former.face_id, ${formerFace} AS face
      FROM ${events} JOIN ${undone} JOIN photos photo ON photo.photo_id = former.photo_id WHERE kind = 'face_moved'
    ) AS restored WHERE faces.face_id = restored.face_id`,
  (events) => sql`
    DELETE FROM face_embeddings USING ${events} WHERE face_embeddings.face_id = event.face_id AND kind = 'face_moved'`,
  (events) => sql`
    DELETE FROM embedding_failures USING ${events} WHERE embedding_failures.face_id = event.face_id AND kind = 'face_moved'`,
  (events) => sql`
    INSERT INTO face_embeddings (face_id, library_id, space_id, dimension, embedding)
    SELECT event.face_id, event.library_id, space_id, dimension, embedding
    FROM ${events} JOIN former_face_embeddings former ON former.event_id = event.undoes
    WHERE kind IN ('face_created', 'face_moved')`,
];

/** Once all of them stand as the entries say. */
export const countingFaces: readonly Statement[] = [
  (events) => sql`
    UPDATE photos SET faces_count = (SELECT count(*)::integer FROM faces WHERE faces.photo_id = photos.photo_id)
    WHERE photo_id IN (SELECT (coalesce(before, after)->>'photoId')::uuid FROM ${events})`,
];
