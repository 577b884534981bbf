import { expect, test } from 'vitest';
import { sniffImageFormat } from './image-format.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test.each([
  { desc: 'a JPEG', start: '\xff\xd8\xff\xe0', format: 'jpeg' },
  { desc: 'a PNG', start: '\x89PNG\r\n\x1a\n', format: 'png' },
  { desc: 'a WebP', start: 'RIFF\x10\0\0\0WEBPVP8 ', format: 'webp' },
  { desc: 'a sound in RIFF', start: 'RIFF\x10\0\0\0WAVEfmt ', format: null },
  { desc: 'a GIF', start: 'GIF89a', format: 'gif' },
  { desc: 'a little-endian TIFF', start: 'II*\0', format: 'tiff' },
  { desc: 'a big-endian BigTIFF', start: 'MM\0+', format: 'tiff' },
  { desc: 'an AVIF', start: '\0\0\0\x20ftypavif', format: 'heif' },
  { desc: 'an SVG', start: '<svg xmlns="http://www.w3.org/2000/svg"/>', format: null },
  { desc: 'a PDF', start: '%PDF-1.7', format: null },
  { desc: 'nothing', start: '', format: null },
])('$desc is recognised by its first bytes as $format', ({ start, format }) => {
  expect(sniffImageFormat(bytes(start))).toBe(format);
});
