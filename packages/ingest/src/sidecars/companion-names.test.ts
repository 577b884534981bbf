import { describe, expect, it } from 'vitest';
import { findCompanions, findPicture } from './companion-names.ts';

describe('findPicture and findCompanions', () => {
  it.each([
    { desc: 'RAW beside JPEG', picture: 'IMG_1.JPG', companion: 'IMG_1.CR2', role: 'raw' },
    { desc: 'names in mixed case', picture: 'IMG_1.jpg', companion: 'IMG_1.NEF', role: 'raw' },
    { desc: 'the RAW of a phone', picture: 'IMG_1.HEIC', companion: 'IMG_1.DNG', role: 'raw' },
    { desc: 'a live photo of Apple', picture: 'IMG_1.HEIC', companion: 'IMG_1.MOV', role: 'live' },
    { desc: 'a live photo of Android', picture: 'MVIMG_1.jpg', companion: 'MVIMG_1.mp4', role: 'live' },
    { desc: 'RAW that only exiftool reads', picture: 'SDIM1.JPG', companion: 'SDIM1.X3F', role: 'raw' },
    { desc: 'RAW of a Pixel', picture: 'PXL_1.RAW-01.COVER.jpg', companion: 'PXL_1.RAW-02.ORIGINAL.dng', role: 'raw' },
    {
      desc: 'RAW with motion of a Pixel',
      picture: 'PXL_1.RAW-01.MP.COVER.jpg',
      companion: 'PXL_1.RAW-02.ORIGINAL.dng',
      role: 'raw',
    },
    { desc: 'motion of a Pixel', picture: 'PXL_1.MP.jpg', companion: 'PXL_1.MP.mp4', role: 'live' },
    {
      desc: 'a live photo in a library of Apple Photos',
      picture: '0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9.heic',
      companion: '0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9_3.mov',
      role: 'live',
    },
    { desc: 'a dot in the name', picture: 'a.b.jpg', companion: 'a.b.arw', role: 'raw' },
  ] as const)('pair $desc', ({ picture, companion, role }) => {
    const siblings = new Set([picture, companion, 'other.jpg', 'other.cr2']);
    expect(findPicture(companion, siblings)).toBe(picture);
    expect(findCompanions(picture, siblings)).toEqual([{ name: companion, role }]);
  });

  it('give all files of one name to one picture', () => {
    const siblings = new Set(['x.HEIC', 'x.JPG', 'x.DNG', 'x.MOV']);
    expect(findCompanions('x.JPG', siblings).map(({ name }) => name)).toEqual(['x.DNG', 'x.MOV']);
    expect(findCompanions('x.HEIC', siblings)).toEqual([]);
  });

  it.each([
    { desc: 'the third of some films', name: 'beach_3.mov', siblings: ['beach.jpg', 'beach_3.mov'] },
    { desc: 'a RAW photo alone', name: 'x.cr2', siblings: ['x.cr2'] },
    { desc: 'another name', name: 'x.cr2', siblings: ['x.cr2', 'xy.jpg'] },
    { desc: 'an edited export', name: 'x.cr2', siblings: ['x.cr2', 'x.tif', 'x.png'] },
    { desc: 'a picture beside a picture', name: 'x.jpg', siblings: ['x.jpg', 'x.jpeg'] },
  ])('leave alone $desc', ({ name, siblings }) => {
    expect(findPicture(name, new Set(siblings))).toBeNull();
    expect(findCompanions(name, new Set(siblings))).toEqual([]);
  });
});
