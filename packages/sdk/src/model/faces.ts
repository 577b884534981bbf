import type { EmbeddingSpaceToSave } from './embedding-space.ts';
import type { FaceBox } from './face-box.ts';
import type { IgnoredReason } from './ignored-reason.ts';
import type { LabelSource } from './labels.ts';
import type { Page, PageOptions } from './page.ts';

/** What said that there is a face: a detector, a person, or another program. */
export type FaceSource = 'detected' | 'manual' | 'imported';

export interface FaceToSave {
  box: FaceBox;
  /** dlib's five points, in pixels of the upright image. */
  landmarks: [number, number][] | null;
  /** Detector's score, 0 to 1. */
  score: number | null;
  /** Measured properties such as sharpness, by name. */
  quality: Record<string, number> | null;
  /** The face cut out, encoded as WebP, JPEG or PNG. */
  crop: Uint8Array | null;
  embedding: Float32Array | null;
  /** Default 'detected'. */
  source?: FaceSource;
  /** Name and version of what found the box. */
  detector: string;
  /** Models, versions and thresholds that led to this face. */
  provenance: Record<string, unknown>;
}

export interface Face {
  faceId: string;
  photoId: string;
  box: FaceBox;
  landmarks: [number, number][] | null;
  score: number | null;
  quality: Record<string, number> | null;
  source: FaceSource;
  /** Set aside for good, such as a stranger: out of the review queue. */
  ignored: boolean;
  /** Why; null when nobody said, or it is not ignored. */
  ignoredReason: IgnoredReason | null;
  detector: string;
  provenance: Record<string, unknown>;
  createdAt: Date;
  hasCrop: boolean;
  label: FaceLabel | null;
}

export interface FaceLabel {
  personId: string;
  displayName: string;
  source: LabelSource;
  /** 0 to 1. */
  confidence: number;
  createdAt: Date;
  /** The journal entry that set it. */
  eventId: string;
}

export interface FaceFilter {
  photoId?: string;
  personId?: string;
  labelled?: boolean;
}

export interface Faces {
  /**
   * Throws NotFoundError (FACE_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { box, label } = await library.faces.get(faceId);
   * console.log(box, label?.displayName ?? 'unknown');
   * ```
   */
  get(faceId: string): Promise<Face>;
  /**
   * null for an id that no face of the library has.
   *
   * @example
   * ```ts
   * if ((await library.faces.find(faceId)) === null) console.log('gone');
   * ```
   */
  find(faceId: string): Promise<Face | null>;
  /**
   * The face's vector in a space, by its name or id; default: in the active one. Throws NotFoundError (SPACE_NOT_FOUND) when it has none there.
   *
   * @example
   * ```ts
   * const { embedding, space } = await library.faces.embedding(faceId); // Float32Array(128), 'dlib-resnet-v1@…'
   * ```
   */
  embedding(faceId: string, options?: { space?: string }): Promise<{ spaceId: string; space: string; embedding: Float32Array }>;
  /**
   * The stored cut-out; null when none was kept.
   *
   * @example
   * ```ts
   * import { writeFile } from 'node:fs/promises';
   *
   * const crop = await library.faces.crop(faceId);
   * if (crop) await writeFile(`face.${crop.mime.replace('image/', '')}`, crop.bytes);
   * ```
   */
  crop(faceId: string): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /**
   * A page of faces, oldest first.
   *
   * @example
   * ```ts
   * const { items, nextCursor } = await library.faces.list({ labelled: false, ignored: false, limit: 20 });
   * ```
   */
  list(options?: PageOptions & FaceFilter & { ignored?: boolean }): Promise<Page<Face>>;
  /**
   * Every matching face, oldest first, fetched in batches.
   *
   * @example
   * ```ts
   * for await (const { photoId } of library.faces.iterate({ personId })) console.log(photoId);
   * ```
   */
  iterate(options?: FaceFilter & { signal?: AbortSignal; batchSize?: number }): AsyncIterable<Face>;
  /**
   * Adds faces to photos, such as boxes drawn by hand or an import; returns their ids in the order given.
   *
   * @example
   * ```ts
   * const { faces } = await analyzer.analyze('holiday.jpg', { boxes: [{ x: 640, y: 260, width: 250, height: 250 }] });
   * const rows = faces.map((face) => ({
   *   photoId,
   *   face: { ...face, source: 'manual' as const, detector: 'by hand', provenance: analyzer.provenance },
   * }));
   * const [drawnId] = await library.faces.saveMany(rows, analyzer.space);
   * ```
   */
  saveMany(rows: { photoId: string; face: FaceToSave }[], space: EmbeddingSpaceToSave | null): Promise<string[]>;
}
