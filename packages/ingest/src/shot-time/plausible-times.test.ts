import { describe, expect, it } from 'vitest';
import { NO_DATE_SOURCES } from '../../test/support/no-date-sources.ts';
import { chooseShotTime, type ShotTimeInput } from './choose-shot-time.ts';

const NOTHING: ShotTimeInput = {
  ...NO_DATE_SOURCES,
  fileModifiedAt: new Date('2024-03-02T10:00:00Z'),
  now: new Date('2026-11-30T12:00:00Z'),
};

function choose(input: Partial<ShotTimeInput>) {
  return chooseShotTime({ ...NOTHING, ...input });
}

/** What is doubted, by source. */
function doubtsOf({ candidates }: ReturnType<typeof choose>): Record<string, string> {
  return Object.fromEntries(candidates.flatMap(({ source, doubt }) => (doubt === undefined ? [] : [[source, doubt]])));
}

const CAMERA = { Make: 'Canon', Model: 'Canon EOS 5D' };
const NAME = '/photos/IMG_20190713_142530.jpg';
const iptc = (dateCreated: string, timeCreated: string | null) => ({
  ...{ objectName: null, headline: null, caption: null, keywords: [] },
  dateCreated,
  timeCreated,
});

describe('a clock that nobody set', () => {
  it.each<{ desc: string; input: Partial<ShotTimeInput>; local: string; source: string }>([
    {
      desc: "Qualcomm's, beside the last change and the name",
      input: { exif: { DateTimeDigitized: '2002:12:08 12:00:00', DateTime: '2019:07:13 14:25:30' }, filePath: NAME },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
    {
      desc: "Qualcomm's, beside the last change alone",
      input: { exif: { DateTimeOriginal: '2002:12:08 12:00:00', DateTime: '2019:07:13 14:25:30' } },
      local: '2019-07-13T14:25:30',
      source: 'exif:DateTime',
    },
    {
      desc: 'zero of Unix as Berlin shows it',
      input: { exif: { DateTimeOriginal: '1970:01:01 01:00:00' }, filePath: NAME },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
    {
      desc: 'zero of Unix as New York shows it',
      input: { exif: { DateTimeOriginal: '1969:12:31 19:00:00', DateTimeDigitized: '2019:07:13 14:25:30' } },
      local: '2019-07-13T14:25:30',
      source: 'exif:DateTimeDigitized',
    },
    {
      desc: 'zero of QuickTime',
      input: { exif: { DateTimeOriginal: '1904:01:01 00:00:00' }, filePath: NAME },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
    {
      desc: 'the first second of 1980',
      input: { exif: { DateTimeOriginal: '1980:01:01 00:00:00', DateTimeDigitized: '1980:01:01 00:00:00' }, filePath: NAME },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
    {
      desc: 'the first second of the year of a camera',
      input: { exif: { ...CAMERA, DateTimeOriginal: '2005:01:01 00:00:00', DateTime: '2019:07:13 14:25:30' } },
      local: '2019-07-13T14:25:30',
      source: 'exif:DateTime',
    },
    {
      desc: 'one that began at the zero of Unix and ran',
      input: { exif: { DateTimeOriginal: '1970:01:01 01:03:27', DateTimeDigitized: '1970:01:01 01:03:27' }, filePath: NAME },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
    {
      desc: 'one of a camera that began in 1980 and ran for days',
      input: { exif: { ...CAMERA, DateTimeOriginal: '1980:01:04 10:12:13', DateTime: '2019:07:13 14:25:30' } },
      local: '2019-07-13T14:25:30',
      source: 'exif:DateTime',
    },
    {
      desc: 'the first second of a year that Takeout was told',
      input: { takeoutTakenAt: new Date('1980-01-01T00:00:00Z'), filePath: NAME },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
    {
      desc: 'one that went into the name as well',
      input: {
        exif: { DateTimeOriginal: '2002:12:08 12:00:00' },
        filePath: 'IMG_20021208_120000.jpg',
        takeoutTakenAt: new Date('2019-07-13T12:25:30Z'),
        position: { latitude: 48.8584, longitude: 2.2945, altitude: null },
      },
      local: '2019-07-13T14:25:30',
      source: 'takeout:photoTakenTime',
    },
    {
      desc: 'one that a program copied to where people write',
      input: {
        exif: { DateTimeOriginal: '1980:01:01 00:00:00' },
        xmp: { 'photoshop:DateCreated': '1980-01-01T00:00:00' },
        iptc: iptc('19800101', '000000'),
        filePath: NAME,
      },
      local: '2019-07-13T14:25:30',
      source: 'file:name',
    },
  ])('yields to what says otherwise: $desc', ({ input, local, source }) => {
    const shot = choose(input);
    expect(shot).toMatchObject({ local, source });
    expect(Object.values(doubtsOf(shot))).toContain('unset-clock');
  });

  it.each<{ desc: string; input: Partial<ShotTimeInput>; local: string; doubts: object }>([
    {
      desc: 'nothing but the time of the file is left',
      input: { exif: { ...CAMERA, DateTimeOriginal: '2002:12:08 12:00:00' } },
      local: '2002-12-08T12:00:00',
      doubts: { 'exif:DateTimeOriginal': 'unset-clock' },
    },
    {
      desc: 'nothing contradicts the first second of a year',
      input: { exif: { ...CAMERA, DateTimeOriginal: '2000:01:01 00:00:00' } },
      local: '2000-01-01T00:00:00',
      doubts: {},
    },
    {
      desc: 'the name says the same day',
      input: { exif: { ...CAMERA, DateTimeOriginal: '2019:01:01 00:00:00' }, filePath: 'IMG_20190101_000000.jpg' },
      local: '2019-01-01T00:00:00',
      doubts: {},
    },
    {
      desc: 'satellites say the same day',
      input: {
        exif: {
          ...{ ...CAMERA, DateTimeOriginal: '2019:01:01 00:00:00', DateTime: '2020:05:05 05:05:05' },
          ...{ GPSDateStamp: '2018:12:31', GPSTimeStamp: [23, 0, 0] },
        },
      },
      local: '2019-01-01T00:00:00',
      doubts: {},
    },
    {
      desc: 'it shows a fraction of a second, so it runs',
      input: {
        exif: { ...CAMERA, DateTimeOriginal: '2019:01:01 00:00:00', SubSecTimeOriginal: '37', DateTime: '2020:05:05 05:05:05' },
      },
      local: '2019-01-01T00:00:00.370',
      doubts: {},
    },
    {
      desc: 'a person dated a picture without a camera by its year, and changed it later',
      input: { exif: { DateTimeOriginal: '1980:01:01 00:00:00', DateTime: '2019:07:13 14:25:30' } },
      local: '1980-01-01T00:00:00',
      doubts: {},
    },
    {
      desc: 'it shows no seconds in the first week of 1970, as people write',
      input: { exif: { DateTimeOriginal: '1970:01:01 15:30:00' }, filePath: 'Holidays 2019-07-13.jpg' },
      local: '1970-01-01T15:30:00',
      doubts: {},
    },
    {
      desc: 'a person dated a scan by its year',
      input: {
        exif: { Make: 'EPSON', Software: 'EPSON Scan', DateTimeOriginal: '1970:01:01 00:00:00', DateTime: '2019:07:13 14:25:30' },
        filePath: NAME,
      },
      local: '1970-01-01T00:00:00',
      doubts: {},
    },
    {
      desc: 'the scan has the name of scans',
      input: { exif: { DateTimeOriginal: '1980:01:01 00:00:00' }, filePath: 'Scan 2019-07-13 14.25.30.tif' },
      local: '1980-01-01T00:00:00',
      doubts: {},
    },
    {
      desc: 'a person says the year where people do',
      input: { xmp: { 'photoshop:DateCreated': '1980-01-01T00:00:00' }, filePath: NAME },
      local: '1980-01-01T00:00:00',
      doubts: {},
    },
  ])('is believed where $desc', ({ input, local, doubts }) => {
    const shot = choose(input);
    expect(shot.local).toBe(local);
    expect(doubtsOf(shot)).toEqual(doubts);
  });
});

describe('what cannot be', () => {
  it.each<{ desc: string; input: Partial<ShotTimeInput>; source: string; doubts: object }>([
    {
      desc: 'a year to come',
      input: { exif: { DateTimeOriginal: '2099:07:13 14:25:30', DateTimeDigitized: '2019:07:13 14:25:30' } },
      source: 'exif:DateTimeDigitized',
      doubts: { 'exif:DateTimeOriginal': 'in-the-future' },
    },
    {
      desc: 'a year far away, whatever it would be for a Buddhist',
      input: { exif: { DateTimeOriginal: '2216:07:13 14:25:30' } },
      source: 'file:mtime',
      doubts: { 'exif:DateTimeOriginal': 'in-the-future' },
    },
    {
      desc: 'the day after tomorrow',
      input: { exif: { DateTimeOriginal: '2026:12:02 12:00:00' }, filePath: NAME },
      source: 'file:name',
      doubts: { 'exif:DateTimeOriginal': 'in-the-future' },
    },
    {
      desc: 'a file of the future',
      input: { fileModifiedAt: new Date('2099-01-01T00:00:00Z'), filePath: NAME },
      source: 'file:name',
      doubts: { 'file:mtime': 'in-the-future' },
    },
    {
      desc: 'a painting, dated where people date',
      input: { xmp: { 'photoshop:DateCreated': '1642' }, exif: { DateTimeDigitized: '2019:07:13 14:25:30' } },
      source: 'exif:DateTimeDigitized',
      doubts: { 'xmp:photoshop:DateCreated': 'before-photography' },
    },
    {
      desc: 'a GPS date that stands for none',
      input: { exif: { GPSDateStamp: '1899:12:30', GPSTimeStamp: [12, 25, 30] } },
      source: 'file:mtime',
      doubts: { 'gps:DateTime': 'before-gps' },
    },
    {
      desc: 'a GPS date of the sixties',
      input: { exif: { GPSDateStamp: '1970:01:01', GPSTimeStamp: [0, 0, 0] }, takeoutTakenAt: new Date('2019-07-13T12:25:30Z') },
      source: 'takeout:photoTakenTime',
      doubts: { 'gps:DateTime': 'before-gps' },
    },
    {
      desc: "Takeout's zero",
      input: { takeoutTakenAt: new Date(0), filePath: NAME },
      source: 'file:name',
      doubts: { 'takeout:photoTakenTime': 'zero-time' },
    },
    {
      desc: "Takeout's zero beside the time of the file alone",
      input: { takeoutTakenAt: new Date(0) },
      source: 'file:mtime',
      doubts: { 'takeout:photoTakenTime': 'zero-time' },
    },
  ])('is passed over, and shown with the reason: $desc', ({ input, source, doubts }) => {
    const shot = choose(input);
    expect(shot.source).toBe(source);
    expect(doubtsOf(shot)).toEqual(doubts);
  });

  it.each<{ desc: string; input: Partial<ShotTimeInput>; source: string }>([
    { desc: 'tomorrow', input: { exif: { DateTimeOriginal: '2026:12:01 23:00:00' } }, source: 'exif:DateTimeOriginal' },
    { desc: 'an early photograph', input: { xmp: { 'photoshop:DateCreated': '1839-08' } }, source: 'xmp:photoshop:DateCreated' },
    {
      desc: 'a Takeout of the first second of a year that nothing contradicts',
      input: { takeoutTakenAt: new Date('2000-01-01T00:00:00Z') },
      source: 'takeout:photoTakenTime',
    },
    {
      desc: 'a Takeout from before 1970',
      input: { takeoutTakenAt: new Date('1962-04-12T10:00:00Z') },
      source: 'takeout:photoTakenTime',
    },
    {
      desc: 'today, where the computer believes that it is 1970',
      input: { exif: { DateTimeOriginal: '2019:07:13 14:25:30' }, now: new Date(86_400_000) },
      source: 'exif:DateTimeOriginal',
    },
  ])('does not include $desc', ({ input, source }) => {
    const shot = choose(input);
    expect(shot.source).toBe(source);
    expect(doubtsOf(shot)).toEqual({});
  });

  it('says nothing where nothing can be', () => {
    expect(choose({ fileModifiedAt: new Date('2099-01-01T00:00:00Z') })).toMatchObject({ at: null, local: null, source: null });
  });
});

/** 1024 weeks before 2019-11-03. */
const BEHIND = { GPSDateStamp: '2000:03:19', GPSTimeStamp: [12, 25, 30] };

describe('a GPS receiver that missed a rollover of the weeks', () => {
  const at = new Date('2019-11-03T12:25:30Z');

  it.each<{ desc: string; input: Partial<ShotTimeInput>; source: string }>([
    {
      desc: 'the clock',
      input: { exif: { ...BEHIND, DateTimeOriginal: '2019:11:03 13:25:31' } },
      source: 'exif:DateTimeOriginal',
    },
    { desc: 'the name', input: { exif: BEHIND, filePath: 'IMG-20191103-WA0001.jpg' }, source: 'gps:DateTime' },
    { desc: 'the file', input: { exif: BEHIND, fileModifiedAt: new Date('2019-11-03T12:25:32Z') }, source: 'gps:DateTime' },
  ])('is set right where $desc agrees', ({ input, source }) => {
    const shot = choose(input);
    expect(shot.source).toBe(source);
    expect(shot.candidates).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: 'gps:DateTime', at }),
        expect.objectContaining({ source: 'uncorrected:gps:DateTime', at: new Date('2000-03-19T12:25:30Z') }),
      ]),
    );
  });

  it('tells the offset of the clock again', () => {
    expect(choose({ exif: { ...BEHIND, DateTimeOriginal: '2019:11:03 13:25:31' } })).toMatchObject({
      offsetMinutes: 60,
      offsetSource: 'gps',
    });
  });

  it('is not believed where nothing agrees, for photos had no GPS dates then', () => {
    expect(choose({ exif: BEHIND }).source).toBe('file:mtime');
    expect(doubtsOf(choose({ exif: BEHIND }))).toEqual({ 'gps:DateTime': 'before-gps' });
  });

  it('is one that did not where something agrees with it as it stands, or nothing with either', () => {
    const exif = { GPSDateStamp: '2006:01:01', GPSTimeStamp: [12, 25, 30] };
    const inTwoThousandSix = new Date('2006-01-01T12:25:30Z');
    const later = new Date('2025-08-17T12:00:00Z');
    expect(choose({ exif: { ...exif, DateTime: '2006:01:01 13:25:30' }, fileModifiedAt: later }).at).toEqual(inTwoThousandSix);
    expect(choose({ exif }).at).toEqual(inTwoThousandSix);
  });
});

describe('two sources that agree', () => {
  const gps = { GPSDateStamp: '2019:07:13', GPSTimeStamp: [12, 25, 30] };

  it.each<{ desc: string; input: Partial<ShotTimeInput>; source: string }>([
    {
      desc: 'name and last change, of one moment, against when it became digital',
      input: { exif: { DateTimeDigitized: '2003:04:05 06:07:08', DateTime: '2019:07:13 14:25:31' }, filePath: NAME },
      source: 'file:name',
    },
    {
      desc: 'satellites and the name against a clock that ran from a wrong start',
      input: { exif: { ...CAMERA, ...gps, DateTimeOriginal: '2005:01:03 07:12:44' }, filePath: NAME },
      source: 'gps:DateTime',
    },
    {
      desc: 'satellites and Takeout against copies of such a clock as well',
      input: {
        exif: { ...CAMERA, ...gps, DateTimeOriginal: '2005:01:03 07:12:44', DateTimeDigitized: '2005:01:03 07:12:44' },
        xmp: { 'photoshop:DateCreated': '2005-01-03T07:12:44' },
        takeoutTakenAt: new Date('2019-07-13T12:25:30Z'),
      },
      source: 'gps:DateTime',
    },
  ])('beat one: $desc', ({ input, source }) => {
    const shot = choose(input);
    expect(shot.source).toBe(source);
    expect(Object.values(doubtsOf(shot))).toContain('outvoted');
  });

  it.each<{ desc: string; exif: Partial<ShotTimeInput>['exif'] & object }>([
    { desc: 'dated without seconds', exif: { ...CAMERA, ...gps, DateTimeOriginal: '1985:04:02 15:00:00' } },
    {
      desc: 'dated in one clock of two',
      exif: { ...CAMERA, ...gps, DateTimeOriginal: '1985:04:02 15:16:17', DateTimeDigitized: '2019:07:13 14:25:30' },
    },
    { desc: 'scanned', exif: { ...gps, Model: 'CanoScan', DateTimeOriginal: '1985:04:02 15:16:17' } },
    { desc: 'dated in a picture of no camera', exif: { ...gps, DateTimeOriginal: '1985:04:02 15:16:17' } },
  ])('leave to people what they dated: a print that was $desc', ({ exif }) => {
    const shot = choose({ exif, filePath: NAME });
    expect(shot.source).toBe('exif:DateTimeOriginal');
    expect(doubtsOf(shot)).toEqual({});
  });

  it('are no more than one where they are a day apart, or one of them was made later', () => {
    const exif = { DateTimeDigitized: '2003:04:05 06:07:08', DateTime: '2019:07:15 14:25:31' };
    expect(choose({ exif, filePath: NAME }).source).toBe('exif:DateTimeDigitized');
  });
});
