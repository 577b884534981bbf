import { copyFromStdin } from '../../database/copy/copy-data.ts';
import { CopyWriter } from '../../database/copy/copy-writer.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { PreparedFace } from './prepare-photo.ts';

export interface FaceRow {
  faceId: string;
  photoId: string;
  face: PreparedFace;
  /** Where its vector belongs; null for a face without one. */
  space: VectorSpace | null;
}

export interface VectorSpace {
  spaceId: string;
  dimension: number;
}

/** A COPY is sent in pieces of about this size, so that saving many faces does not hold all of them twice in memory. */
const CHUNK_BYTES = 8 * 1024 * 1024;

const FACE_COLUMNS = [
  'face_id',
  'library_id',
  'photo_id',
  'bbox_x',
  'bbox_y',
  'bbox_w',
  'bbox_h',
  'landmarks',
  'detector',
  'detector_score',
  'quality',
  'bitmap',
  'source',
  'provenance',
  'run_id',
];
const EMBEDDING_COLUMNS = ['face_id', 'library_id', 'space_id', 'dimension', 'embedding'];

/** Inserts new faces and their vectors by COPY BINARY, within the transaction of `context`. */
export async function copyFaces(context: LibraryContext, rows: Iterable<FaceRow>, runId: string | null): Promise<void> {
  let faces = new CopyWriter();
  let embeddings = new CopyWriter();
  const flush = async () => {
    await copyFromStdin(context.db, `COPY faces (${FACE_COLUMNS.join(', ')}) FROM STDIN WITH (FORMAT binary)`, faces.finish());
    await copyFromStdin(
      context.db,
      `COPY face_embeddings (${EMBEDDING_COLUMNS.join(', ')}) FROM STDIN WITH (FORMAT binary)`,
      embeddings.finish(),
    );
    faces = new CopyWriter();
    embeddings = new CopyWriter();
  };
  for (const row of rows) {
    writeFace(faces, context.libraryId, row, runId);
    writeEmbedding(embeddings, context.libraryId, row);
    if (faces.size + embeddings.size > CHUNK_BYTES) await flush();
  }
  if (!faces.isEmpty) await flush();
}

function writeFace(writer: CopyWriter, libraryId: string, { faceId, photoId, face }: FaceRow, runId: string | null): void {
  writer
    .row(FACE_COLUMNS.length)
    .uuid(faceId)
    .uuid(libraryId)
    .uuid(photoId)
    .integer(face.box.x)
    .integer(face.box.y)
    .integer(face.box.width)
    .integer(face.box.height)
    .jsonb(face.landmarks)
    .text(face.detector)
    .real(face.score)
    .jsonb(face.quality)
    .bytes(face.crop)
    .text(face.source)
    .jsonb(face.provenance)
    .uuid(runId);
}

function writeEmbedding(writer: CopyWriter, libraryId: string, { faceId, face, space }: FaceRow): void {
  if (!space || !face.embedding) return;
  writer
    .row(EMBEDDING_COLUMNS.length)
    .uuid(faceId)
    .uuid(libraryId)
    .uuid(space.spaceId)
    .smallint(space.dimension)
    .bytes(face.embedding);
}
