import { areShotsOfOneBurst } from './shot-names.ts';

/** What tells copies of a photo from other shots of the same scene. */
export interface PhotoLook {
  readonly photoId: string;
  /** 64 digits of 0 and 1. */
  readonly phash: string;
  readonly width: number;
  readonly height: number;
  readonly filesize: number;
  /** Make and model; null when unknown. */
  readonly camera: string | null;
  /** Milliseconds of the camera's clock; null when the camera did not say, to the second at least. */
  readonly shotMillis: number | null;
  readonly shotLocal: string | null;
  readonly paths: string[];
}

/**
 * Bits in which the hashes of copies may differ.
 *
 * Of 6 sample photos, copies 200 to 1000 pixels wide, JPEG of quality 10 to 60, WebP and AVIF differ by 2 bits at most; brighter, darker,
 * greyed, more contrast, sharpened or blurred by 6; cut by 1 % all around by 8. Other pictures (630 pairs of the photos and parts of
 * them) differ by 20 or more. Hashes have 32 of 64 bits set, so of 50,000 unrelated photos one pair is expected within 8 bits by chance,
 * and 28 within 10.
 */
export const MOST_BITS_OF_COPIES = 8;

/** Shares by which the aspect ratio of a copy may differ: a cut of 5 % at one side, not another format. */
const MOST_ASPECT_DIFFERENCE = 0.1;

/**
 * Bits in which two shots of a burst may differ: moving the samples by 1 to 4 % of their width changes 12 at most, turning them by 3
 * degrees 14; unrelated pictures begin at 20. Only shots of one camera within `MOST_SECONDS_OF_BURST` are compared at all.
 */
export const MOST_BITS_OF_BURST = 18;

/** Seconds between one shot and the next: the slowest burst modes take one a second, hands pressing twice need two. */
export const MOST_SECONDS_OF_BURST = 2;

/** Set bits of a hash below which the picture has no structure to compare: a black frame has none, a photo 32. */
const LEAST_BITS_OF_A_PICTURE = 16;

export function showsSomething({ phash }: Pick<PhotoLook, 'phash'>): boolean {
  return phash.replaceAll('0', '').length >= LEAST_BITS_OF_A_PICTURE;
}

/**
 * Whether two photos of nearly one hash are copies, rather than two shots: pictures of one shape, and not taken at different moments as
 * far as the camera says, nor shots of a burst by their names, of which many show one second. Editing keeps the time of the shot.
 */
export function mayBeCopies(a: PhotoLook, b: PhotoLook): boolean {
  const aspects = (a.width * b.height) / (a.height * b.width);
  if (Math.max(aspects, 1 / aspects) > 1 + MOST_ASPECT_DIFFERENCE) return false;
  if (a.shotMillis !== null && b.shotMillis !== null && a.shotMillis !== b.shotMillis) return false;
  return !areShotsOfOneBurst(a.paths, b.paths);
}
