import sharp from 'sharp';
import { expect, it } from 'vitest';
import { withProfile } from './with-profile.ts';

it('shows pixels in the colours that their profile means', async () => {
  const background = { r: 240, g: 40, b: 90 };
  const photo = await sharp({ create: { width: 5, height: 3, channels: 3, background } })
    .withIccProfile('p3')
    .png()
    .toBuffer();
  const { icc } = await sharp(photo).metadata();
  const { data, info } = await sharp(photo, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
  const pixels = { data: new Uint8Array(data), width: info.width, height: info.height };
  const shown = await withProfile(pixels, icc).sharp.toColourspace('srgb').raw().toBuffer();
  expect(shown).toEqual(await sharp(photo).toColourspace('srgb').raw().toBuffer());
  expect(shown).not.toEqual(data);
  expect(await withProfile(pixels, undefined).sharp.raw().toBuffer()).toEqual(data);
});
