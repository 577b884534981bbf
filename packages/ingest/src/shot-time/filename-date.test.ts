import { describe, expect, it } from 'vitest';
import { filenameDate } from './filename-date.ts';

describe('filenameDate', () => {
  it.each([
    {
      desc: 'Android camera',
      name: 'IMG_20190713_142530.jpg',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'Android burst',
      name: 'IMG_20190713_142530_1.jpg',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'Android with milliseconds',
      name: 'IMG_20190713_142530123.jpg',
      local: '2019-07-13T14:25:30.123',
      precision: 'subsecond',
      offsetMinutes: null,
    },
    { desc: 'Samsung', name: '20190713_142530.jpg', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: null },
    {
      desc: 'Pixel, which counts in UTC',
      name: 'PXL_20210520_123456789.jpg',
      local: '2021-05-20T12:34:56.789',
      precision: 'subsecond',
      offsetMinutes: 0,
    },
    {
      desc: 'Pixel portrait',
      name: 'PXL_20210520_123456789.PORTRAIT.jpg',
      local: '2021-05-20T12:34:56.789',
      precision: 'subsecond',
      offsetMinutes: 0,
    },
    {
      desc: 'OneDrive, which counts in UTC',
      name: '20190713_142530000_iOS.jpg',
      local: '2019-07-13T14:25:30.000',
      precision: 'subsecond',
      offsetMinutes: 0,
    },
    {
      desc: 'WhatsApp on Android',
      name: 'IMG-20190713-WA0001.jpg',
      local: '2019-07-13T00:00:00',
      precision: 'day',
      offsetMinutes: null,
    },
    {
      desc: 'WhatsApp on the desktop',
      name: 'WhatsApp Image 2019-07-13 at 14.25.30.jpeg',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'WhatsApp in the afternoon',
      name: 'WhatsApp Image 2019-07-13 at 2.25.30 PM.jpeg',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'noon and midnight',
      name: 'Screen Shot 2019-07-13 at 12.05.06 AM.png',
      local: '2019-07-13T00:05:06',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'Android screenshot',
      name: 'Screenshot_20190713-142530.png',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'Android screenshot with app',
      name: 'Screenshot_2019-07-13-14-25-30-123_com.app.png',
      local: '2019-07-13T14:25:30.123',
      precision: 'subsecond',
      offsetMinutes: null,
    },
    {
      desc: 'macOS screenshot',
      name: 'Screenshot 2019-07-13 at 14.25.30.png',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'macOS screenshot in German',
      name: 'Bildschirmfoto 2019-07-13 um 14.25.30.png',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'Signal',
      name: 'signal-2019-07-13-142530.jpg',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    {
      desc: 'Telegram',
      name: 'photo_2019-07-13_14-25-30.jpg',
      local: '2019-07-13T14:25:30',
      precision: 'second',
      offsetMinutes: null,
    },
    { desc: 'Dropbox', name: '2019-07-13 14.25.30.jpg', local: '2019-07-13T14:25:30', precision: 'second', offsetMinutes: null },
    { desc: 'Facebook', name: 'FB_IMG_1562345678901.jpg', local: '2019-07-05T16:54:38', precision: 'second', offsetMinutes: 0 },
    { desc: 'a scanner', name: 'Scan_19850402.tif', local: '1985-04-02T00:00:00', precision: 'day', offsetMinutes: null },
    {
      desc: 'a day and a counter',
      name: '2019-07-13_0042.jpg',
      local: '2019-07-13T00:00:00',
      precision: 'day',
      offsetMinutes: null,
    },
  ])('reads $desc: $name', ({ name, local, precision, offsetMinutes }) => {
    expect(filenameDate(name)).toEqual({ local, precision, offsetMinutes });
  });

  it.each([
    'DSC_0042.jpg',
    'IMG_1234.jpg',
    'P1000123.jpg',
    '120190713142530.jpg',
    'IMG_20191313_142530.jpg',
    'IMG_20190230_142530.jpg',
    'scan 1985.jpg',
    '12345678901234567.jpg',
  ])('finds no date in %s', (name) => {
    expect(filenameDate(name)).toBeNull();
  });
});
