import { expect, it } from 'vitest';
import { parsePhotoSearch, toPhotosQuery } from './photo-search.ts';

it('asks for the days as they were chosen, both of which the library includes', () => {
  expect(toPhotosQuery({ from: '2002-07-21', to: '2002-07-21' })).toMatchObject({ from: '2002-07-21', to: '2002-07-21' });
});

it('drops what is no search from an edited address', () => {
  expect(parsePhotoSearch({ q: '  ', from: 'yesterday', to: '2024-13-45', personId: 7 })).toEqual({});
});

it('keeps a number as a word to search for', () => {
  expect(parsePhotoSearch({ q: '2019' }).q).toBe('2019');
});
