import { expect, it } from 'vitest';
import { photo } from '../../test/support/resources.ts';
import { gridRows } from './grid-rows.ts';

const layout = { width: 900, targetHeight: 200, gap: 6 };

it('names each month above its first photo, also in the middle of a row', () => {
  const photos = [
    photo({ photoId: 'a', shotLocal: '2019-08-16T18:20:31' }),
    photo({ photoId: 'b', shotLocal: '2019-08-01T09:00:00' }),
    photo({ photoId: 'c', shotLocal: '2019-07-31T23:59:59' }),
    photo({ photoId: 'd', shotLocal: '2019-07-30T23:59:59' }),
    photo({ photoId: 'e' }),
  ];
  const headings = gridRows(photos, layout).flatMap(({ cells }) => cells.map(({ heading }) => heading));
  expect(headings).toEqual(['August 2019', null, 'July 2019', null, 'Without a date']);
});

it('makes room for headings only in rows that have one', () => {
  const photos = Array.from({ length: 12 }, (_, index) => photo({ photoId: String(index), shotLocal: '2019-08-16T18:20:31' }));
  const [first, second] = gridRows(photos, layout);
  expect(first!.height).toBeGreaterThan(first!.photoHeight);
  expect(second!.height).toBe(second!.photoHeight);
});

it('waits for the width to be known', () => {
  expect(gridRows([photo()], { ...layout, width: 0 })).toEqual([]);
});
