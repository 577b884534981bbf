import { type RawBuilder, sql } from 'kysely';
import type { StoredFilePlace } from '../catalog/pictures/find-unchanged-file.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { FaceBox } from '../model/face-box.ts';

/** A face without a vector in the space that is filled. */
export interface UnfilledFace {
  faceId: string;
  box: FaceBox;
  landmarks: [number, number][] | null;
}

export interface UnfilledPhoto {
  photoId: string;
  mime: string;
  width: number;
  height: number;
  faces: UnfilledFace[];
  files: StoredFilePlace[];
}

export interface UnfilledSelection {
  spaceId: string;
  /** Also faces that failed before for a reason that does not pass by itself. */
  retryFailed: boolean;
  /** When the fill began, by the database's clock: what failed since is not tried again by it. null: nothing failed in it. */
  startedAt: Date | null;
}

export async function startOfFill({ db }: LibraryContext): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`.execute(db);
  return rows[0]!.now;
}

/** On `faces` as `face`. */
function isUnfilled({ libraryId }: LibraryContext, { spaceId, retryFailed, startedAt }: UnfilledSelection): RawBuilder<unknown> {
  return sql`face.library_id = ${libraryId}
    AND NOT EXISTS (SELECT FROM face_embeddings e WHERE e.face_id = face.face_id AND e.space_id = ${spaceId})
    AND NOT EXISTS (SELECT FROM embedding_failures f WHERE f.face_id = face.face_id AND f.space_id = ${spaceId}
      AND (NOT (f.retryable OR ${retryFailed}) OR f.last_ts >= ${startedAt ?? sql`'infinity'`}))`;
}

/** Faces of photos that were not deleted. */
export async function countUnfilled(context: LibraryContext, selection: UnfilledSelection): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM faces face JOIN photos photo USING (photo_id)
    WHERE photo.deleted_ts IS NULL AND ${isUnfilled(context, selection)}`.execute(context.db);
  return rows[0]!.count;
}

/** The photos with such faces, in the order in which they came, so many at a time. */
export async function* readUnfilledPhotos(
  context: LibraryContext,
  selection: UnfilledSelection,
  limit: number,
): AsyncGenerator<UnfilledPhoto[]> {
  for (let after: string | undefined; ; ) {
    const photos = await readPhotos(context, selection, { after: after ?? null, limit });
    if (photos.length > 0) yield photos;
    if (photos.length < limit) return;
    after = photos.at(-1)!.photoId;
  }
}

interface FaceRow {
  photo_id: string;
  face_id: string;
  bbox_x: number;
  bbox_y: number;
  bbox_w: number;
  bbox_h: number;
  landmarks: [number, number][] | null;
}

async function readPhotos(
  context: LibraryContext,
  selection: UnfilledSelection,
  { after, limit }: { after: string | null; limit: number },
): Promise<UnfilledPhoto[]> {
  const { db } = context;
  const { rows: photos } = await sql<Omit<UnfilledPhoto, 'faces' | 'files'>>`
    SELECT photo_id AS "photoId", mime, width, height FROM photos photo
    WHERE library_id = ${context.libraryId} AND deleted_ts IS NULL AND (${after}::uuid IS NULL OR photo_id > ${after}::uuid)
      AND EXISTS (SELECT FROM faces face WHERE face.photo_id = photo.photo_id AND ${isUnfilled(context, selection)})
    ORDER BY photo_id LIMIT ${limit}`.execute(db);
  const photoIds = photos.map(({ photoId }) => photoId);
  if (photoIds.length === 0) return [];
  const { rows: faces } = await sql<FaceRow>`
    SELECT photo_id, face_id, bbox_x, bbox_y, bbox_w, bbox_h, landmarks FROM faces face
    WHERE photo_id = ANY (${photoIds}::uuid[]) AND ${isUnfilled(context, selection)} ORDER BY face_id`.execute(db);
  const { rows: files } = await sql<StoredFilePlace & { photoId: string }>`
    SELECT photo_id AS "photoId", root.path_bytes AS "rootBytes", file.path_bytes AS "pathBytes", size, mtime_ns AS "mtimeNs"
    FROM photo_files file JOIN roots root USING (root_id)
    WHERE photo_id = ANY (${photoIds}::uuid[]) AND kind = 'original' ORDER BY missing_since IS NOT NULL, path COLLATE "C"`.execute(
    db,
  );
  const facesOf = Map.groupBy(faces, (face) => face.photo_id);
  const filesOf = Map.groupBy(files, (file) => file.photoId);
  return photos.map((photo) => ({
    ...photo,
    faces: (facesOf.get(photo.photoId) ?? []).map(toFace),
    files: filesOf.get(photo.photoId) ?? [],
  }));
}

function toFace({ face_id: faceId, bbox_x: x, bbox_y: y, bbox_w: width, bbox_h: height, landmarks }: FaceRow): UnfilledFace {
  return { faceId, box: { x, y, width, height }, landmarks };
}
