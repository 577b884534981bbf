import type { PhotoResource } from '@photoorg/example-api/schemas';
import { formatShotMonth } from '../photo/format-shot-time.ts';
import { type JustifyOptions, justifyPhotos, type PhotoCell } from './justify-photos.ts';

export interface GridCell extends PhotoCell<PhotoResource> {
  /** The month that begins with this photo; null inside a month. */
  heading: string | null;
}

export interface GridRow {
  key: string;
  cells: GridCell[];
  /** Of the photos, in CSS pixels. */
  photoHeight: number;
  /** Of the photos and, where a month begins, the headings above them. */
  height: number;
}

/** Room for a month's name above its first photo, in CSS pixels. */
const headingHeight = 44;

/**
 * The photos in their order as the rows of the grid. Rows run on across months, so that a year of few photos is not a page of
 * half-empty lines; a month's name stands above its first photo, wherever in the row that is.
 */
export function gridRows(photos: readonly PhotoResource[], layout: JustifyOptions): GridRow[] {
  if (layout.width <= 0) return [];
  let month: string | null = null;
  return justifyPhotos(photos, layout).map(({ cells, height }) => {
    const gridCells = cells.map((cell) => {
      const before = month;
      month = formatShotMonth(cell.photo);
      return { ...cell, heading: month === before ? null : month };
    });
    const hasHeading = gridCells.some(({ heading }) => heading !== null);
    return {
      key: cells.map(({ photo }) => photo.photoId).join(),
      cells: gridCells,
      photoHeight: height,
      height: height + (hasHeading ? headingHeight : 0),
    };
  });
}
