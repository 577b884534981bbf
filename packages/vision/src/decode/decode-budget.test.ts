import { expect, test } from 'vitest';
import { checkDecodeBudget, type ImageHeader, MAX_PIXELS } from './decode-budget.ts';

const baseline: ImageHeader = { format: 'jpeg', width: 12_000, height: 10_000, interlaced: false, turned: false };

test.each([
  { desc: 'a baseline JPEG at the limit', header: baseline, allowed: true },
  { desc: 'a baseline JPEG one row over the limit', header: { ...baseline, height: 10_001 }, allowed: false },
  { desc: 'a phone photo of 108 megapixels to be turned', header: { ...baseline, height: 9_000, turned: true }, allowed: true },
  {
    desc: 'a progressive JPEG of a 61-megapixel camera',
    header: { ...baseline, width: 9_504, height: 6_336, interlaced: true },
    allowed: true,
  },
  { desc: 'a progressive JPEG of 100 megapixels', header: { ...baseline, width: 10_000, interlaced: true }, allowed: false },
  {
    desc: 'an AVIF of 36 megapixels',
    header: { ...baseline, format: 'heif' as const, width: 6_000, height: 6_000 },
    allowed: true,
  },
  {
    desc: 'an AVIF of 64 megapixels',
    header: { ...baseline, format: 'heif' as const, width: 8_000, height: 8_000 },
    allowed: false,
  },
])('$desc: allowed is $allowed', ({ header, allowed }) => {
  const check = () => checkDecodeBudget(header, MAX_PIXELS);
  if (allowed) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code: 'IMAGE_TOO_LARGE' }));
});
