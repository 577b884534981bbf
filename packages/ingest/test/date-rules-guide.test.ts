import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseDateRules } from '../src/index.ts';
import { chooseShotTime } from '../src/shot-time/choose-shot-time.ts';

const guide = await readFile(new URL('../../../docs/guides/shot-time.md', import.meta.url), 'utf8');
const example = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';

it("reads the guide's date rules, and does with them what the guide says", () => {
  const rules = parseDateRules(JSON.parse(example), 'The example of the guide');
  const choose = (filePath: string, exif = {}) =>
    chooseShotTime({
      exif,
      xmp: {},
      iptc: null,
      text: {},
      sidecarXmp: {},
      takeoutTakenAt: null,
      fileModifiedAt: null,
      position: null,
      filePath,
      rules,
    });
  expect(choose('13072009001.jpg').local).toBe('2009-07-13T00:00:00');
  const canon = { Make: 'Canon', Model: 'Canon EOS 5D', DateTimeOriginal: '2019:07:13 14:25:30' };
  expect(choose('2019/Japan/DSC_0042.jpg', canon)).toMatchObject({ local: '2019-07-13T14:21:00', zone: 'Asia/Tokyo' });
  const reset = { Model: 'COOLPIX P900', DateTimeOriginal: '2000:01:01 00:10:30' };
  expect(choose('DSCN0042.jpg', reset)).toMatchObject({ local: '2018-09-29T14:25:30', offsetMinutes: 120 });
});
