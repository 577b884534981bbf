import { expect, test } from 'vitest';
import { areShotsOfOneBurst, editedFrom } from './shot-names.ts';

test.each([
  { desc: 'Samsung', a: '20200101_120000_001.jpg', b: '20200101_120000_002.jpg', isBurst: true },
  {
    desc: 'Huawei, with its cover',
    a: 'IMG_20200101_120000_BURST001_COVER.jpg',
    b: 'IMG_20200101_120000_BURST002.jpg',
    isBurst: true,
  },
  {
    desc: 'Pixel, with its cover',
    a: '00000IMG_00000_BURST20200101120000123_COVER.jpg',
    b: '00001IMG_00001_BURST20200101120000123.jpg',
    isBurst: true,
  },
  { desc: 'two bursts', a: '20200101_120000_001.jpg', b: '20200101_120005_002.jpg', isBurst: false },
  { desc: 'a copy of a shot', a: '20200101_120000_001.jpg', b: 'backup/20200101_120000_001.jpg', isBurst: false },
  {
    desc: 'a cover and its shot',
    a: 'IMG_20200101_120000_BURST001_COVER.jpg',
    b: 'IMG_20200101_120000_BURST1.jpg',
    isBurst: false,
  },
  {
    desc: 'the two renderings of a portrait',
    a: '00000PORTRAIT_00000_BURST20200101120000123.jpg',
    b: '00100PORTRAIT_00100_BURST20200101120000123_COVER.jpg',
    isBurst: false,
  },
  { desc: 'a counter that is no time', a: 'DSC_001.jpg', b: 'DSC_002.jpg', isBurst: false },
])('names tell shots of one burst: $desc', ({ a, b, isBurst }) => {
  expect(areShotsOfOneBurst([`/photos/${a}`], [`/photos/${b}`])).toBe(isBurst);
});

test.each([
  { path: '/photos/IMG_E1234.JPG', original: '/photos/IMG_1234' },
  { path: '/photos/x-edited.jpg', original: '/photos/x' },
  { path: '/photos/20200101_120000~2.jpg', original: '/photos/20200101_120000' },
  { path: '/photos/IMG_EVA1234.JPG', original: null },
  { path: '/photos/IMG_1234.JPG', original: null },
  { path: '/photos-edited/x.jpg', original: null },
])('names tell edited versions: $path', ({ path, original }) => {
  expect(editedFrom(path)).toBe(original);
});
