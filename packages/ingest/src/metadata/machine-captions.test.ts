import { expect, test } from 'vitest';
import { isMachineCaption } from './machine-captions.ts';

test.each([
  'OLYMPUS DIGITAL CAMERA         ',
  'Sony DSC',
  'Exif_JPEG_PICTURE',
  'Created with GIMP',
  'Created with The GIMP',
  'CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90\n',
  'CREATOR: XV Version 3.10a  Rev: 12/29/94',
  'Optimized by JPEGmini 3.13.3.15 0x71b7aed9',
  'File written by Adobe Photoshop® 5.2',
  'LEAD Technologies Inc. V1.01',
  'Lavc58.134.100',
  'AppleMark\n',
  '<Untitled>',
  'Untitled-1',
  'charset=Ascii binary comment',
  'oplus_16908288',
  '0.9.142',
  'filter: 0; fileterIntensity: 0.0; filterMask: 0; captureOrientation: 0; algolist: 0;',
  '0; fileterIntensity: 0.0; filterMask: 0',
  '{"AIGC":{"Label":"1","ContentProducer":"somebody"}}',
  'U\u0001\u0002\u0003\u00ff\u0004\u0005',
  'ab\uFFFD\uFFFD\uFFFDcd',
])('nobody wrote %j', (text) => {
  expect(isMachineCaption(text, null)).toBe(true);
});

test.each([
  'Ada on the digital camera',
  'Left: Ada; middle: Bob; right: Cy;',
  'Created with love by Ada',
  'My default view of the garden',
  'filter: coffee for two',
  'Grüße aus 東京 👋🏽',
  'Line one\nline two\tand more',
  '{not json}',
  'Untitled (self-portrait), 1978',
  'The creator: Michelangelo',
  'Samsung headquarters in Suwon',
])('somebody wrote %j', (text) => {
  expect(isMachineCaption(text, null)).toBe(false);
});

test("what Huawei's cameras call a picture is no caption of theirs, and a word of anybody else's", () => {
  expect(isMachineCaption('mon', 'HUAWEI')).toBe(true);
  expect(isMachineCaption('mon', 'Canon')).toBe(false);
  expect(isMachineCaption('mon ami', 'HUAWEI')).toBe(false);
});
