import { expect, it } from 'vitest';
import { parsePhotoSearch, toPhotosQuery } from './photo-search.ts';

it.each([
  { desc: 'the end of a month', to: '2024-06-30', before: '2024-07-01' },
  { desc: 'a leap day', to: '2024-02-28', before: '2024-02-29' },
  { desc: 'the end of a year', to: '2023-12-31', before: '2024-01-01' },
])('asks up to the start of the day after the last day: $desc', ({ to, before }) => {
  expect(toPhotosQuery({ to }).to).toBe(before);
});

it('drops what is no search from an edited address', () => {
  expect(parsePhotoSearch({ q: '  ', from: 'yesterday', to: '2024-13-45', personId: 7 })).toEqual({});
});

it('keeps a number as a word to search for', () => {
  expect(parsePhotoSearch({ q: '2019' }).q).toBe('2019');
});
