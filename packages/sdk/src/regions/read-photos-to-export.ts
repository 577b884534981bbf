import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { FaceBox } from '../model/face-box.ts';

/** A file of a photo, and who is on the photo. */
export interface PhotoToExport {
  readonly photoId: string;
  readonly fileId: string;
  readonly path: string;
  readonly rootBytes: Uint8Array;
  readonly pathBytes: Uint8Array;
  readonly mtimeNs: bigint;
  readonly faces: readonly FaceToExport[];
  /** Names of people who are on it without a named face, and of those who were. */
  readonly people: readonly string[];
  readonly removedPeople: readonly string[];
}

export interface FaceToExport {
  readonly faceId: string;
  readonly box: FaceBox;
  /** Who it is, as a person or an import says; null for nobody. */
  readonly name: string | null;
  /** The region by which a file names it so far. */
  readonly region: { readonly name: string; readonly box: FaceBox; readonly program: string | null } | null;
}

/** The `program` of regions that this library wrote. */
export const OWN_PROGRAM = 'photoorg';

/** Every file of the photos that is there, with the names that persons or imports gave to faces. */
export async function readPhotosToExport(context: LibraryContext, photoIds: readonly string[]): Promise<PhotoToExport[]> {
  const isWithoutFace = sql`NOT EXISTS (
    SELECT FROM face_labels face WHERE face.photo_id = label.photo_id AND face.person_id = label.person_id
      AND face.label_source <> 'model_guess')`;
  const { rows } = await sql<PhotoToExport>`
    SELECT file.photo_id AS "photoId", file_id AS "fileId", rtrim(root.label, '/') || '/' || file.path AS path,
      root.path_bytes AS "rootBytes", file.path_bytes AS "pathBytes", mtime_ns AS "mtimeNs",
      (
        SELECT json_agg(json_build_object('faceId', face.face_id, 'name', person.display_name,
          'box', json_build_object('x', face.bbox_x, 'y', face.bbox_y, 'width', face.bbox_w, 'height', face.bbox_h),
          'region', CASE WHEN region.face_id IS NOT NULL THEN json_build_object('name', region.name, 'program', program,
            'box', json_build_object('x', region.bbox_x, 'y', region.bbox_y, 'width', region.bbox_w, 'height', region.bbox_h)) END
        ) ORDER BY face.bbox_x, face.face_id)
        FROM faces face
        LEFT JOIN face_labels label ON label.face_id = face.face_id AND label_source <> 'model_guess'
        LEFT JOIN people person USING (person_id)
        LEFT JOIN face_regions region ON region.face_id = face.face_id
        WHERE face.photo_id = file.photo_id
      ) AS faces,
      ARRAY(
        SELECT display_name FROM photo_labels label JOIN people USING (person_id)
        WHERE label.photo_id = file.photo_id AND ${isWithoutFace} ORDER BY display_name, label.person_id
      ) AS people,
      ARRAY(
        SELECT DISTINCT person.display_name FROM identity_events label JOIN people person USING (person_id)
        WHERE label.photo_id = file.photo_id AND kind = 'photo_labelled' AND ${isWithoutFace} AND NOT EXISTS (
          SELECT FROM photo_labels standing WHERE standing.photo_id = label.photo_id AND standing.person_id = label.person_id)
      ) AS "removedPeople"
    FROM photo_files file JOIN roots root USING (root_id)
    WHERE file.photo_id = ANY (${[...photoIds]}::uuid[]) AND file.missing_since IS NULL AND kind = 'original'
    ORDER BY file.photo_id, root.label COLLATE "C", file.path COLLATE "C"`.execute(context.db);
  return rows;
}
