import type { PhotoResource } from '@photoorg/example-api/schemas';
import { formatShotMonth } from '../photo/format-shot-time.ts';
import { justifyPhotos, type PhotoRow } from './justify-photos.ts';

export type GridRow =
  | { kind: 'heading'; key: string; title: string; height: number }
  | ({ kind: 'photos'; key: string } & PhotoRow<PhotoResource>);

const headingHeight = 56;

/** The photos in their order as rows for the grid: each month's heading, then its photos justified to `width`. */
export function gridRows(
  photos: readonly PhotoResource[],
  layout: { width: number; targetHeight: number; gap: number },
): GridRow[] {
  if (layout.width <= 0) return [];
  const rows: GridRow[] = [];
  for (let start = 0; start < photos.length; ) {
    const title = monthOf(photos, start);
    let end = start + 1;
    while (end < photos.length && monthOf(photos, end) === title) end++;
    rows.push({ kind: 'heading', key: `${title}/${start}`, title, height: headingHeight });
    for (const row of justifyPhotos(photos.slice(start, end), { ...layout, firstIndex: start })) {
      rows.push({ kind: 'photos', key: row.cells.map((cell) => cell.photo.photoId).join(), ...row });
    }
    start = end;
  }
  return rows;
}

function monthOf(photos: readonly PhotoResource[], index: number): string {
  const photo = photos[index];
  return photo ? formatShotMonth(photo) : '';
}
