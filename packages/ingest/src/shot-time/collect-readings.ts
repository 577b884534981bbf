import { basename } from 'node:path';
import type { ContainerTimes } from '../tags/container-times.ts';
import type { ExifTags } from '../tags/read-exif.ts';
import { exifText } from '../tags/read-exif.ts';
import type { IptcTags } from '../tags/read-iptc.ts';
import { type XmpTags, xmpText } from '../tags/read-xmp.ts';
import { parseDate, parseIptcDate } from './clock/parse-date.ts';
import type { Reading } from './clock/reading.ts';
import { parseOffset, type WallClock, wallClock } from './clock/wall-clock.ts';
import { filenameDate } from './filename-date.ts';
import type { FileNameRule } from './rules/date-rules.ts';
import { ownPatternDate } from './rules/own-pattern-date.ts';

/** What a photo offers as its shot time. */
export interface DateSources {
  exif: ExifTags;
  xmp: XmpTags;
  iptc: IptcTags | null;
  /** Text of the container by keyword. */
  text: Record<string, string>;
  /** Of a film. */
  times?: ContainerTimes;
  /** XMP in files beside the photo. */
  sidecarXmp: XmpTags;
  /** The file with its folders, as far as they are known. */
  filePath: string | null;
}

/**
 * Every usable reading of the shot time, best first:
 *
 * 1. what the camera wrote when the shutter opened (EXIF `DateTimeOriginal` with sub-second and offset, then the same in the container of a film, then
 *    in XMP);
 * 2. what a person or program says of the content (`photoshop:DateCreated`, IPTC), which for scans is older than the file;
 * 3. when the picture became digital (`DateTimeDigitized`, `xmp:CreateDate`, PNG `Creation Time`);
 * 4. what an XMP sidecar says;
 * 5. the date that a phone or messenger put into the file's name, or into that which it had before a program gave it another;
 * 6. when the picture was last changed (EXIF `DateTime`), or the file that it was made from (`create-date`, which ImageMagick writes into PNG).
 *
 * The file's own time is not here: it is the last resort and an instant, not a wall clock.
 */
export function collectReadings(sources: DateSources, nameRules: readonly FileNameRule[]): Reading[] {
  const { exif, xmp, iptc, text, times, sidecarXmp, filePath } = sources;
  const candidates: [source: string, reading: WallClock | null][] = [
    ['exif:DateTimeOriginal', exifReading(exif, 'Original')],
    ...(times?.readings ?? []).map((time) => [time.source, parseDate(time.text)] as [string, WallClock | null]),
    ['xmp:exif:DateTimeOriginal', parseDate(xmpText(xmp, 'exif:DateTimeOriginal'))],
    ['xmp:photoshop:DateCreated', parseDate(xmpText(xmp, 'photoshop:DateCreated'))],
    ['iptc:DateCreated', parseIptcDate(iptc?.dateCreated ?? null, iptc?.timeCreated ?? null)],
    ['casio:DateTimeOriginal', parseDate(text.CasioDateTime)],
    ['exif:DateTimeDigitized', exifReading(exif, 'Digitized')],
    ['xmp:exif:DateTimeDigitized', parseDate(xmpText(xmp, 'exif:DateTimeDigitized'))],
    ['xmp:xmp:CreateDate', parseDate(xmpText(xmp, 'xmp:CreateDate'))],
    ['png:Creation Time', parseDate(text['Creation Time'])],
    ['sidecar:exif:DateTimeOriginal', parseDate(xmpText(sidecarXmp, 'exif:DateTimeOriginal'))],
    ['sidecar:photoshop:DateCreated', parseDate(xmpText(sidecarXmp, 'photoshop:DateCreated'))],
    ['sidecar:xmp:CreateDate', parseDate(xmpText(sidecarXmp, 'xmp:CreateDate'))],
    ['file:name', filePath === null ? null : (ownPatternDate(filePath, nameRules) ?? filenameDate(basename(filePath)))],
    ['file:name', filenameDate(xmpText(sidecarXmp, 'xmpMM:PreservedFileName') ?? '')],
    ['exif:DateTime', exifReading(exif, '')],
    ['png:create-date', parseDate(text['create-date'])],
  ];
  return candidates.flatMap(([source, reading]) => {
    if (reading === null) return [];
    return [{ source, ...reading, offsetSource: reading.offsetMinutes === null ? null : ('tag' as const) }];
  });
}

type ExifClock = 'Original' | 'Digitized' | '';

const EXIF_DATE: Readonly<Record<ExifClock, string>> = {
  Original: 'DateTimeOriginal',
  Digitized: 'DateTimeDigitized',
  '': 'DateTime',
};

/** EXIF keeps the date, the fraction of the second and the offset in three tags. */
function exifReading(exif: ExifTags, clock: ExifClock): WallClock | null {
  const reading = parseDate(exifText(exif, EXIF_DATE[clock]));
  if (reading === null) return null;
  const fraction = exifText(exif, `SubSecTime${clock}`);
  const withFraction = reading.precision === 'second' && fraction !== null ? addFraction(reading, fraction) : reading;
  // A day without its time is no instant in any zone.
  return reading.precision === 'day'
    ? reading
    : { ...withFraction, offsetMinutes: reading.offsetMinutes ?? exifOffset(exif, clock) };
}

function addFraction(reading: WallClock, fraction: string): WallClock {
  const [year = 0, month, day, hour, minute, second] = reading.local.split(/[-T:]/).map(Number);
  return wallClock({ year, month, day, hour, minute, second, fraction }, reading.offsetMinutes) ?? reading;
}

/**
 * The offset tag of this clock; else one of the two other clocks, if that clock shows the same time or is not set.
 * An editor's `OffsetTime` beside its own `DateTime` says where the photo was edited, not where it was taken.
 */
function exifOffset(exif: ExifTags, clock: ExifClock): number | null {
  const date = exifText(exif, EXIF_DATE[clock]);
  const others = (['Original', 'Digitized', ''] as const).filter((other) => {
    const otherDate = exifText(exif, EXIF_DATE[other]);
    return other !== clock && (otherDate === null || otherDate === date);
  });
  for (const candidate of [clock, ...others]) {
    const offset = parseOffset(exifText(exif, `OffsetTime${candidate}`));
    if (offset !== null) return offset;
  }
  return oldOffset(exif, clock);
}

const MAX_OFFSET_HOURS = 14;

/** `TimeZoneOffset` of cameras from before 2016: whole hours, first for the shot, then, if there is a second one, for the last change. */
function oldOffset(exif: ExifTags, clock: ExifClock): number | null {
  const value = exif.TimeZoneOffset;
  const [shot, change] = Array.isArray(value) ? value : [value];
  const hours = clock === '' ? change : shot;
  const isPlausible = typeof hours === 'number' && Number.isInteger(hours) && Math.abs(hours) <= MAX_OFFSET_HOURS;
  return isPlausible ? hours * 60 : null;
}
