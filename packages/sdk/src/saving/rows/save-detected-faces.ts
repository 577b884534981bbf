import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceBox } from '../../model/face-box.ts';
import { DUPLICATE_OVERLAP, matchBoxes, overlap } from '../../values/face-overlap.ts';
import { newId } from '../../values/new-id.ts';
import { encodeVector, readVector } from '../../values/vector-codec.ts';
import { copyFaces, type FaceRow, type VectorSpace } from './copy-faces.ts';
import type { PreparedFace } from './prepare-photo.ts';
import { isBarred, readBarredBoxes } from './read-barred-boxes.ts';

/** A vector of 512 numbers is some 6 kB of text. */
const VECTORS_PER_STATEMENT = 500;

export interface DetectedPhoto {
  photoId: string;
  faces: readonly PreparedFace[];
  space: VectorSpace | null;
}

interface StoredFace {
  faceId: string;
  photoId: string;
  box: FaceBox;
  source: string;
  /** Nobody ever said anything about it: no label, no rejection, no journal entry, not ignored, no cover. */
  untouched: boolean;
}

/**
 * Saves what a detector found in photos, in place of what one found before. A face found again keeps its row, and with it its id,
 * label and history; a face that is not found again stays too, unless nobody ever said anything about it. Where somebody removed a face
 * or moved it away, none is found.
 *
 * Returns the face ids of each photo, in the order of its faces.
 */
export async function saveDetectedFaces(
  context: LibraryContext,
  photos: readonly DetectedPhoto[],
  runId: string | null,
): Promise<Map<string, string[]>> {
  const stored = await loadStoredFaces(
    context,
    photos.map((photo) => photo.photoId),
  );
  const barred = await readBarredBoxes(
    context,
    photos.map((photo) => photo.photoId),
  );
  const saved = new Map<string, string[]>();
  const newFaces: FaceRow[] = [];
  const vectors: FoundVector[] = [];
  const obsolete: string[] = [];

  for (const { photoId, faces, space } of photos) {
    const known = stored.get(photoId) ?? [];
    const unique = dropDuplicates(faces);
    const matches = matchBoxes(
      unique.kept.map((face) => face.box),
      known.map((face) => face.box),
    );
    const keptIds: (string | null)[] = [];
    for (const [index, face] of unique.kept.entries()) {
      const match = known[matches[index] ?? -1];
      if (!match && isBarred(face.box, barred.get(photoId) ?? [])) {
        keptIds.push(null);
        continue;
      }
      const faceId = match?.faceId ?? newId();
      if (match) {
        await updateFace(context, match, face, runId);
        if (space && face.embedding) vectors.push({ faceId, space, vector: face.embedding });
      } else newFaces.push({ faceId, photoId, face, space });
      keptIds.push(faceId);
    }
    obsolete.push(...known.filter((face, index) => face.untouched && !matches.includes(index)).map((face) => face.faceId));
    saved.set(
      photoId,
      unique.keptIndex.flatMap((index) => keptIds[index] ?? []),
    );
  }

  if (obsolete.length > 0) await context.db.deleteFrom('faces').where('face_id', 'in', obsolete).execute();
  await saveVectors(context, vectors);
  await copyFaces(context, newFaces, runId);
  if (photos.length > 0) {
    await sql`UPDATE photos SET faces_detected_ts = now()
      WHERE photo_id = ANY (${photos.map((photo) => photo.photoId)}::uuid[])`.execute(context.db);
  }
  return saved;
}

/** A detector may report one face twice: the better scored stays, and the other stands for it. */
function dropDuplicates(faces: readonly PreparedFace[]): { kept: PreparedFace[]; keptIndex: number[] } {
  const byScore = [...faces.keys()].sort((a, b) => (faces[b]!.score ?? 0) - (faces[a]!.score ?? 0) || a - b);
  const representative = new Map<number, number>();
  const keptOrder: number[] = [];
  for (const index of byScore) {
    const twin = keptOrder.find((other) => overlap(faces[other]!.box, faces[index]!.box) >= DUPLICATE_OVERLAP);
    representative.set(index, twin ?? index);
    if (twin === undefined) keptOrder.push(index);
  }
  keptOrder.sort((a, b) => a - b);
  return {
    kept: keptOrder.map((index) => faces[index]!),
    keptIndex: faces.map((_, index) => keptOrder.indexOf(representative.get(index)!)),
  };
}

async function loadStoredFaces(context: LibraryContext, photoIds: readonly string[]): Promise<Map<string, StoredFace[]>> {
  const { rows } = await sql<{
    face_id: string;
    photo_id: string;
    bbox_x: number;
    bbox_y: number;
    bbox_w: number;
    bbox_h: number;
    source: string;
    untouched: boolean;
  }>`
    SELECT face_id, photo_id, bbox_x, bbox_y, bbox_w, bbox_h, source,
      source = 'detected' AND NOT ignored
        AND NOT EXISTS (SELECT FROM face_labels label WHERE label.face_id = face.face_id)
        AND NOT EXISTS (SELECT FROM face_rejections rejection WHERE rejection.face_id = face.face_id)
        AND NOT EXISTS (SELECT FROM identity_events event WHERE event.face_id = face.face_id)
        AND NOT EXISTS (SELECT FROM face_group_says said WHERE said.other_face_id = face.face_id)
        AND NOT EXISTS (SELECT FROM people person WHERE person.cover_face_id = face.face_id) AS untouched
    FROM faces face WHERE photo_id = ANY (${[...photoIds]}::uuid[])
    ORDER BY face_id`.execute(context.db);
  const byPhoto = new Map<string, StoredFace[]>();
  for (const row of rows) {
    const face = {
      faceId: row.face_id,
      photoId: row.photo_id,
      box: { x: row.bbox_x, y: row.bbox_y, width: row.bbox_w, height: row.bbox_h },
      source: row.source,
      untouched: row.untouched,
    };
    byPhoto.set(face.photoId, [...(byPhoto.get(face.photoId) ?? []), face]);
  }
  return byPhoto;
}

/** A box drawn by hand stays as drawn. */
async function updateFace(context: LibraryContext, stored: StoredFace, face: PreparedFace, runId: string | null): Promise<void> {
  if (stored.source !== 'detected') return;
  await context.db
    .updateTable('faces')
    .set({
      bbox_x: face.box.x,
      bbox_y: face.box.y,
      bbox_w: face.box.width,
      bbox_h: face.box.height,
      landmarks: face.landmarks,
      detector: face.detector,
      detector_score: face.score,
      quality: face.quality,
      ...(face.crop ? { bitmap: face.crop } : {}),
      provenance: face.provenance,
      run_id: runId,
    })
    .where('face_id', '=', stored.faceId)
    .execute();
}

export interface FoundVector {
  faceId: string;
  space: VectorSpace;
  /** As COPY BINARY takes it. */
  vector: Uint8Array;
}

/** In place of the former vectors of faces that were found again. Few statements, since each is noted in `library_changes`. */
export async function saveVectors(context: LibraryContext, vectors: readonly FoundVector[]): Promise<void> {
  for (let start = 0; start < vectors.length; start += VECTORS_PER_STATEMENT) {
    const part = vectors.slice(start, start + VECTORS_PER_STATEMENT);
    await sql`
      INSERT INTO face_embeddings (face_id, library_id, space_id, dimension, embedding)
      SELECT face_id, ${context.libraryId}, space_id, dimension, vector::vector
      FROM unnest(${part.map(({ faceId }) => faceId)}::uuid[], ${part.map(({ space }) => space.spaceId)}::uuid[],
        ${part.map(({ space }) => space.dimension)}::smallint[], ${part.map(({ vector }) => encodeVector(readVector(vector)))}::text[])
        AS found (face_id, space_id, dimension, vector)
      ON CONFLICT (face_id, space_id) DO UPDATE SET embedding = excluded.embedding`.execute(context.db);
  }
}
