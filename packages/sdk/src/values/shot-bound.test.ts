import { expect, test } from 'vitest';
import { firstShotMoment, lastShotMoment } from './shot-bound.ts';

test.each([
  { bound: '2024', first: '2024-01-01T00:00:00.000000', last: '2024-12-31T23:59:59.999999' },
  { bound: '2024-02', first: '2024-02-01T00:00:00.000000', last: '2024-02-29T23:59:59.999999' },
  { bound: '2023-02', first: '2023-02-01T00:00:00.000000', last: '2023-02-28T23:59:59.999999' },
  { bound: '2024-12', first: '2024-12-01T00:00:00.000000', last: '2024-12-31T23:59:59.999999' },
  { bound: '2002-07-21', first: '2002-07-21T00:00:00.000000', last: '2002-07-21T23:59:59.999999' },
  { bound: '0099', first: '0099-01-01T00:00:00.000000', last: '0099-12-31T23:59:59.999999' },
  { bound: '2002-07-21T18:20', first: '2002-07-21T18:20:00.000000', last: '2002-07-21T18:20:00.000000' },
  { bound: '2002-07-21 18:20:05', first: '2002-07-21T18:20:05.000000', last: '2002-07-21T18:20:05.000000' },
  { bound: '2002-07-21T18:20:05.25', first: '2002-07-21T18:20:05.250000', last: '2002-07-21T18:20:05.250000' },
  { bound: new Date('2002-07-21T18:20:05.25Z'), first: '2002-07-21T18:20:05.250', last: '2002-07-21T18:20:05.250' },
])('$bound goes from $first to $last', ({ bound, first, last }) => {
  expect([firstShotMoment(bound, 'shotFrom'), lastShotMoment(bound, 'shotTo')]).toEqual([first, last]);
});

test.each([
  '2024-02-30',
  '2023-02-29',
  '2024-13',
  '2024-00',
  '0000',
  '2024-06-01T24:30',
  '2024-06-01T12:60',
  '2024-06-01T12',
  '2024-06-01T12:30:00Z',
  '2024-06-01T12:30:00+02:00',
  '24-06-01',
  'now',
  new Date(Number.NaN),
])('%s is refused', (bound) => {
  for (const moment of [firstShotMoment, lastShotMoment]) {
    expect(() => moment(bound, 'shotFrom')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  }
});
