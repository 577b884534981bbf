import { type CroppedPicture, type CropRectangle, cropsOf, type Size } from './crop-rectangle.ts';
import { type Share, turn, turnBack } from './region-share.ts';

/** The picture that regions are to lie on. */
export interface RegionFrame {
  /** Pixels as stored, before EXIF orientation. */
  storedWidth: number;
  storedHeight: number;
  /** EXIF orientation 1..8 that decoders apply; 1 when they apply none. */
  orientation: number;
  /** The orientation that metadata states though no decoder applies it: of a picture that was turned since, or that its container turns. */
  statedOrientation?: number | undefined;
}

/** How a list of regions lies on the upright picture. */
export interface Placement {
  toUpright(share: Share): Share;
  fromUpright(share: Share): Share;
  /** Parts of the picture that the regions were drawn on are cut off. */
  isCropped?: boolean;
  /** The picture that they were drawn on had another size. */
  isScaled?: boolean;
}

/**
 * By how much two pictures of one frame may differ in their ratio of sides: RAW files have a border of some pixels that their pictures lack, and a
 * lossless cut ends at blocks of 16. A frame of 4,000 pixels is off by 20 then, a third of the smallest face that is found in one.
 */
const RATIO_TOLERANCE = 0.005;

/** By how much pictures of one size may differ in it. */
const SIZE_TOLERANCE = 0.02;

interface Candidate extends Placement {
  /** Of the picture that such regions are drawn on. */
  size: Size;
}

/**
 * How regions that were drawn on a picture of this size lie on the picture as it is; null where nothing explains the difference, because it was cropped
 * or turned since, and nobody knows where the boxes are.
 *
 * MWG says the size for that very reason (`AppliedToDimensions`): "if the dimensions do not match, the regions may be wrong".
 * Metadata Working Group, Guidelines for Handling Image Metadata 2.0, chapter 5.9
 *
 * @param drawnOn null: not said, as for all of Microsoft's; then it is the picture as stored
 */
export function placeRegions(drawnOn: Size | null, frame: RegionFrame, crop: CropRectangle | null): Placement | null {
  const [stored, ...others] = plainCandidates(frame);
  if (drawnOn === null || frame.storedWidth === 0 || frame.storedHeight === 0) return stored;
  const plain = [stored, ...others].filter(({ size }) => hasRatioOf(size, drawnOn));
  const cropped = crop === null ? [] : croppedCandidates(drawnOn, frame, crop).filter(({ size }) => hasRatioOf(size, drawnOn));
  const ofThisSize = [...plain, ...cropped].find(({ size }) => hasSizeOf(size, drawnOn));
  if (ofThisSize !== undefined) return ofThisSize;
  // A crop that keeps the ratio, of a picture that was scaled besides: either may be meant.
  if (plain.length > 0 && cropped.length > 0) return null;
  return plain[0] ? { ...plain[0], isScaled: true } : (cropped[0] ?? null);
}

function plainCandidates({
  storedWidth: width,
  storedHeight: height,
  orientation,
  statedOrientation = 1,
}: RegionFrame): [Candidate, ...Candidate[]] {
  const upright = { size: { width: height, height: width }, toUpright: same, fromUpright: same };
  const stated = { size: { width: height, height: width }, ...turning(statedOrientation) };
  return [
    { size: { width, height }, ...turning(orientation) },
    ...(orientation >= 5 ? [upright] : []),
    ...(orientation < 5 && statedOrientation >= 5 ? [stated] : []),
  ];
}

/** Of regions on the whole picture while this is its crop, and the other way round. */
function croppedCandidates(
  drawnOn: Size,
  { storedWidth, storedHeight, orientation }: RegionFrame,
  crop: CropRectangle,
): Candidate[] {
  const stored = { width: storedWidth, height: storedHeight };
  const { toUpright, fromUpright } = turning(orientation);
  const cutSince = cropsOf(drawnOn, crop)
    .filter((picture) => hasRatioOf(picture, stored))
    .toSorted((a, b) => misfit(a, stored) - misfit(b, stored))
    .slice(0, 1)
    .map((picture) => ({
      // As if the whole of this picture was there, in its scale.
      size: wholeOf(drawnOn, picture, stored),
      isCropped: true,
      toUpright: (share: Share) => toUpright(picture.into(share)),
      fromUpright: (share: Share) => picture.outOf(fromUpright(share)),
    }));
  if (crop.isApplied) return cutSince;
  const drawnOnCut = cropsOf(stored, crop)
    .toSorted((a, b) => misfit(a, drawnOn) - misfit(b, drawnOn))
    .slice(0, 1)
    .map((picture) => ({
      size: picture,
      toUpright: (share: Share) => toUpright(picture.outOf(share)),
      fromUpright: (share: Share) => picture.into(fromUpright(share)),
    }));
  return [...cutSince, ...drawnOnCut];
}

function wholeOf(drawnOn: Size, picture: CroppedPicture, stored: Size): Size {
  const scale = Math.sqrt((stored.width * stored.height) / (picture.width * picture.height));
  return { width: drawnOn.width * scale, height: drawnOn.height * scale };
}

function turning(orientation: number): Placement {
  return { toUpright: (share) => turn(share, orientation), fromUpright: (share) => turnBack(share, orientation) };
}

function same(share: Share): Share {
  return share;
}

/** Whether the one may be the other, scaled: whole pixels of a small picture leave its ratio open. */
function hasRatioOf(a: Size, b: Size): boolean {
  const [one, other] = [a.width * b.height, b.width * a.height];
  const rounding = Math.max(a.width + a.height, b.width + b.height);
  return Math.abs(one - other) <= Math.max(rounding, RATIO_TOLERANCE * Math.max(one, other));
}

function misfit(a: Size, b: Size): number {
  return Math.abs(Math.log((a.width * b.height) / (b.width * a.height)));
}

function hasSizeOf(a: Size, b: Size): boolean {
  return [a.width / b.width, a.height / b.height].every((ratio) => Math.abs(ratio - 1) <= SIZE_TOLERANCE);
}
