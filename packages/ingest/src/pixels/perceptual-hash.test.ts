import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { SAMPLE_PHOTOS } from '../../test/support/sample-photos.ts';
import { hammingDistance, perceptualHash } from './perceptual-hash.ts';

/** Bits by which copies of one photo may differ; unrelated photos differ by about 32. */
const SAME_PHOTO_BITS = 6;
const OTHER_PHOTO_BITS = 14;

describe('perceptualHash', () => {
  it('is the same for a path and for its bytes, and fits 64 bits', async () => {
    const [photo = ''] = SAMPLE_PHOTOS;
    const hash = await perceptualHash(photo);
    expect(hash).toBe(await perceptualHash(await sharp(photo).keepMetadata().png().toBuffer()));
    expect(hash).toBe(BigInt.asUintN(64, hash));
  });

  it('survives resizing, recompression, another format and a turn that EXIF records', async () => {
    for (const photo of SAMPLE_PHOTOS) {
      const hash = await perceptualHash(photo);
      const upright = () => sharp(photo).autoOrient();
      const copies = {
        smaller: await upright().resize(400).jpeg({ quality: 85 }).toBuffer(),
        coarser: await upright().jpeg({ quality: 30 }).toBuffer(),
        webp: await upright().resize(1000).webp().toBuffer(),
        turned: await sharp(await upright().rotate(270).toBuffer())
          .withMetadata({ orientation: 6 })
          .jpeg()
          .toBuffer(),
      };
      for (const copy of Object.values(copies))
        expect(hammingDistance(hash, await perceptualHash(copy))).toBeLessThanOrEqual(SAME_PHOTO_BITS);
    }
  });

  it('tells other photos apart', async () => {
    const hashes = await Promise.all(SAMPLE_PHOTOS.map((photo) => perceptualHash(photo)));
    for (const [index, hash] of hashes.entries()) {
      for (const other of hashes.slice(index + 1)) expect(hammingDistance(hash, other)).toBeGreaterThanOrEqual(OTHER_PHOTO_BITS);
    }
  });

  it('refuses what is no image', async () => {
    await expect(perceptualHash(Buffer.from('hello'))).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    await expect(perceptualHash(Buffer.alloc(0))).rejects.toMatchObject({ code: 'FILE_EMPTY' });
  });
});

describe('hammingDistance', () => {
  it('counts differing bits of 64', () => {
    expect(hammingDistance(0n, 0n)).toBe(0);
    expect(hammingDistance(0b1011n, 0b0010n)).toBe(2);
    expect(hammingDistance(0n, (1n << 64n) - 1n)).toBe(64);
  });
});
