import { describe, expect, it } from 'vitest';
import { NO_DATE_SOURCES } from '../../test/support/no-date-sources.ts';
import type { ExifTags } from '../tags/read-exif.ts';
import { chooseShotTime, type ShotTimeInput } from './choose-shot-time.ts';

const PARIS = { latitude: 48.8584, longitude: 2.2945, altitude: null };

function choose(input: Partial<ShotTimeInput>) {
  return chooseShotTime({ ...NO_DATE_SOURCES, ...input });
}

const original: ExifTags = { DateTimeOriginal: '2019:07:13 14:25:30' };

describe('chooseShotTime', () => {
  it('claims no instant and no zone when no offset is known', () => {
    expect(choose({ exif: original })).toMatchObject({
      at: null,
      local: '2019-07-13T14:25:30',
      offsetMinutes: null,
      zone: null,
      source: 'exif:DateTimeOriginal',
      precision: 'second',
    });
  });

  it('takes the offset and the fraction of the same clock', () => {
    const exif = { ...original, OffsetTimeOriginal: '+09:00', SubSecTimeOriginal: '05' };
    expect(choose({ exif })).toMatchObject({
      at: new Date('2019-07-13T05:25:30.050Z'),
      local: '2019-07-13T14:25:30.050',
      offsetMinutes: 540,
      zone: null,
      precision: 'subsecond',
    });
  });

  it('takes OffsetTime when the photo was not changed since, and not when an editor wrote it', () => {
    const unchanged = { ...original, DateTime: '2019:07:13 14:25:30', OffsetTime: '+02:00' };
    expect(choose({ exif: unchanged }).offsetMinutes).toBe(120);
    expect(choose({ exif: { ...original, OffsetTime: '+02:00' } }).offsetMinutes).toBe(120);
    const edited = { ...original, DateTime: '2020:01:01 08:00:00', OffsetTime: '-05:00' };
    expect(choose({ exif: edited })).toMatchObject({ offsetMinutes: null, at: null });
  });

  it('works the offset out of the GPS fix of the same moment', () => {
    const exif = { ...original, GPSDateStamp: '2019:07:13', GPSTimeStamp: [8, 40, 12] };
    expect(choose({ exif })).toMatchObject({ offsetMinutes: 345, at: new Date('2019-07-13T08:40:30Z'), zone: null });
  });

  it('reads the whole hours of older cameras, and keeps those of the last change apart', () => {
    expect(choose({ exif: { ...original, TimeZoneOffset: [-7, 2] } })).toMatchObject({
      offsetMinutes: -420,
      offsetSource: 'tag',
    });
    expect(choose({ exif: { ...original, TimeZoneOffset: 9 } })).toMatchObject({ offsetMinutes: 540 });
    expect(choose({ exif: { ...original, TimeZoneOffset: 99 } })).toMatchObject({ offsetMinutes: null });
    expect(choose({ exif: { DateTime: '2019:07:13 14:25:30', TimeZoneOffset: 9 } })).toMatchObject({ offsetMinutes: null });
  });

  it('says what told the offset', () => {
    const takeoutTakenAt = new Date('2019-07-13T12:25:30Z');
    const fix = { GPSDateStamp: '2019:07:13', GPSTimeStamp: [8, 40, 12] };
    expect(choose({ exif: { ...original, OffsetTimeOriginal: '+02:00' } }).offsetSource).toBe('tag');
    expect(choose({ exif: { ...original, ...fix }, position: PARIS }).offsetSource).toBe('gps');
    expect(choose({ exif: original, position: PARIS, takeoutTakenAt }).offsetSource).toBe('zone');
    expect(choose({ exif: original, takeoutTakenAt }).offsetSource).toBe('takeout');
    expect(choose({ exif: original }).offsetSource).toBeNull();
  });

  it('knows the zone of a position even where only the day is known', () => {
    expect(choose({ filePath: 'IMG-20190713-WA0001.jpg', position: PARIS })).toMatchObject({
      at: null,
      offsetMinutes: null,
      zone: 'Europe/Paris',
    });
  });

  it('takes no offset from an old fix that no place on earth would have', () => {
    const old = { ...original, GPSDateStamp: '2019:07:13', GPSTimeStamp: [12, 10, 30] };
    expect(choose({ exif: old }).offsetMinutes).toBeNull();
  });

  it('takes no offset from a fix of another moment', () => {
    const exif = { ...original, GPSDateStamp: '2018:01:18', GPSTimeStamp: [5, 39, 32] };
    expect(choose({ exif }).offsetMinutes).toBeNull();
    const drifting = { ...original, GPSDateStamp: '2019:07:13', GPSTimeStamp: [12, 18, 0] };
    expect(choose({ exif: drifting }).offsetMinutes).toBeNull();
  });

  it('knows the zone, and by it the offset, from the position', () => {
    expect(choose({ exif: original, position: PARIS })).toMatchObject({
      at: new Date('2019-07-13T12:25:30Z'),
      offsetMinutes: 120,
      zone: 'Europe/Paris',
    });
  });

  it('names the zone of the place also where the camera kept the time of home', () => {
    const exif = { ...original, OffsetTimeOriginal: '+09:00' };
    expect(choose({ exif, position: PARIS })).toMatchObject({ offsetMinutes: 540, zone: 'Europe/Paris' });
  });

  it('ranks Takeout and sidecars behind the photo itself and before names', () => {
    const takeoutTakenAt = new Date('2019-07-13T12:25:30Z');
    const sidecarXmp = { 'xmp:CreateDate': '2018-01-01T00:00:00' };
    const filePath = 'IMG-20170101-WA0001.jpg';
    const sources = choose({ exif: original, takeoutTakenAt, sidecarXmp, filePath }).candidates.map(({ source }) => source);
    expect(sources).toEqual(['exif:DateTimeOriginal', 'takeout:photoTakenTime', 'sidecar:xmp:CreateDate', 'file:name']);
    expect(choose({ takeoutTakenAt, position: PARIS })).toMatchObject({
      at: takeoutTakenAt,
      local: '2019-07-13T14:25:30',
      zone: 'Europe/Paris',
    });
  });

  it('takes the offset that Takeout implies, unless Google took the wall clock for UTC', () => {
    expect(choose({ exif: original, takeoutTakenAt: new Date('2019-07-13T12:25:30Z') })).toMatchObject({ offsetMinutes: 120 });
    expect(choose({ exif: original, takeoutTakenAt: new Date('2019-07-13T14:25:30Z') })).toMatchObject({
      offsetMinutes: null,
      at: null,
    });
  });

  it('keeps every candidate, best first', () => {
    const { candidates } = choose({
      exif: { DateTimeDigitized: '2019:07:14 00:00:01', DateTime: '2021:01:01 00:00:00' },
      xmp: { 'photoshop:DateCreated': '1985-04' },
      filePath: 'IMG_20190713_142530.jpg',
      fileModifiedAt: new Date('2022-02-02T02:02:02Z'),
    });
    expect(candidates.map(({ source, local }) => [source, local])).toEqual([
      ['xmp:photoshop:DateCreated', '1985-04-01T00:00:00'],
      ['exif:DateTimeDigitized', '2019-07-14T00:00:01'],
      ['file:name', '2019-07-13T14:25:30'],
      ['exif:DateTime', '2021-01-01T00:00:00'],
      ['file:mtime', null],
    ]);
  });

  it('prefers the time of the day to the bare day', () => {
    const iptc = {
      objectName: null,
      headline: null,
      caption: null,
      keywords: [],
      dateCreated: '20061029',
      timeCreated: '062751-0500',
    };
    expect(choose({ xmp: { 'photoshop:DateCreated': '2006-10-29' }, iptc })).toMatchObject({
      local: '2006-10-29T06:27:51',
      source: 'iptc:DateCreated',
      offsetMinutes: -300,
    });
  });

  it('passes over impossible dates', () => {
    const exif = { DateTimeOriginal: '0000:00:00 00:00:00', DateTimeDigitized: '2019:13:40 00:00:00' };
    expect(choose({ exif, filePath: 'IMG-20190713-WA0001.jpg' })).toMatchObject({ source: 'file:name', precision: 'day' });
  });

  it('treats a name in UTC as an instant whose wall clock only the position tells', () => {
    const filePath = 'PXL_20210520_123456789.jpg';
    expect(choose({ filePath })).toMatchObject({ at: new Date('2021-05-20T12:34:56.789Z'), local: null, offsetMinutes: null });
    expect(choose({ filePath, position: PARIS })).toMatchObject({
      local: '2021-05-20T14:34:56.789',
      offsetMinutes: 120,
      zone: 'Europe/Paris',
    });
  });

  it('falls back to the time of the file, an instant without a wall clock', () => {
    const fileModifiedAt = new Date('2022-02-02T02:02:02Z');
    expect(choose({ fileModifiedAt })).toMatchObject({
      at: fileModifiedAt,
      local: null,
      offsetMinutes: null,
      source: 'file:mtime',
      precision: 'second',
    });
  });

  it('says nothing when nothing is known', () => {
    expect(choose({})).toEqual({
      at: null,
      local: null,
      offsetMinutes: null,
      offsetSource: null,
      zone: null,
      source: null,
      precision: null,
      candidates: [],
    });
  });
});
