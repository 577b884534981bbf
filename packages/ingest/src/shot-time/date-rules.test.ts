import { describe, expect, it } from 'vitest';
import type { ExifTags } from '../tags/read-exif.ts';
import { chooseShotTime, type ShotTimeInput } from './choose-shot-time.ts';
import type { DateRules } from './rules/date-rules.ts';
import { parseDateRules } from './rules/parse-date-rules.ts';

const CANON: ExifTags = {
  Make: 'Canon',
  Model: 'Canon EOS 5D',
  BodySerialNumber: '0420',
  DateTimeOriginal: '2019:07:13 14:25:30',
};
const PARIS = { latitude: 48.8584, longitude: 2.2945, altitude: null };

function choose(rules: DateRules, input: Partial<ShotTimeInput> = {}) {
  const defaults = { xmp: {}, iptc: null, text: {}, sidecarXmp: {}, takeoutTakenAt: null, fileModifiedAt: null, position: null };
  return chooseShotTime({ exif: CANON, filePath: null, ...defaults, ...input, rules: parseDateRules(rules) });
}

function sources(shot: ReturnType<typeof choose>): string[] {
  return shot.candidates.map(({ source }) => source);
}

describe('the order of sources', () => {
  const input = { filePath: 'IMG_20180101_000000.jpg', fileModifiedAt: new Date('2022-02-02T02:02:02Z') };

  it('puts what a person trusts most first, and the rest behind as usual', () => {
    const shot = choose({ order: ['file:name'] }, input);
    expect(shot).toMatchObject({ local: '2018-01-01T00:00:00', source: 'file:name' });
    expect(sources(shot)).toEqual(['file:name', 'exif:DateTimeOriginal', 'file:mtime']);
    expect(sources(choose({ order: ['file:*'] }, input))).toEqual(['file:name', 'file:mtime', 'exif:DateTimeOriginal']);
  });

  it('trusts a source, not what is implausible in it', () => {
    const exif = { DateTimeOriginal: '2002:12:08 12:00:00' };
    expect(choose({ order: ['exif:*'] }, { ...input, exif })).toMatchObject({ source: 'file:name' });
  });

  it('never chooses what is ignored, and still shows it', () => {
    const shot = choose({ ignore: ['exif:*', 'file:mtime'] }, input);
    expect(shot.source).toBe('file:name');
    expect(sources(shot)).toEqual(['file:name', 'exif:DateTimeOriginal', 'file:mtime']);
    expect(choose({ ignore: ['*:*', 'exif:*', 'file:*'].slice(1) }, input)).toMatchObject({
      source: null,
      at: null,
      local: null,
    });
  });
});

describe("a person's own names", () => {
  it.each([
    {
      desc: 'Nokia, whose days come first',
      rule: { pattern: '^(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d{4})\\d{3}\\.' },
      filePath: '/photos/13072009001.jpg',
      local: '2009-07-13T00:00:00',
      offsetMinutes: null,
    },
    {
      desc: 'two digits of the year, and halves of the day',
      rule: { pattern: '(?<month>\\d\\d)(?<day>\\d\\d)(?<year>\\d\\d) (?<hour>\\d\\d)(?<minute>\\d\\d)(?<half>[ap])' },
      filePath: '/photos/071398 0225p.jpg',
      local: '1998-07-13T14:25:00',
      offsetMinutes: null,
    },
    {
      desc: 'the day in folders',
      rule: { pattern: '/(?<year>\\d{4})/(?<month>\\d\\d)/(?<day>\\d\\d) [^/]*/', in: 'path' as const },
      filePath: '/photos/2009/07/13 Rome/DSC_0042.jpg',
      local: '2009-07-13T00:00:00',
      offsetMinutes: null,
    },
  ])('reads $desc', ({ rule, filePath, local, offsetMinutes }) => {
    expect(choose({ fileNames: [rule] }, { exif: {}, filePath })).toMatchObject({ local, offsetMinutes, source: 'file:name' });
  });

  it('counts in UTC where the rule says so, or in seconds since 1970', () => {
    const utc = { pattern: '^cam-(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)T(?<hour>\\d\\d)(?<minute>\\d\\d)', utc: true };
    const at = new Date('2019-07-13T12:25:00Z');
    expect(choose({ fileNames: [utc] }, { exif: {}, filePath: 'cam-20190713T1225.jpg', position: PARIS })).toMatchObject({
      at,
      local: '2019-07-13T14:25:00',
      zone: 'Europe/Paris',
    });
    const seconds = { pattern: '^s(?<seconds>\\d{10})\\.' };
    expect(choose({ fileNames: [seconds] }, { exif: {}, filePath: `s${at.getTime() / 1000}.jpg` })).toMatchObject({
      at,
      local: null,
    });
  });

  it('leaves other names, and impossible dates, to the patterns that are built in', () => {
    const rule = { pattern: '^IMG_(?<year>\\d{4})(?<day>\\d\\d)(?<month>\\d\\d)' };
    expect(choose({ fileNames: [rule] }, { exif: {}, filePath: 'IMG_20190713_142530.jpg' })).toMatchObject({
      local: '2019-07-13T14:25:30',
    });
  });
});

describe('the clock of a camera that was wrong', () => {
  it('is set right, and what it showed stays visible', () => {
    const shot = choose({ clocks: [{ make: 'canon', shift: '-00:04:30' }] });
    expect(shot).toMatchObject({ local: '2019-07-13T14:21:00', source: 'exif:DateTimeOriginal', offsetMinutes: null });
    expect(shot.candidates).toMatchObject([
      { source: 'exif:DateTimeOriginal', local: '2019-07-13T14:21:00' },
      { source: 'uncorrected:exif:DateTimeOriginal', local: '2019-07-13T14:25:30' },
    ]);
  });

  it('is set right by years, after its battery was empty', () => {
    const exif = { ...CANON, DateTimeOriginal: '2000:01:01 00:10:30' };
    expect(choose({ clocks: [{ model: 'Canon EOS 5D', to: '2000-12-31', shift: '+7133d 14:15' }] }, { exif })).toMatchObject({
      local: '2019-07-13T14:25:30',
    });
  });

  it('gets the offset that it was set to', () => {
    expect(choose({ clocks: [{ serial: '0420', offset: '+09:00' }] }, { position: PARIS })).toMatchObject({
      at: new Date('2019-07-13T05:25:30Z'),
      offsetMinutes: 540,
      offsetSource: 'rule',
      zone: 'Europe/Paris',
    });
  });

  it('gets its offset from the position after it was set right', () => {
    expect(choose({ clocks: [{ make: 'Canon', shift: '-06:00' }] }, { position: PARIS })).toMatchObject({
      local: '2019-07-13T08:25:30',
      at: new Date('2019-07-13T06:25:30Z'),
      zone: 'Europe/Paris',
    });
  });

  it.each([
    { desc: 'another camera', rule: { make: 'Nikon' } },
    { desc: 'another body of the kind', rule: { model: 'Canon EOS 5D', serial: '0815' } },
    { desc: 'a time before', rule: { make: 'Canon', to: '2019-07-12' } },
    { desc: 'a time after', rule: { make: 'Canon', from: '2019-07-13T14:26' } },
  ])('is left alone by a rule for $desc', ({ rule }) => {
    expect(choose({ clocks: [{ ...rule, shift: '+01:00' }] }).local).toBe('2019-07-13T14:25:30');
  });

  it('counts the last day and the last minute whole', () => {
    expect(choose({ clocks: [{ make: 'Canon', to: '2019-07-13', shift: '+01:00' }] }).local).toBe('2019-07-13T15:25:30');
    expect(choose({ clocks: [{ make: 'Canon', to: '2019-07-13T14:25', shift: '+01:00' }] }).local).toBe('2019-07-13T15:25:30');
  });

  it('does not touch what others wrote', () => {
    const sidecarXmp = { 'exif:DateTimeOriginal': '2019-07-13T14:20:00' };
    const shot = choose({ order: ['sidecar:*'], clocks: [{ make: 'Canon', shift: '+01:00' }] }, { sidecarXmp });
    expect(shot).toMatchObject({ local: '2019-07-13T14:20:00', source: 'sidecar:exif:DateTimeOriginal' });
  });
});

describe('the zone of a folder or camera', () => {
  const rules: DateRules = {
    zones: [
      { folder: '2019/Japan', zone: 'Asia/Tokyo' },
      { make: 'Canon', zone: 'America/New_York' },
    ],
  };

  it('gives zone, offset and instant where nothing else does', () => {
    expect(choose(rules, { filePath: '/photos/2019/Japan/Kyoto/DSC_0042.jpg' })).toMatchObject({
      at: new Date('2019-07-13T05:25:30Z'),
      offsetMinutes: 540,
      offsetSource: 'rule',
      zone: 'Asia/Tokyo',
    });
    expect(choose(rules, { filePath: '/photos/2019/Japanese garden/DSC_0042.jpg' })).toMatchObject({ zone: 'America/New_York' });
  });

  it('knows a folder in either spelling of Unicode', () => {
    const folder = 'Zürich'.normalize('NFC');
    const filePath = `/photos/${folder.normalize('NFD')}/DSC_0042.jpg`;
    expect(choose({ zones: [{ folder, zone: 'Europe/Zurich' }] }, { filePath }).zone).toBe('Europe/Zurich');
  });

  it('yields to an offset of the camera and to the position', () => {
    const exif = { ...CANON, OffsetTimeOriginal: '+02:00' };
    expect(choose(rules, { exif })).toMatchObject({ offsetMinutes: 120, offsetSource: 'tag', zone: null });
    expect(choose(rules, { position: PARIS })).toMatchObject({ offsetMinutes: 120, offsetSource: 'zone', zone: 'Europe/Paris' });
  });

  it('tells the wall clock of an instant', () => {
    const shot = choose(rules, { exif: {}, filePath: 'photos/2019/Japan/PXL_20190713_052530000.jpg' });
    expect(shot).toMatchObject({ local: '2019-07-13T14:25:30', zone: 'Asia/Tokyo', offsetSource: 'rule' });
  });
});
