import { expect, it } from 'vitest';
import { photoImageSrcSet } from './image-urls.ts';

const widths = (srcSet: string) => srcSet.split(', ').map((candidate) => candidate.split(' ').at(1));

it.each([
  { desc: 'landscape', size: { width: 1920, height: 1280 }, expected: ['256w', '512w', '1024w', '1920w'] },
  { desc: 'portrait', size: { width: 3000, height: 4000 }, expected: ['192w', '384w', '768w', '1536w'] },
  { desc: 'smaller than the smallest size', size: { width: 200, height: 100 }, expected: ['200w'] },
])('offers each rendered size once, with the width it really has: $desc', ({ size, expected }) => {
  expect(widths(photoImageSrcSet({ photoId: 'p', sha256: 'ab', ...size }))).toEqual(expected);
});
