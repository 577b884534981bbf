import { expect, it } from 'vitest';
import { photo } from '../../test/support/resources.ts';
import { gridRows } from './grid-rows.ts';

const layout = { width: 900, targetHeight: 200, gap: 6 };

it('opens each month with its heading and keeps counting photos across months', () => {
  const photos = [
    photo({ photoId: 'a', shotLocal: '2019-08-16T18:20:31' }),
    photo({ photoId: 'b', shotLocal: '2019-08-01T09:00:00' }),
    photo({ photoId: 'c', shotLocal: '2019-07-31T23:59:59' }),
    photo({ photoId: 'd' }),
  ];
  const rows = gridRows(photos, layout);
  expect(rows.flatMap((row) => (row.kind === 'heading' ? [row.title] : []))).toEqual([
    'August 2019',
    'July 2019',
    'Without a date',
  ]);
  expect(rows.flatMap((row) => (row.kind === 'photos' ? row.cells.map((cell) => cell.index) : []))).toEqual([0, 1, 2, 3]);
});

it('waits for the width to be known', () => {
  expect(gridRows([photo()], { ...layout, width: 0 })).toEqual([]);
});
