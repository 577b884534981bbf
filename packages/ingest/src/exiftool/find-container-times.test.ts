import { describe, expect, it } from 'vitest';
import { findContainerTimes } from './find-container-times.ts';

const moment = (source: string, at: string) => ({ source, at: new Date(at) });

describe('findContainerTimes', () => {
  it.each([
    {
      desc: "a phone's film: its clock before the moment that all headers repeat",
      tags: {
        'QuickTime:CreateDate': '2019:07:13 12:25:30',
        'Track1:MediaCreateDate': '2019:07:13 12:25:30',
        'Keys:CreationDate': '2019:07:13 14:25:30+02:00',
      },
      readings: [{ source: 'exiftool:Keys:CreationDate', text: '2019:07:13 14:25:30+02:00' }],
      instants: [moment('exiftool:QuickTime:CreateDate', '2019-07-13T12:25:30Z')],
    },
    {
      desc: 'a camcorder, whose clock has an offset',
      tags: { 'H264:DateTimeOriginal': '2008:12:31 23:16:24+01:00' },
      readings: [{ source: 'exiftool:H264:DateTimeOriginal', text: '2008:12:31 23:16:24+01:00' }],
      instants: [],
    },
    {
      desc: 'a program that knows the moment and not the place',
      tags: { 'Info:DateTimeOriginal': '2010:02:03 21:17:48Z', 'ASF:CreationDate': '2004:10:28 17:23:34Z' },
      readings: [],
      instants: [
        moment('exiftool:ASF:CreationDate', '2004-10-28T17:23:34Z'),
        moment('exiftool:Info:DateTimeOriginal', '2010-02-03T21:17:48Z'),
      ],
    },
    {
      desc: 'clocks that were never set, and no dates',
      tags: {
        'QuickTime:CreateDate': '0000:00:00 00:00:00',
        'Track1:MediaCreateDate': '1904:01:01 00:00:00',
        'Track2:MediaCreateDate': '1970:01:01 00:00:00',
        'Track3:MediaCreateDate': '2019:02:30 00:00:00',
        'Track4:MediaCreateDate': 7,
        'Keys:CreationDate': { a: 1 },
      },
      readings: [],
      instants: [],
    },
    {
      desc: 'what EXIF, XMP and the file system say, for which others look',
      tags: {
        'ExifIFD:DateTimeOriginal': '2019:07:13 14:25:30',
        'ExifIFD:CreateDate': '2019:07:13 14:25:30',
        'XMP-exif:DateTimeOriginal': '2019:07:13 14:25:30',
        'Composite:DateTimeOriginal': '2019:07:13 14:25:30',
        'System:CreateDate': '2019:07:13 14:25:30',
        DateTimeOriginal: '2019:07:13 14:25:30',
      },
      readings: [],
      instants: [],
    },
  ])('finds $desc', ({ tags, readings, instants }) => {
    expect(findContainerTimes(tags)).toEqual({ readings, instants });
  });
});
