import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceBox } from '../../model/face-box.ts';
import { readBarredBoxes } from '../rows/read-barred-boxes.ts';
import { foldRegions } from './fold-regions.ts';
import type { NamedRegion } from './read-regions.ts';

/** A photo's faces, and what its files say of them. */
export interface PhotoOfRegions {
  readonly photoId: string;
  /** By the files that are there, or by all of a photo that is missing; with the absolute path of the file that says so. */
  readonly said: readonly NamedRegion[];
  /** Whether it is known of all of these files what they say. */
  readonly isComplete: boolean;
  readonly faces: readonly StoredFace[];
  /** Where somebody removed a face. */
  readonly barred: readonly FaceBox[];
}

export interface StoredFace {
  readonly faceId: string;
  readonly box: FaceBox;
  /** That was last taken over for the face. */
  readonly region: { readonly name: string; readonly file: string; readonly box: FaceBox } | null;
}

/** Photos without files, and those of whose files nothing is known, are left out. */
export async function loadRegions(context: LibraryContext, photoIds: readonly string[]): Promise<PhotoOfRegions[]> {
  if (photoIds.length === 0) return [];
  const files = await sql<{ photoId: string; path: string; mtimeNs: bigint; missing: boolean; regions: NamedRegion[] | null }>`
    SELECT photo_id AS "photoId", rtrim(root.label, '/') || '/' || file.path AS path, mtime_ns AS "mtimeNs",
      missing_since IS NOT NULL AS missing, regions
    FROM photo_files file JOIN roots root USING (root_id)
    WHERE photo_id = ANY (${[...photoIds]}::uuid[]) AND kind = 'original'
    ORDER BY photo_id`.execute(context.db);
  const byPhoto = Map.groupBy(files.rows, ({ photoId }) => photoId);
  const photos = [...byPhoto].flatMap(([photoId, all]) => {
    const there = all.filter(({ missing }) => !missing);
    const speaking = there.length > 0 ? there : all;
    const known = speaking.flatMap((file) => (file.regions === null ? [] : [{ ...file, regions: file.regions }]));
    return known.length === 0 ? [] : [{ photoId, said: foldRegions(known), isComplete: known.length === speaking.length }];
  });
  const withRegions = photos.map(({ photoId }) => photoId);
  const faces = await loadFaces(context, withRegions);
  const barred = await readBarredBoxes(context, withRegions);
  return photos.map((photo) => ({
    ...photo,
    faces: faces.get(photo.photoId) ?? [],
    barred: barred.get(photo.photoId) ?? [],
  }));
}

async function loadFaces(context: LibraryContext, photoIds: readonly string[]): Promise<Map<string, StoredFace[]>> {
  if (photoIds.length === 0) return new Map();
  const { rows } = await sql<StoredFace & { photoId: string }>`
    SELECT face.photo_id AS "photoId", face.face_id AS "faceId",
      json_build_object('x', face.bbox_x, 'y', face.bbox_y, 'width', face.bbox_w, 'height', face.bbox_h) AS box,
      CASE WHEN region.face_id IS NOT NULL THEN json_build_object('name', region.name, 'file', region.file,
        'box', json_build_object('x', region.bbox_x, 'y', region.bbox_y, 'width', region.bbox_w, 'height', region.bbox_h)) END AS region
    FROM faces face LEFT JOIN face_regions region USING (face_id)
    WHERE face.photo_id = ANY (${[...photoIds]}::uuid[])
    ORDER BY face.face_id`.execute(context.db);
  return Map.groupBy(rows, (row) => row.photoId);
}
