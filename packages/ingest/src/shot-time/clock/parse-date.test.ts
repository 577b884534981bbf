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
    { desc: 'a leap day', text: '2020:02:29 00:00:00', local: '2020-02-29T00:00:00', precision: 'second', offsetMinutes: null },
  ])('reads $desc: $text', ({ text, local, precision, offsetMinutes }) => {
    expect(parseDate(text)).toEqual({ local, precision, offsetMinutes });
  });

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
