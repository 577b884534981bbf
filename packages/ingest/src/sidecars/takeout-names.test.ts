import { describe, expect, it } from 'vitest';
import { findSidecars } from './find-sidecars.ts';

describe('findSidecars', () => {
  it.each([
    { desc: 'the plain name', photo: 'IMG_1.jpg', json: 'IMG_1.jpg.json' },
    { desc: 'the name since 2024', photo: 'IMG_1.jpg', json: 'IMG_1.jpg.supplemental-metadata.json' },
    {
      desc: 'the name since 2024, cut',
      photo: 'IMG_20200101_123456789.jpg',
      json: 'IMG_20200101_123456789.jpg.supplemental-metada.json',
    },
    { desc: 'the name since 2024, cut to its dot', photo: `${'a'.repeat(41)}.jpg`, json: `${'a'.repeat(41)}.jpg..json` },
    { desc: 'a name that is cut itself', photo: `${'b'.repeat(47)}.jpg`, json: `${'b'.repeat(46)}.json` },
    { desc: 'a duplicate', photo: 'IMG_1(2).jpg', json: 'IMG_1.jpg(2).json' },
    { desc: 'a duplicate since 2024', photo: 'IMG_1(2).jpg', json: 'IMG_1.jpg.supplemental-metadata(2).json' },
    { desc: 'an edited copy', photo: 'IMG_1-edited.jpg', json: 'IMG_1.jpg.json' },
    { desc: 'an edited copy in German', photo: 'IMG_1-bearbeitet.jpg', json: 'IMG_1.jpg.json' },
    { desc: 'an edited duplicate', photo: 'IMG_1-edited(2).jpg', json: 'IMG_1-edited.jpg(2).json' },
  ])('finds the Takeout of $desc', ({ photo, json }) => {
    expect(findSidecars(photo, new Set([photo, json, 'other.jpg.json', 'metadata.json'])).takeout).toBe(json);
  });

  it('prefers the JSON of the very file', () => {
    const siblings = new Set(['IMG_1(2).jpg', 'IMG_1.jpg(2).json', 'IMG_1.jpg.json']);
    expect(findSidecars('IMG_1(2).jpg', siblings).takeout).toBe('IMG_1.jpg(2).json');
    expect(findSidecars('IMG_1.jpg', siblings).takeout).toBe('IMG_1.jpg.json');
  });

  it.each([
    { photo: 'IMG_1.jpg', sibling: 'IMG_10.jpg.json' },
    { photo: 'IMG_1.jpg', sibling: 'IMG_1.json' },
    { photo: 'IMG_1(2).jpg', sibling: 'IMG_1.jpg(3).json' },
    { photo: 'IMG_1.jpg', sibling: 'IMG_1.jpeg.json' },
  ])('does not take $sibling for that of $photo', ({ photo, sibling }) => {
    expect(findSidecars(photo, new Set([photo, sibling])).takeout).toBeNull();
  });

  it('finds both kinds of XMP, the one that names the whole photo first', () => {
    expect(findSidecars('x.jpg', new Set(['x.jpg', 'x.xmp', 'x.jpg.xmp', 'y.xmp'])).xmp).toEqual(['x.jpg.xmp', 'x.xmp']);
    expect(findSidecars('x.tar.jpg', new Set(['x.xmp', 'x.tar.XMP'])).xmp).toEqual(['x.tar.XMP']);
  });
});
