import { expect, it } from 'vitest';
import { photo } from '../../test/support/resources.ts';
import { describePhoto } from './describe-photo.ts';

it.each([
  { desc: 'its own words first', fields: { title: 'Sunrise', facesCount: 1 }, text: 'Sunrise with 1 face' },
  {
    desc: 'day, faces and file without them',
    fields: { shotLocal: '2019-06-15T18:20:31', facesCount: 3 },
    text: 'Photo of 15 June 2019 with 3 faces (beach.jpg)',
  },
  { desc: 'a path of Windows', fields: { path: 'trip\\a b.jpg' }, text: 'Photo (a b.jpg)' },
  { desc: 'nothing known', fields: { path: null }, text: 'Photo' },
])('describes a photo: $desc', ({ fields, text }) => {
  expect(describePhoto(photo(fields))).toBe(text);
});
