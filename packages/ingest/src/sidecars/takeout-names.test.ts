import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { findSidecars } from './find-sidecars.ts';
import { isTakeoutOf } from './takeout-names.ts';

const latin1 = (name: string) => Buffer.from(name).toString('latin1');

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
    { desc: 'an edited duplicate', photo: 'IMG_1-edited(2).jpg', json: 'IMG_1.jpg(2).json' },
    { desc: 'a duplicate that was edited', photo: 'IMG_1(2)-edited.jpg', json: 'IMG_1.jpg.supplemental-metadata(2).json' },
    { desc: 'a file whose number is part of its title', photo: 'IMG(1).jpg', json: 'IMG(1).jpg.supplemental-metadata.json' },
    { desc: 'a copy that was edited in Spanish', photo: 'IMG_1-ha editado.jpg', json: 'IMG_1.jpg.json' },
    { desc: 'a copy that Google made', photo: 'IMG_1-EFFECTS.jpg', json: 'IMG_1.jpg.json' },
    { desc: 'a copy whose mark was cut', photo: `${'c'.repeat(43)}-edi.jpg`, json: `${'c'.repeat(43)}.jp.json` },
    { desc: 'a cut duplicate', photo: `${'d'.repeat(46)}m(494).jpg`, json: `${'d'.repeat(46)}(494).json` },
    { desc: 'a cut duplicate without its number', photo: `${'e'.repeat(46)}(1).jpg`, json: `${'e'.repeat(46)}.json` },
    { desc: 'the film of a live photo without a picture', photo: 'IMG_1.MP4', json: 'IMG_1.MP4.supplemental-metadata.json' },
    { desc: 'the film of a live photo', photo: 'IMG_1.MP4', json: 'IMG_1.HEIC.supplemental-metadata.json' },
    { desc: 'a title without an extension', photo: 'scan.jpg', json: 'scan.json' },
  ])('finds the Takeout of $desc', ({ photo, json }) => {
    expect(findSidecars(photo, new Set([photo, json, 'other.jpg.json', 'metadata.json'])).takeout).toBe(json);
  });

  it.each(Array.from('.supplemental-metadata'.matchAll(/./g), ({ index }) => '.supplemental-metadata'.slice(0, index + 1)))(
    'finds the Takeout of a name that is continued by "%s"',
    (supplement) => {
      const photo = `${'f'.repeat(46 - supplement.length - 4)}.jpg`;
      for (const [file, json] of [
        [photo, `${photo}${supplement}.json`],
        [photo.replace('.', '(1).'), `${photo}${supplement}(1).json`],
      ] as const) {
        expect(findSidecars(file, new Set([file, json])).takeout).toBe(json);
      }
    },
  );

  it('counts characters, not bytes', () => {
    const [photo, json] = [`${'写'.repeat(44)}.jpg`, `${'写'.repeat(44)}.j.json`].map(latin1) as [string, string];
    expect(findSidecars(photo, new Set([photo, json])).takeout).toBe(json);
  });

  it.each(['NFC', 'NFD'] as const)('knows the marks of edited copies in %s', (form) => {
    const [photo, json] = ['Café-modifié.jpg', 'Café.jpg.json'].map((name) => latin1(name.normalize(form))) as [string, string];
    expect(findSidecars(photo, new Set([photo, json])).takeout).toBe(json);
  });

  it('prefers the JSON of the very file', () => {
    const siblings = new Set(['IMG_1(2).jpg', 'IMG_1.jpg(2).json', 'IMG_1.jpg.json']);
    expect(findSidecars('IMG_1(2).jpg', siblings).takeout).toBe('IMG_1.jpg(2).json');
    expect(findSidecars('IMG_1.jpg', siblings).takeout).toBe('IMG_1.jpg.json');
  });

  it.each([
    { photo: 'IMG_1.jpg', sibling: 'IMG_10.jpg.json' },
    { photo: 'IMG_1-red.jpg', sibling: 'IMG_1.jpg.json' },
    { photo: 'metadata.jpg', sibling: 'album.json' },
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

describe('isTakeoutOf', () => {
  it.each([
    { desc: 'a whole name, whatever the title', photo: 'IMG_1.jpg', json: 'IMG_1.jpg.json', title: 'else.png', is: true },
    {
      desc: 'a cut name with its title',
      photo: `${'a'.repeat(47)}.jpg`,
      json: `${'a'.repeat(46)}.json`,
      title: `${'a'.repeat(60)}.jpg`,
      is: true,
    },
    {
      desc: 'a cut name with the title of another',
      photo: `${'a'.repeat(46)}b.jpg`,
      json: `${'a'.repeat(46)}.json`,
      title: `${'a'.repeat(60)}.jpg`,
      is: false,
    },
    {
      desc: 'characters that files may not have',
      photo: 'Who_ Me_ & you.jpg',
      json: 'Who_ Me_ & you.json',
      title: 'Who? Me: & you',
      is: true,
    },
    { desc: 'a title without an extension', photo: 'scan.jpg', json: 'scan.json', title: 'scan', is: true },
    { desc: 'a title with another extension', photo: 'scan.jpg', json: 'scan.json', title: 'scan.png', is: false },
    { desc: 'a duplicate without an extension', photo: 'scan(1).jpg', json: 'scan(1).json', title: 'scan', is: true },
    {
      desc: 'the picture of a live photo for its film',
      photo: 'IMG_1.MOV',
      json: 'IMG_1.HEIC.json',
      title: 'IMG_1.HEIC',
      is: true,
    },
    { desc: 'no title', photo: 'scan.jpg', json: 'scan.json', title: null, is: false },
  ])('believes $desc: $is', ({ photo, json, title, is }) => {
    expect(isTakeoutOf(photo, json, title)).toBe(is);
  });
});
