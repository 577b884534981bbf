import { expect, it } from 'vitest';
import { formatExposure } from './format-exposure.ts';

const unknown = { iso: null, exposureTime: null, fNumber: null, focalLength: null };

it.each([
  {
    desc: 'all of it',
    exposure: { iso: 400, exposureTime: 1 / 250, fNumber: 2.8, focalLength: 35 },
    text: '1/250 s · f/2.8 · ISO 400 · 35 mm',
  },
  {
    desc: 'numbers that a phone rounds its way',
    exposure: { iso: 160, exposureTime: 16667 / 1_000_000, fNumber: 1.7999999523, focalLength: 4.25 },
    text: '1/60 s · f/1.8 · ISO 160 · 4.25 mm',
  },
  { desc: 'a quarter of a second', exposure: { ...unknown, exposureTime: 0.25 }, text: '1/4 s' },
  { desc: 'a third of a second', exposure: { ...unknown, exposureTime: 1 / 3 }, text: '0.33 s' },
  { desc: 'half a minute', exposure: { ...unknown, exposureTime: 30, iso: 100 }, text: '30 s · ISO 100' },
  { desc: 'nothing', exposure: unknown, text: null },
])('writes how the camera was set: $desc', ({ exposure, text }) => {
  expect(formatExposure(exposure)).toBe(text);
});
