import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { SpaceMismatchError } from '../../errors/space-mismatch-error.ts';
import type { EmbeddingSpaceToSave } from '../../model/embedding-space.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { FaceToSave } from '../../model/faces.ts';
import type { AnalyzedPhoto, PhotoFileToSave, PhotoPlace, PhotoToSave } from '../../model/photos.ts';
import {
  cleanDate,
  cleanInteger,
  cleanJson,
  cleanKeywords,
  cleanNumber,
  cleanPath,
  cleanText,
  cleanWallClock,
} from '../../values/sanitise.ts';
import { writeVector } from '../../values/vector-codec.ts';

const SHA256_BYTES = 32;
const LARGEST_INTEGER = 2 ** 31 - 1;
/** The widest offsets from UTC are +14:00 and -12:00; cameras are set wrongly by a few hours more. */
const WIDEST_OFFSET_MINUTES = 1080;

/** A photo that the database will take: checked, cleaned, with its columns named. */
export interface PreparedPhoto {
  sha256: string;
  columns: Record<string, unknown>;
  file: PreparedFile | null;
  width: number;
  height: number;
  faces: PreparedFace[] | null;
  space: EmbeddingSpaceToSave | null;
}

export type PreparedFile = Required<PhotoFileToSave>;

/** A face that the database will take. */
export interface PreparedFace {
  box: FaceBox;
  landmarks: string | null;
  score: number | null;
  quality: string | null;
  crop: Uint8Array | null;
  source: 'detected' | 'manual' | 'imported';
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
  const width = requireInteger(photo.width, 'width', 1);
  const height = requireInteger(photo.height, 'height', 1);
  return {
    sha256: Buffer.from(photo.sha256).toString('hex'),
    columns: photoColumns(photo, width, height),
    file: photo.file && prepareFile(photo.file),
    width,
    height,
    faces: faces === null ? null : faces.map((face) => prepareFace(face, { width, height }, space)),
    space,
  };
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

function photoColumns(photo: PhotoToSave, width: number, height: number): Record<string, unknown> {
  const { shot } = photo;
  const at = cleanDate(shot.at);
  const local = cleanWallClock(shot.local);
  const latitude = cleanNumber(photo.latitude, -90, 90);
  const longitude = cleanNumber(photo.longitude, -180, 180);
  const located = latitude !== null && longitude !== null;
  return {
    phash: photo.phash === null ? null : BigInt.asUintN(64, photo.phash).toString(2).padStart(64, '0'),
    filesize: requireInteger(photo.filesize, 'filesize', 0, Number.MAX_SAFE_INTEGER),
    ext: requireText(photo.ext, 'ext'),
    mime: requireText(photo.mime, 'mime'),
    width,
    height,
    orientation: cleanInteger(photo.orientation, 1, 8) ?? 1,
    created_ts: cleanDate(photo.createdAt),
    modified_ts: cleanDate(photo.modifiedAt),
    shot_ts: at,
    shot_local: local,
    shot_offset_min: cleanInteger(shot.offsetMinutes, -WIDEST_OFFSET_MINUTES, WIDEST_OFFSET_MINUTES),
    shot_offset_source: shot.offsetMinutes === null ? null : cleanText(shot.offsetSource ?? null),
    shot_rules: cleanText(shot.rules ?? null),
    shot_tz: cleanText(shot.zone),
    shot_ts_source: at || local ? cleanText(shot.source) : null,
    shot_ts_precision: at || local ? shot.precision : null,
    shot_candidates: JSON.parse(cleanJson(shot.candidates)),
    latitude: located ? latitude : null,
    longitude: located ? longitude : null,
    altitude: cleanNumber(photo.altitude),
    ...placeColumns(located ? photo.place : null),
    camera_make: cleanText(photo.cameraMake),
    camera_model: cleanText(photo.cameraModel),
    lens: cleanText(photo.lens),
    title: cleanText(photo.title),
    caption: cleanText(photo.caption),
    keywords: cleanKeywords(photo.keywords),
    rating: cleanInteger(photo.rating, -1, 5),
    exif: photo.exif && JSON.parse(cleanJson(photo.exif)),
    thumbhash: photo.thumbhash && byteaLiteral(photo.thumbhash),
  };
}

function placeColumns(place: PhotoPlace | null | undefined): Record<string, string | null> {
  return {
    place_city: cleanText(place?.city ?? null),
    place_region: cleanText(place?.region ?? null),
    place_country: cleanText(place?.country ?? null),
    place_country_code: cleanText(place?.countryCode ?? null),
    place_source: cleanText(place?.source ?? null),
  };
}

/** Throws InvalidInputError on a file without a place. */
export function prepareFile(file: PhotoFileToSave): PreparedFile {
  if (!(file.pathBytes instanceof Uint8Array) || file.pathBytes.length === 0) {
    throw InvalidInputError.expected('the bytes of a relative path', 'file.pathBytes', file.pathBytes);
  }
  requireInteger(file.size, 'file.size', 0, Number.MAX_SAFE_INTEGER);
  const { root, pathBytes, size, mtimeNs, inode, kind = 'original' } = file;
  return { root: cleanPath(root), path: cleanPath(file.path), pathBytes, size, mtimeNs, inode, kind };
}

function prepareBox(box: FaceBox, image: { width: number; height: number }): FaceBox {
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

function requireInteger(value: number, name: string, lowest: number, highest = LARGEST_INTEGER): number {
  const checked = cleanInteger(value, lowest, highest);
  if (checked === null) throw InvalidInputError.expected(`a whole number of at least ${lowest}`, name, value);
  return checked;
}

function requireText(value: string, name: string): string {
  const cleaned = cleanText(value);
  if (cleaned === null) throw InvalidInputError.expected('text', name, value);
  return cleaned;
}

/** A bytea inside a JSON document. */
export function byteaLiteral(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}
