import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { SpaceMismatchError } from '../../errors/space-mismatch-error.ts';
import type { EmbeddingSpaceToSave } from '../../model/embedding-space.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { FaceSource, FaceToSave } from '../../model/faces.ts';
import type { AnalyzedPhoto, PhotoFileToSave, PhotoToSave } from '../../model/photos.ts';
import type { Saved, SavedColumnName } from '../../schema/photo-columns.ts';
import { savedColumns } from '../../schema/saved-columns.ts';
import { requireInteger, requireText } from '../../values/require-value.ts';
import { cleanJson, cleanNumber, cleanPath } from '../../values/sanitise.ts';
import { writeVector } from '../../values/vector-codec.ts';

const SHA256_BYTES = 32;

/** A photo that the database will take: checked, cleaned, with its columns named. */
export interface PreparedPhoto {
  sha256: string;
  columns: PreparedColumns;
  file: PreparedFile | null;
  width: number;
  height: number;
  faces: PreparedFace[] | null;
  space: EmbeddingSpaceToSave | null;
}

export type PreparedColumns = { [Name in SavedColumnName]: Saved<Name> };

export type PreparedFile = Required<Omit<PhotoFileToSave, 'ctimeNs' | 'fingerprint'>> &
  Pick<PhotoFileToSave, 'ctimeNs' | 'fingerprint'>;

/** A face that the database will take. */
export interface PreparedFace {
  box: FaceBox;
  landmarks: string | null;
  score: number | null;
  quality: string | null;
  crop: Uint8Array | null;
  source: FaceSource;
  detector: string;
  provenance: string;
  /** pgvector's binary form. */
  embedding: Uint8Array | null;
}

/** Throws InvalidInputError or SpaceMismatchError on what cannot be saved; mends what metadata merely spoilt. */
export function preparePhoto(analyzed: AnalyzedPhoto): PreparedPhoto {
  const { photo, faces, space } = analyzed;
  if (!(photo.sha256 instanceof Uint8Array) || photo.sha256.length !== SHA256_BYTES) {
    throw InvalidInputError.expected('32 bytes', 'sha256', photo.sha256);
  }
  const columns = prepareColumns(photo);
  const { width, height } = columns;
  return {
    sha256: Buffer.from(photo.sha256).toString('hex'),
    columns,
    file: photo.file && prepareFile(photo.file),
    width,
    height,
    faces: faces === null ? null : faces.map((face) => prepareFace(face, { width, height }, space)),
    space,
  };
}

/** null for what cannot be saved. */
export function prepareOrNull(analyzed: AnalyzedPhoto): PreparedPhoto | null {
  try {
    return preparePhoto(analyzed);
  } catch {
    return null;
  }
}

/** Throws unless the box lies inside the image and the embedding is one of the space. */
export function prepareFace(
  face: FaceToSave,
  image: { width: number; height: number },
  space: EmbeddingSpaceToSave | null,
): PreparedFace {
  return {
    box: prepareBox(face.box, image),
    landmarks: face.landmarks && cleanJson(face.landmarks),
    score: cleanNumber(face.score),
    quality: face.quality && cleanJson(face.quality),
    crop: face.crop,
    source: face.source ?? 'detected',
    detector: requireText(face.detector, 'detector'),
    provenance: cleanJson(face.provenance),
    embedding: face.embedding && prepareEmbedding(face.embedding, space),
  };
}

function prepareColumns(photo: PhotoToSave): PreparedColumns {
  return Object.fromEntries(savedColumns.map(({ name, prepare }) => [name, prepare(photo)])) as PreparedColumns;
}

/** Throws InvalidInputError on a file without a place. */
export function prepareFile(file: PhotoFileToSave): PreparedFile {
  if (!(file.pathBytes instanceof Uint8Array) || file.pathBytes.length === 0) {
    throw InvalidInputError.expected('the bytes of a relative path', 'file.pathBytes', file.pathBytes);
  }
  requireInteger(file.size, 'file.size', 0, Number.MAX_SAFE_INTEGER);
  const { root, pathBytes, size, mtimeNs, inode, ctimeNs, fingerprint, kind = 'original' } = file;
  return { root: cleanPath(root), path: cleanPath(file.path), pathBytes, size, mtimeNs, inode, ctimeNs, fingerprint, kind };
}

/** Throws InvalidInputError unless the box lies inside the image, in whole pixels. */
export function prepareBox(box: FaceBox, image: { width: number; height: number }): FaceBox {
  if (typeof box !== 'object' || box === null) throw InvalidInputError.expected('a box', 'box', box);
  const { x, y, width, height } = box;
  const inside =
    [x, y, width, height].every(Number.isInteger) &&
    Math.min(x, y) >= 0 &&
    Math.min(width, height) > 0 &&
    x + width <= image.width &&
    y + height <= image.height;
  if (inside) return { x, y, width, height };
  throw new InvalidInputError(
    `The face box ${JSON.stringify({ x, y, width, height })} is not a rectangle of whole pixels inside the image of ${image.width} x ${image.height}.`,
  );
}

function prepareEmbedding(embedding: Float32Array, space: EmbeddingSpaceToSave | null): Uint8Array {
  if (!space) {
    throw new SpaceMismatchError('A face carries an embedding, but its embedding space is not named.', {
      remedy: 'Pass the space of the model that made it.',
    });
  }
  if (embedding.length !== space.dimension) {
    throw new SpaceMismatchError(
      `An embedding of ${embedding.length} numbers cannot stand in space '${space.name}' of dimension ${space.dimension}.`,
    );
  }
  if (!embedding.every(Number.isFinite)) throw InvalidInputError.expected('finite numbers', 'embedding', Array.from(embedding));
  return writeVector(embedding);
}
