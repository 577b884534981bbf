/** A photo's place in a row. */
export interface PhotoCell<T> {
  photo: T;
  /** Its position in the whole list. */
  index: number;
  /** In CSS pixels. */
  width: number;
}

export interface PhotoRow<T> {
  cells: PhotoCell<T>[];
  /** In CSS pixels. */
  height: number;
}

export interface JustifyOptions {
  /** Width to fill, in CSS pixels. */
  width: number;
  /** Row height to come as near to as the photos allow. */
  targetHeight: number;
  gap: number;
  /** Position of the first photo in the whole list. */
  firstIndex?: number;
}

/** Panoramas and long screenshots are cropped to these width-to-height ratios, so that one photo cannot spoil a row. */
const narrowestAspect = 0.5;
const widestAspect = 3;

/**
 * Lays photos out in full rows of nearly equal height, in order, each with its own proportions.
 * The last row is left at its natural width when it is not full.
 */
export function justifyPhotos<T extends { width: number; height: number }>(
  photos: readonly T[],
  options: JustifyOptions,
): PhotoRow<T>[] {
  const { width, targetHeight, gap, firstIndex = 0 } = options;
  const rows: PhotoRow<T>[] = [];
  let start = 0;
  while (start < photos.length) {
    const end = endOfRow(photos, start, options);
    const aspects = photos.slice(start, end).map(aspectOf);
    const room = width - gap * (end - start - 1);
    const fullHeight = room / sum(aspects);
    const height = Math.min(fullHeight, end === photos.length ? targetHeight : fullHeight);
    rows.push({
      height,
      cells: photos.slice(start, end).map((photo, offset) => ({
        photo,
        index: firstIndex + start + offset,
        width: aspectOf(photo) * height,
      })),
    });
    start = end;
  }
  return rows;
}

/** The end (exclusive) that brings the row's height nearest to the target. */
function endOfRow<T extends { width: number; height: number }>(photos: readonly T[], start: number, o: JustifyOptions): number {
  let aspects = 0;
  let heightBefore = Number.POSITIVE_INFINITY;
  for (let end = start; end < photos.length; end++) {
    const photo = photos[end];
    if (!photo) break;
    aspects += aspectOf(photo);
    const height = (o.width - o.gap * (end - start)) / aspects;
    if (height <= o.targetHeight) return heightBefore - o.targetHeight < o.targetHeight - height ? end : end + 1;
    heightBefore = height;
  }
  return photos.length;
}

function aspectOf(photo: { width: number; height: number }): number {
  return Math.min(widestAspect, Math.max(narrowestAspect, photo.width / photo.height));
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
