import type { EmbeddingSpaceToSave } from './embedding-space.ts';
import type { FaceAnalyzerLike, RgbPixels } from './face-analyzer.ts';
import type { FaceBox } from './face-box.ts';
import type { IgnoredReason } from './ignored-reason.ts';
import type { LabelChange, LabelRevisions, LabelSource } from './labels.ts';
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

/** A face as it stands after a change, with the change: hand its `batchId` to `labels.undo` to take it back. */
export interface FaceChange extends Face, LabelChange {}

/** Who embeds a face that is drawn or moved. */
export interface LookAtFace {
  /**
   * Embeds the face in its box, as `createFaceAnalyzer` of @photoorg/vision does. Without one the face stands without a vector until
   * the next `indexPhotos` with an analyzer, or `spaces.fill`, gives it one.
   */
  analyzer?: FaceAnalyzerLike;
  /**
   * The photo: a path, the bytes of an encoded image, or pixels, which may be those of a smaller picture of it. Default its file; of RAW
   * and other formats that not every decoder reads it is needed.
   */
  image?: string | Uint8Array | RgbPixels;
  signal?: AbortSignal;
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
   * Adds faces to photos, such as an import; returns their ids in the order given. Not part of the journal: `create` is for people.
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
  /**
   * A person draws a face in a photo, and may say at once who it is. No run takes it away or moves it. Throws NotFoundError
   * (PHOTO_NOT_FOUND, PERSON_NOT_FOUND), ConflictError (PERSON_ALREADY_IN_PHOTO) unless `allowSamePhoto`, and InvalidInputError for a box
   * that does not lie inside the photo, or where a face stands already, and with an analyzer when there is no picture to look at.
   *
   * @example
   * ```ts
   * const box = { x: 640, y: 260, width: 250, height: 250 };
   * const { faceId, batchId } = await library.faces.create({ photoId, box, personId, analyzer, actor: 'mia' });
   * ```
   */
  create(
    options: {
      photoId: string;
      box: FaceBox;
      /** Who it is. */
      personId?: string;
      allowSamePhoto?: boolean;
      actor: string;
    } & LookAtFace,
  ): Promise<FaceChange>;
  /**
   * A person moves or resizes a face. It keeps its id, its label and all that was said of it, and stays where it is in every later run;
   * its vectors are those of the new box. `revision` is that of its label. Errors as of `create`, and NotFoundError (FACE_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { box } = await library.faces.get(faceId);
   * await library.faces.move({ faceId, box: { ...box, width: box.width + 20 }, analyzer, actor: 'mia' });
   * ```
   */
  move(options: { faceId: string; box: FaceBox; actor: string; revision?: string | null } & LookAtFace): Promise<FaceChange>;
  /**
   * A person says that these are no faces. They are gone with their labels, and no run finds them there again; undone, all of it is back,
   * the vectors too. Throws NotFoundError (FACE_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { batchId } = await library.faces.remove({ faceIds: [faceId], actor: 'mia' });
   * await library.labels.undo({ batchId, actor: 'mia' });
   * ```
   */
  remove(options: { faceIds: readonly string[]; actor: string; revisions?: LabelRevisions }): Promise<LabelChange>;
}
