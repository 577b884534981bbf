import { type RawBuilder, sql } from 'kysely';
import { DUPLICATE_OVERLAP } from '../values/face-overlap.ts';

/** Something that always holds of a library's data, whatever was done to it. */
export interface Invariant {
  check: string;
  /** "every face has its photo" */
  holds: string;
  /** Ids of what breaks it. */
  violations: (libraryId: string) => RawBuilder<{ id: string }>;
  remedy: string;
}

const INGEST_AGAIN = 'Run ingest with faces again.';
const RESTORE = 'This should be impossible: restore a backup, and report it.';

/**
 * What `diagnose` checks in SQL. PostgreSQL enforces some of these itself; a damaged index or a restored half of a dump breaks them all
 * the same.
 */
export const invariants: readonly Invariant[] = [
  {
    check: 'photo-identity',
    holds: 'every content is one photo',
    violations: (libraryId) => sql`
      SELECT encode(sha256, 'hex') AS id FROM photos WHERE library_id = ${libraryId} GROUP BY sha256 HAVING count(*) > 1`,
    remedy: 'Run REINDEX TABLE photos; if it fails, restore a backup.',
  },
  {
    check: 'face-photo',
    holds: 'every face has its photo',
    violations: (libraryId) => sql`
      SELECT face_id AS id FROM faces face WHERE library_id = ${libraryId}
        AND NOT EXISTS (SELECT FROM photos photo WHERE photo.photo_id = face.photo_id AND photo.library_id = face.library_id)`,
    remedy: RESTORE,
  },
  {
    check: 'face-embedding',
    holds: 'every face that was detected has a vector of its space',
    violations: (libraryId) => sql`
      SELECT face_id AS id FROM faces face WHERE library_id = ${libraryId} AND source = 'detected'
        AND NOT EXISTS (SELECT FROM face_embeddings embedding WHERE embedding.face_id = face.face_id)
      UNION ALL
      SELECT face_id FROM face_embeddings embedding JOIN embedding_spaces space USING (space_id)
      WHERE library_id = ${libraryId} AND (vector_dims(embedding.embedding) <> space.dimension OR embedding.dimension <> space.dimension)`,
    remedy: INGEST_AGAIN,
  },
  {
    check: 'face-duplicates',
    holds: 'no face is stored twice',
    violations: (libraryId) => sql`
      SELECT second.face_id AS id FROM faces first JOIN faces second USING (photo_id, detector),
        LATERAL (SELECT
          greatest(0, least(first.bbox_x + first.bbox_w, second.bbox_x + second.bbox_w) - greatest(first.bbox_x, second.bbox_x))::float8
          * greatest(0, least(first.bbox_y + first.bbox_h, second.bbox_y + second.bbox_h) - greatest(first.bbox_y, second.bbox_y)) AS area
        ) shared
      WHERE first.library_id = ${libraryId} AND first.face_id < second.face_id AND shared.area
        >= ${DUPLICATE_OVERLAP}::float8 * (first.bbox_w::float8 * first.bbox_h + second.bbox_w::float8 * second.bbox_h - shared.area)`,
    remedy: 'Ignore one face of each pair.',
  },
  {
    check: 'label-place',
    holds: 'every label stands on its own photo, and a person once in a photo',
    violations: (libraryId) => sql`
      SELECT label.face_id AS id FROM face_labels label JOIN faces face USING (face_id)
      WHERE label.library_id = ${libraryId} AND (label.photo_id <> face.photo_id OR label.library_id <> face.library_id)
      UNION ALL
      SELECT (array_agg(face_id))[1] FROM face_labels WHERE library_id = ${libraryId} AND NOT same_photo_allowed
      GROUP BY photo_id, person_id HAVING count(*) > 1`,
    remedy: 'Clear the wrong label of each face.',
  },
  {
    check: 'label-person',
    holds: 'every label names a person that was not merged into another',
    violations: (libraryId) => sql`
      SELECT label.face_id AS id FROM face_labels label LEFT JOIN people person USING (person_id)
      WHERE label.library_id = ${libraryId} AND (person.person_id IS NULL OR person.merged_into IS NOT NULL)`,
    remedy: 'Label each face anew.',
  },
  {
    check: 'merges',
    holds: 'every merge leads to a person',
    violations: (libraryId) => sql`
      WITH RECURSIVE path AS (
        SELECT person_id AS start, merged_into AS next, ARRAY[person_id] AS passed FROM people
        WHERE library_id = ${libraryId} AND merged_into IS NOT NULL
        UNION ALL
        SELECT path.start, person.merged_into, path.passed || person.person_id FROM path JOIN people person ON person.person_id = path.next
        WHERE person.merged_into IS NOT NULL AND NOT person.person_id = ANY (path.passed)
      )
      SELECT DISTINCT start AS id FROM path WHERE next = ANY (passed)`,
    remedy: RESTORE,
  },
  {
    check: 'face-box',
    holds: 'every box lies inside its photo',
    violations: (libraryId) => sql`
      SELECT face_id AS id FROM faces face JOIN photos photo USING (photo_id)
      WHERE face.library_id = ${libraryId} AND (bbox_x + bbox_w > width OR bbox_y + bbox_h > height)`,
    remedy: INGEST_AGAIN,
  },
  {
    check: 'face-count',
    holds: 'every count of faces is right',
    violations: (libraryId) => sql`
      SELECT photo_id AS id FROM photos photo WHERE library_id = ${libraryId}
        AND faces_count <> (SELECT count(*) FROM faces face WHERE face.photo_id = photo.photo_id)`,
    remedy: INGEST_AGAIN,
  },
];
