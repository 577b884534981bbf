import { expect, it, vi } from 'vitest';
import { photo } from '../../test/support/resources.ts';
import {
  formatShotDay,
  formatShotMonth,
  formatShotSource,
  formatShotTime,
  formatShotZone,
  isFileDate,
  type ShotFields,
} from './format-shot-time.ts';

const shotLocal = '2019-06-15T18:20:31.250';

it.each<{ precision: ShotFields['shotPrecision']; day: string; time: string }>([
  { precision: 'subsecond', day: '15 June 2019', time: 'Saturday 15 June 2019, 18:20:31' },
  { precision: 'second', day: '15 June 2019', time: 'Saturday 15 June 2019, 18:20:31' },
  { precision: 'minute', day: '15 June 2019', time: 'Saturday 15 June 2019, 18:20' },
  { precision: 'day', day: '15 June 2019', time: 'Saturday 15 June 2019' },
  { precision: 'month', day: 'June 2019', time: 'June 2019' },
  { precision: 'year', day: '2019', time: '2019' },
])('says no more than a $precision is known', ({ precision, day, time }) => {
  const shot = photo({ shotLocal, shotPrecision: precision });
  expect(formatShotDay(shot)).toBe(day);
  expect(formatShotTime(shot)).toBe(time);
});

it("keeps the camera's clock whatever the viewer's own zone is", () => {
  const shot = photo({ shotLocal: '2019-06-15T23:59:59', shotPrecision: 'second', shotOffsetMinutes: -600 });
  expect(formatShotTime(shot)).toContain('15 June 2019, 23:59:59');
});

it("falls back on the viewer's clock, and says so, where only the instant is known", () => {
  const shot = photo({ shotAt: '2026-11-22T11:00:00.000Z', shotPrecision: 'second', shotSource: 'file:mtime' });
  expect(formatShotDay(shot)).toBe('22 November 2026');
  expect(formatShotZone(shot)).toBe('By the clock of this device; the camera’s own is not known');
  expect(isFileDate(shot)).toBe(true);
});

it('has an instant in the month of its place in the timeline, whatever the clock of the viewer', () => {
  vi.stubEnv('TZ', 'Pacific/Auckland');
  const shot = photo({ shotAt: '2019-06-30T23:00:00.000Z', shotPrecision: 'second', shotSource: 'takeout:photoTakenTime' });
  expect(formatShotMonth(shot)).toBe('June 2019');
  vi.unstubAllEnvs();
});

it('shows an instant by the clock of the photos around it, where they tell', () => {
  const shot = photo({
    shotAt: '2019-06-30T23:00:00.000Z',
    shotPrecision: 'second',
    shotSource: 'takeout:photoTakenTime',
    shotOffsetMinutes: 540,
    shotOffsetSource: 'neighbours',
  });
  expect(formatShotTime(shot)).toBe('Monday 1 July 2019, 08:00:00');
  expect(formatShotMonth(shot)).toBe('July 2019');
  expect(formatShotZone(shot)).toBe('UTC+09:00, by photos around it');
});

it.each<{ desc: string; fields: Partial<ShotFields>; text: string }>([
  { desc: 'offset and zone', fields: { shotOffsetMinutes: 540, shotZone: 'Asia/Tokyo' }, text: 'UTC+09:00, Asia/Tokyo' },
  { desc: 'a half-hour offset west of Greenwich', fields: { shotOffsetMinutes: -210 }, text: 'UTC−03:30' },
  { desc: 'an offset of zero, which is not the same as none', fields: { shotOffsetMinutes: 0 }, text: 'UTC+00:00' },
  {
    desc: 'a clock that was set to another zone than that of the place',
    fields: { shotAt: '2019-06-15T09:20:31.250Z', shotOffsetMinutes: 540, shotZone: 'Europe/Paris' },
    text: 'UTC+09:00, not the time of the place (Europe/Paris)',
  },
  {
    desc: 'a clock that was set to the time of the place',
    fields: { shotAt: '2019-06-15T16:20:31.250Z', shotOffsetMinutes: 120, shotZone: 'Europe/Paris' },
    text: 'UTC+02:00, Europe/Paris',
  },
  {
    desc: 'an offset that only other photos tell',
    fields: { shotOffsetMinutes: 540, shotOffsetSource: 'neighbours' },
    text: 'UTC+09:00, by photos of the same camera around it',
  },
  { desc: 'neither', fields: {}, text: 'Time zone not recorded; this is the camera’s own clock' },
])('tells the zone: $desc', ({ fields, text }) => {
  expect(formatShotZone(photo({ shotLocal, ...fields }))).toBe(text);
});

it.each([
  { source: 'exif:DateTimeOriginal', text: 'Camera (EXIF DateTimeOriginal)' },
  { source: 'file:name', text: 'The name of the file; the photo itself records none' },
  { source: 'file:mtime', text: 'File date; the photo itself records none' },
  { source: 'xmp:CreateDate', text: 'xmp (CreateDate)' },
  { source: null, text: 'No time recorded' },
])('tells where the time comes from: $source', ({ source, text }) => {
  expect(formatShotSource(source)).toBe(text);
});
