import { describe, expect, it } from 'vitest';
import { NO_DATE_SOURCES } from '../../test/support/no-date-sources.ts';
import { chooseShotTime, type ShotTimeInput } from './choose-shot-time.ts';

function choose(input: Partial<ShotTimeInput>) {
  return chooseShotTime({ ...NO_DATE_SOURCES, ...input });
}

describe('a sidecar', () => {
  const exif = { Make: 'Canon', DateTimeOriginal: '2019:07:13 14:25:30', OffsetTimeOriginal: '+02:00', SubSecTimeOriginal: '05' };

  it.each<{ desc: string; sidecarXmp: ShotTimeInput['sidecarXmp'] }>([
    { desc: 'another day', sidecarXmp: { 'exif:DateTimeOriginal': '2018-07-13T14:25:30' } },
    { desc: 'another hour', sidecarXmp: { 'exif:DateTimeOriginal': '2019-07-13T15:25:30' } },
    { desc: 'another offset', sidecarXmp: { 'exif:DateTimeOriginal': '2019-07-13T14:25:30+09:00' } },
    { desc: 'the year of a print', sidecarXmp: { 'photoshop:DateCreated': '1985' } },
  ])('that says $desc was corrected by a person, and beats the camera', ({ sidecarXmp }) => {
    expect(choose({ exif, sidecarXmp }).source).toMatch(/^sidecar:/);
  });

  it.each<{ desc: string; sidecarXmp: ShotTimeInput['sidecarXmp'] }>([
    { desc: 'with less of the second', sidecarXmp: { 'exif:DateTimeOriginal': '2019-07-13T14:25:30' } },
    { desc: 'as the same moment in UTC', sidecarXmp: { 'exif:DateTimeOriginal': '2019-07-13T12:25:30Z' } },
    { desc: 'as the day alone', sidecarXmp: { 'photoshop:DateCreated': '2019-07-13' } },
  ])('that repeats what the camera wrote, $desc, leaves it as it is', ({ sidecarXmp }) => {
    expect(choose({ exif, sidecarXmp })).toMatchObject({ source: 'exif:DateTimeOriginal', offsetMinutes: 120 });
  });

  it('that says it in UTC repeats a clock of unknown offset, too', () => {
    const sidecarXmp = { 'exif:DateTimeOriginal': '2019-07-13T12:25:30Z' };
    expect(choose({ exif: { DateTimeOriginal: '2019:07:13 14:25:30' }, sidecarXmp }).source).toBe('exif:DateTimeOriginal');
  });

  it('says of a picture that it became digital, and nothing of the shot', () => {
    expect(choose({ exif, sidecarXmp: { 'xmp:CreateDate': '2020-01-02T03:04:05' } }).source).toBe('exif:DateTimeOriginal');
  });

  it('is passed over where it cannot be', () => {
    expect(choose({ exif, sidecarXmp: { 'exif:DateTimeOriginal': '2099-01-02T03:04:05' } }).source).toBe('exif:DateTimeOriginal');
  });
});
