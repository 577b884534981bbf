import type { BoxMap } from '../options/box-map.ts';
import type { RgbImage } from '../rgb-image.ts';

/** A rectangle in pixels of the image given to the detector; fractions of pixels count, edges lie between pixels. */
export interface DetectionBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Detection {
  box: DetectionBox;
  /** The detector's confidence, 0..1. */
  score: number;
}

/** Finds faces in upright pixels. Implementations differ in network and runtime; alignment is the same for all of them. */
export interface FaceDetector {
  /** Stored beside each face, e.g. 'faceboxes'. */
  readonly name: string;
  readonly boxMap: BoxMap;
  /** Weights and settings, for the provenance of each face. */
  readonly provenance: Record<string, unknown>;
  /**
   * Faces by falling score.
   *
   * @example
   * ```ts
   * const [surest] = await engine.detector.detect(image); // the network's own box, not dlib's
   * ```
   */
  detect(image: RgbImage): Promise<Detection[]>;
  /**
   * Frees the memory of its network; closing the engine does so, too.
   *
   * @example
   * ```ts
   * await engine.detector.close();
   * ```
   */
  close(): Promise<void>;
}
