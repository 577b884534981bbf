import { expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

const size = 100;

it.each([
  { header: 'bytes=0-9', range: { start: 0, end: 9 } },
  { header: 'bytes=90-', range: { start: 90, end: 99 } },
  { header: 'bytes=-10', range: { start: 90, end: 99 } },
  { header: 'bytes=0-0', range: { start: 0, end: 0 } },
  { header: 'bytes=99-99', range: { start: 99, end: 99 } },
  { header: 'bytes=50-1000', range: { start: 50, end: 99 } },
  { header: 'bytes=-1000', range: { start: 0, end: 99 } },
  { header: 'Bytes= 5-6 ', range: { start: 5, end: 6 } },
  { header: undefined, range: null },
  { header: 'bytes=0-1,5-6', range: null },
  { header: 'pages=1-2', range: null },
])('of 100 bytes, $header is $range', ({ header, range }) => {
  expect(byteRange(header, size)).toEqual(range);
});

it.each([
  'bytes=100-',
  'bytes=100-200',
  'bytes=9-5',
  'bytes=-0',
  'bytes=-',
  'bytes=',
  'bytes=one-two',
  `bytes=${'9'.repeat(400)}-`,
])('of 100 bytes, %s is refused with how many there are', (header) => {
  expect(() => byteRange(header, size)).toThrow(
    expect.objectContaining({ code: 'RANGE_NOT_SATISFIABLE', headers: { 'Content-Range': 'bytes */100' } }),
  );
});

it('nothing is part of nothing', () => {
  expect(() => byteRange('bytes=0-', 0)).toThrow(expect.objectContaining({ code: 'RANGE_NOT_SATISFIABLE' }));
});
