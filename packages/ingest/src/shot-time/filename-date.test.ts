import fc from 'fast-check';
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
    // Phones and their modes
    ['MVIMG_20190713_142530.jpg', '2019-07-13T14:25:30'],
    ['VID_20190713_142530.mp4', '2019-07-13T14:25:30'],
    ['PANO_20190713_142530.vr.jpg', '2019-07-13T14:25:30'],
    ['IMG20190713142530.jpg', '2019-07-13T14:25:30'],
    ['IMG_20190713_142530_HDR.jpg', '2019-07-13T14:25:30'],
    ['IMG_20190713_142530__01.jpg', '2019-07-13T14:25:30'],
    ['IMG_20190713_142530~2.jpg', '2019-07-13T14:25:30'],
    ['IMG_20190713_142530-edited.jpg', '2019-07-13T14:25:30'],
    ['IMG_20190713_142530-COLLAGE.jpg', '2019-07-13T14:25:30'],
    ['20190713_142530(0).jpg', '2019-07-13T14:25:30'],
    ['20190713_142530_001.jpg', '2019-07-13T14:25:30'],
    ['P_20190713_142530_vHDR_Auto.jpg', '2019-07-13T14:25:30'],
    ['WP_20190713_14_25_30_Pro.jpg', '2019-07-13T14:25:30'],
    ['WP_20190713_001.jpg', '2019-07-13T00:00:00'],
    ['00100lrPORTRAIT_00100_BURST20190713142530123_COVER.jpg', '2019-07-13T14:25:30.123'],
    // Drones and dash cameras
    ['DJI_20190713142530_0001_D.JPG', '2019-07-13T14:25:30'],
    ['dji_fly_20190713_142530_123_1562345678901_photo.jpg', '2019-07-13T14:25:30'],
    ['2019_0713_142530_001.JPG', '2019-07-13T14:25:30'],
    // Messengers
    ['VID-20190713-WA0001.mp4', '2019-07-13T00:00:00'],
    ['WhatsApp Image 2019-07-13 at 14.25.30 (1).jpeg', '2019-07-13T14:25:30'],
    ['signal-2019-07-13-14-25-30-123.jpg', '2019-07-13T14:25:30.123'],
    ['viber_image_2019-07-13_14-25-30.jpg', '2019-07-13T14:25:30'],
    ['photo_2@13-07-2019_14-25-30.jpg', '2019-07-13T14:25:30'],
    ['photo_2@07-08-2019_14-25-30_thumb.jpg', '2019-08-07T14:25:30'],
    // Screenshots
    ['Screenshot_20190713-142530_Chrome.jpg', '2019-07-13T14:25:30'],
    ['Screenshot from 2019-07-13 14-25-30.png', '2019-07-13T14:25:30'],
    ['Screenshot 2019-07-13 142530.png', '2019-07-13T14:25:30'],
    ['Screenshot 2024-01-02 at 3.04.05\u202fPM.png', '2024-01-02T15:04:05'],
    ['Capture d’écran 2019-07-13 a\u0300 14.25.30.png', '2019-07-13T14:25:30'],
    ['Schermata 2019-07-13 alle 14.25.30.png', '2019-07-13T14:25:30'],
    ['Captura de pantalla 2019-07-13 a la(s) 14.25.30.png', '2019-07-13T14:25:30'],
    ['Skärmavbild 2019-07-13 kl. 14.25.30.png', '2019-07-13T14:25:30'],
    ['Zrzut ekranu 2019-07-13 o 14.25.30.png', '2019-07-13T14:25:30'],
    ['Снимок экрана 2019-07-13 в 14.25.30.png', '2019-07-13T14:25:30'],
    ['スクリーンショット 2019-07-13 14.25.30.png', '2019-07-13T14:25:30'],
    ['截屏2019-07-13 下午2.25.30.png', '2019-07-13T14:25:30'],
    ['스크린샷 2019-07-13 오전 2.25.30.png', '2019-07-13T02:25:30'],
    // Scanners
    ['Scan 2019-07-13 14.25.30.tif', '2019-07-13T14:25:30'],
    ['img20190713_14253012.jpg', '2019-07-13T14:25:30'],
    ['VueScan 2019-07-13-0001.tif', '2019-07-13T00:00:00'],
    // Programs and people
    ['Photo on 2019-07-13 at 14.25 #2.jpg', '2019-07-13T14:25:00'],
    ['Photo on 7-13-19 at 2.25 PM.jpg', '2019-07-13T14:25:00'],
    ['19-07-13 14-25-30 1234.jpg', '2019-07-13T14:25:30'],
    ['File 13-07-2019, 14 25 30.jpeg', '2019-07-13T14:25:30'],
    ['13.07.2019 wedding.jpg', '2019-07-13T00:00:00'],
    ['wedding 2019.07.13 (3).jpg', '2019-07-13T00:00:00'],
    ['19650412_grandma.tif', '1965-04-12T00:00:00'],
    // Other digits and years
    ['IMG_٢٠١٩٠٧١٣_١٤٢٥٣٠.jpg', '2019-07-13T14:25:30'],
    ['Screenshot_२०१९०७१३-१४२५३०.png', '2019-07-13T14:25:30'],
    ['IMG_25620713_142530.jpg', '2019-07-13T14:25:30'],
    ['Screenshot_2562-07-13-14-25-30.png', '2019-07-13T14:25:30'],
  ])('reads the clock in %s', (name, local) => {
    expect(filenameDate(name)).toMatchObject({ local, offsetMinutes: null });
  });

  it.each([
    ['PXL_20210520_123456789.MP.jpg', '2021-05-20T12:34:56.789'],
    ['PXL_20210520_123456789.NIGHT.jpg', '2021-05-20T12:34:56.789'],
    ['Skype_Picture_2019_07_13T14_25_30_123Z.jpeg', '2019-07-13T14:25:30.123'],
    ['mmexport1562345678901.jpg', '2019-07-05T16:54:38'],
    ['wx_camera_1562345678901.jpg', '2019-07-05T16:54:38'],
    ['1562345678901.jpg', '2019-07-05T16:54:38'],
    ['Screenshot_1562345678901.png', '2019-07-05T16:54:38'],
  ])('knows that %s counts in UTC', (name, local) => {
    expect(filenameDate(name)).toMatchObject({ local, offsetMinutes: 0 });
  });

  it.each([
    ['a counter', 'DSC_0042.jpg'],
    ['a counter of Apple', 'IMG_1234.jpg'],
    ['a counter with a folder number', 'P1000123.jpg'],
    ['a longer number', '120190713142530.jpg'],
    ['a number behind a date', '20190713142530123456.jpg'],
    ['month 13', 'IMG_20191313_142530.jpg'],
    ['30 February', 'IMG_20190230_142530.jpg'],
    ['a year alone', 'scan 1985.jpg'],
    ['17 digits', '12345678901234567.jpg'],
    ['a phone number', '+491762019071.jpg'],
    ['a phone number with a country code', '0049-30-20191399.jpg'],
    ['a phone number in one run', '4917620190713.jpg'],
    ['a resolution in one run', 'wallpaper_20481536.jpg'],
    ['a resolution that could be a Buddhist day', 'wallpaper_25601024.jpg'],
    ['a resolution that could be a day of 2048', 'wallpaper_20481024.jpg'],
    ['a resolution', 'background 1920x1080.png'],
    ['a resolution and a rate', '19201080_30.jpg'],
    ['a hash', '3f20190713aa0c5e9d8b7f6a5c4d3e2f1a.jpg'],
    ['a hash that begins with a date', '20190713e5d4c3b2a1f0e9d8c7b6a5d4.jpg'],
    ['an MD5 of Viber', 'IMG-d41d8cd98f00b20420190713098ecf84-V.jpg'],
    ['a UUID that begins with a date', '20190713-8B86-D011-B42D-00C04FC964FF.jpg'],
    ['a picture of Telegram by its id', 'photo_5271612345678901234_y.jpg'],
    ['a picture of Messenger by its id', 'received_10157201907134567.jpeg'],
    ['a picture of Snapchat by its id', 'Snapchat-1234567890.jpg'],
    ['a month and a day without a year', 'PicsArt_07-13-02.25.30.jpg'],
    ['day or month first, who knows', 'Photo on 7-8-19 at 2.25 PM.jpg'],
    ['day or month first, in numbers', '07-08-2019.jpg'],
    ['a product code', 'EOS-5D2019-0713.jpg'],
    ['a version', 'app-20190.71.3.png'],
  ])('finds no date in %s: %s', (_, name) => {
    expect(filenameDate(name)).toBeNull();
  });

  it('gives a moment that a calendar has, or nothing, for any name', () => {
    const piece = fc.oneof(
      fc.constantFrom('IMG_', 'PXL_', '-WA', ' at ', '_', '-', '.', ' PM', 'T', 'Z', 'photo_1@', '\u202f', '上午'),
      fc.integer({ min: 0, max: 99_999_999 }).map(String),
      fc
        .date({ min: new Date('1900-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const date = filenameDate(pieces.join(''));
        if (date !== null) expect(new Date(`${date.local}Z`).toISOString()).toContain(date.local.slice(0, 19));
      }),
    );
  });
});
