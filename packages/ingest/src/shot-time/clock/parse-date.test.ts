import { describe, expect, it } from 'vitest';
import { parseDate, parseIptcDate } from './parse-date.ts';

describe('parseDate', () => {
  it.each([
    { desc: 'EXIF', text: '2019:07:13 14:25:30', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: null },
    {
      desc: 'XMP with fraction and offset',
      text: '2019-07-13T14:25:30.12+02:00',
      local: '2019-07-13T14:25:30.120',
      precision: 'subsecond',
      offsetMinutes: 120,
    },
    { desc: 'XMP in UTC', text: '2019-07-13T14:25:30Z', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: 0 },
    {
      desc: 'a western half-hour offset',
      text: '2019:07:13 14:25:30-03:30',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: -210,
    },
    { desc: 'no seconds', text: '2019-07-13T14:25', local: '2019-07-13T14:25:00', precision: 'minute', offsetMinutes: null },
    { desc: 'a day', text: '2019-07-13', local: '2019-07-13T00:00:00', precision: 'day', offsetMinutes: null },
    { desc: 'a month', text: '2019-07', local: '2019-07-01T00:00:00', precision: 'month', offsetMinutes: null },
    { desc: 'a year', text: '2019', local: '2019-01-01T00:00:00', precision: 'year', offsetMinutes: null },
    {
      desc: 'unknown day and time as zeros',
      text: '2004:05:00 00:00:00',
      local: '2004-05-01T00:00:00',
      precision: 'month',
      offsetMinutes: null,
    },
    {
      desc: 'unknown parts as blanks',
      text: '2004:05:  :  :  ',
      local: '2004-05-01T00:00:00',
      precision: 'month',
      offsetMinutes: null,
    },
    { desc: 'slashes', text: '2003/08/12 10:11:12', local: '2003-08-12T10:11:12', precision: 'second', offsetMinutes: null },
    {
      desc: 'blanks instead of leading zeros',
      text: '2003:08:12 10: 1: 2',
      local: '2003-08-12T10:01:02',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'a trailing NUL',
      text: '2003:08:12 10:11:12\0',
      local: '2003-08-12T10:11:12',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'rubbish behind it',
      text: '2021:08:19 18:48:53A',
      local: '2021-08-19T18:48:53',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'hour 24 of some phones',
      text: '2019:06:12 24:10:11',
      local: '2019-06-12T00:10:11',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'mail style of PNG',
      text: 'Sat, 13 Jul 2019 14:25:30 +0200',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: 120,
    },
    {
      desc: 'mail style in GMT',
      text: '13 Jul 2019 14:25:30 GMT',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: 0,
    },
    {
      desc: 'blanks for the time alone',
      text: '2019:07:13   :  :  ',
      local: '2019-07-13T00:00:00',
      precision: 'day',
      offsetMinutes: null,
    },
    {
      desc: 'UTC behind EXIF',
      text: '2019:07:13 14:25:30 UTC',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: 0,
    },
    { desc: 'a leap day', text: '2020:02:29 00:00:00', local: '2020-02-29T00:00:00', precision: 'second', offsetMinutes: null },
  ])('reads $desc: $text', ({ text, local, precision, offsetMinutes }) => {
    expect(parseDate(text)).toEqual({ local, precision, offsetMinutes });
  });

  it.each([
    ['2017:02:24 09:02:31 PM', '2017-02-24T21:02:31'],
    ['2017:02:24 09:02:31PM', '2017-02-24T21:02:31'],
    ['2017:02:24 9:02:31 p.m.', '2017-02-24T21:02:31'],
    ['2017:02:24 12:02:31 AM', '2017-02-24T00:02:31'],
    ['2017:02:24 12:02:31 PM', '2017-02-24T12:02:31'],
    ['2017:02:24 21:02:31 PM', '2017-02-24T21:02:31'],
    ['2017:02:24 下午 09:02:31', '2017-02-24T21:02:31'],
    ['2017:02:24 午前 12:02:31', '2017-02-24T00:02:31'],
    ['2017:02:24 오후 9:02:31', '2017-02-24T21:02:31'],
    ['2017:02:24 09:02:31 م', '2017-02-24T21:02:31'],
    ['2017:02:24 09:02:31 μ.μ.', '2017-02-24T21:02:31'],
  ])('knows the half of the day in %s', (text, local) => {
    expect(parseDate(text)).toEqual({ local, precision: 'second', offsetMinutes: null });
  });

  it.each([
    ['C', 'Sat Feb 04 18:44:14 2006', null],
    ['C, padded with a blank', 'Sat Feb  4 18:44:14 2006', null],
    ['Java', 'Sat Feb 04 18:44:14 GMT+08:00 2006', 480],
    ['Java with the name of a zone, which may be one of several', 'Sat Feb 04 18:44:14 IST 2006', null],
    ['JavaScript', 'Sat Feb 04 2006 18:44:14 GMT+0100 (CET)', 60],
    ['English', 'Saturday, February 4, 2006 6:44:14 PM', null],
    ['EXIF with a weekday', '2006:02:04 Sat 18:44:14', null],
    ['months between dashes', '04-Feb-2006 18:44:14', null],
  ])('reads the months and weekdays of %s', (_, text, offsetMinutes) => {
    expect(parseDate(text)).toEqual({ local: '2006-02-04T18:44:14', precision: 'second', offsetMinutes });
  });

  it.each([
    ['Arabic-Indic', '٢٠١٧:٠٢:٢٤ ٢١:٠٢:٣١'],
    ['Persian', '۲۰۱۷:۰۲:۲۴ ۲۱:۰۲:۳۱'],
    ['Devanagari', '२०१७:०२:२४ २१:०२:३१'],
    ['Thai digits of a Buddhist year', '๒๕๖๐:๐๒:๒๔ ๒๑:๐๒:๓๑'],
    ['full-width', '２０１７：０２：２４ ２１：０２：３１'],
    ['marked as written from the right', '\u200f2017:02:24 21:02:31\u200e'],
  ])('reads digits that are %s: %s', (_, text) => {
    expect(parseDate(text)).toEqual({ local: '2017-02-24T21:02:31', precision: 'second', offsetMinutes: null });
  });

  it.each([
    ['2560:02:24 21:02:31', '2017-02-24T21:02:31'],
    ['2559:02:29 21:02:31', '2016-02-29T21:02:31'],
    ['2099:02:24 21:02:31', '2099-02-24T21:02:31'],
    ['2216:02:24 21:02:31', '2216-02-24T21:02:31'],
  ])('takes years for Buddhist only where they can be: %s', (text, local) => {
    expect(parseDate(text)).toMatchObject({ local });
  });

  it.each(['2017:02:24 21:02:60', '2017:02:24 21:02:91', '2017-02-24T21:02:99+01:00', 'Fri Feb 24 21:02:61 2017'])(
    'believes the day alone beside a second that no clock has: %s',
    (text) => {
      expect(parseDate(text)).toEqual({ local: '2017-02-24T00:00:00', precision: 'day', offsetMinutes: null });
    },
  );

  it.each([
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '2019:13:01 00:00:00',
    '2019:02:30 00:00:00',
    '2019:02:29 00:00:00',
    '2019:07:13 25:00:00',
    '2019:07:13 10:61:00',
    '275760-09-13T00:00:00',
    '0999-01-01',
    'yesterday',
    '',
  ])('refuses %j', (text) => {
    expect(parseDate(text)).toBeNull();
  });

  it('takes no offset that no place on earth has', () => {
    expect(parseDate('2019:07:13 14:25:30+25:00')).toMatchObject({ local: '2019-07-13T14:25:30', offsetMinutes: null });
  });
});

describe('parseIptcDate', () => {
  it.each([
    { date: '20190713', time: '142530+0200', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: 120 },
    { date: '20190713', time: '142530', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: null },
    { date: '20190713', time: null, local: '2019-07-13T00:00:00', precision: 'day', offsetMinutes: null },
    { date: '20190713', time: '142530+0000', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: null },
    { date: '20190713', time: '142591+0200', local: '2019-07-13T00:00:00', precision: 'day', offsetMinutes: null },
    { date: '20190713', time: '000000+0000', local: '2019-07-13T00:00:00', precision: 'day', offsetMinutes: null },
  ])('reads $date and $time', ({ date, time, local, precision, offsetMinutes }) => {
    expect(parseIptcDate(date, time)).toEqual({ local, precision, offsetMinutes });
  });

  it('knows that zeros stand for what is unknown', () => {
    expect(parseIptcDate('20190700', null)).toMatchObject({ local: '2019-07-01T00:00:00', precision: 'month' });
  });

  it('refuses a time without a date', () => {
    expect(parseIptcDate(null, '142530')).toBeNull();
  });
});
