import { hashDistance, packHashes } from '../../values/likeness/near-pairs.ts';
import { MOST_BITS_OF_COPIES, showsSomething } from '../../values/likeness/photo-look.ts';

/** What tells two states of one picture from two pictures. */
export interface PictureFacts {
  /** 64 digits of 0 and 1; null when the picture could not be decoded. */
  readonly phash: string | null;
  /** Hex. */
  readonly thumbhash: string | null;
  readonly width: number;
  readonly height: number;
  /** Seconds of the camera's clock, since 1970 by that clock; null when the camera did not say. */
  readonly shotSeconds: number | null;
  /** Make and model; null when unknown. */
  readonly camera: string | null;
  /** Whether a part of the picture is missing, so that its look tells little. */
  readonly isDamaged: boolean;
}

/**
 * What two contents under one path have in common: `frame` when the same things are at the same places in both (other metadata, another
 * size, other colours), `shot` when it is the same photo otherwise (cut, turned); null when it is another photo.
 */
export type Likeness = 'frame' | 'shot' | null;

/** Share by which the aspect ratio of one frame may differ: rounding, when a picture is scaled down to 100 pixels. */
const MOST_ASPECT_DIFFERENCE = 0.01;

/**
 * Compares what a path held with what it holds. The look decides; where the camera tells of two moments, only the very same pixels are one
 * picture all the same, whose clock was set right.
 */
export function likenessOf(before: PictureFacts, after: PictureFacts): Likeness {
  const clocks = compareClocks(before, after);
  const look = compareLooks(before, after);
  const aspects = (before.width * after.height) / (before.height * after.width);
  const hasSameShape = Math.max(aspects, 1 / aspects) <= 1 + MOST_ASPECT_DIFFERENCE;
  if (hasSameShape && (look === 'equal' || (look === 'near' && clocks !== 'different'))) return 'frame';
  // Neither has pixels that could be compared.
  if (hasSameShape && before.phash === null && after.phash === null && clocks === 'same') return 'frame';
  // A copy that was interrupted and then made whole, or one that its disk has lost a part of.
  const hasSameSize = before.width === after.width && before.height === after.height;
  if (before.isDamaged !== after.isDamaged && hasSameSize && clocks !== 'different') return 'frame';
  return clocks === 'same' || (look !== 'other' && clocks === 'unknown') ? 'shot' : null;
}

/** Whether nothing can be seen to differ, whatever the clocks say. */
export function showSame(before: PictureFacts, after: PictureFacts): boolean {
  return compareLooks(before, after) === 'equal';
}

function compareClocks(before: PictureFacts, after: PictureFacts): 'same' | 'different' | 'unknown' {
  if (before.shotSeconds === null || after.shotSeconds === null) return 'unknown';
  const isOtherCamera = before.camera !== null && after.camera !== null && before.camera !== after.camera;
  return before.shotSeconds === after.shotSeconds && !isOtherCamera ? 'same' : 'different';
}

/** A picture without structure, such as a black frame, is like many others. */
function compareLooks(before: PictureFacts, after: PictureFacts): 'equal' | 'near' | 'other' {
  if (before.phash === null || after.phash === null || !showsSomething({ phash: before.phash })) return 'other';
  if (before.phash === after.phash && before.thumbhash === after.thumbhash) return 'equal';
  return hashDistance(packHashes([before.phash, after.phash]), 0, 1) <= MOST_BITS_OF_COPIES ? 'near' : 'other';
}
