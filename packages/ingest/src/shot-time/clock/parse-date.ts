import { asciiDigits } from './ascii-digits.ts';
import { type HalfOfDay, hourOf24, takeHalfOfDay } from './half-of-day.ts';
import { parseOffset, type WallClock, wallClock } from './wall-clock.ts';

const TIME = '(?<hour>\\d{1,2}):\\s?(?<minute>\\d{1,2})(?::\\s?(?<second>\\d{1,2})(?:[.,](?<fraction>\\d+))?)?';
const OFFSET = '(?<offset>Z|(?:GMT|UTC)?[+-]\\d{1,2}:?\\d{0,2}(?::\\d{2})?|GMT|UTC)';
/** An abbreviation of a zone, `CET` or `PST`, means several: it says nothing. */
const ZONE = `(?:${OFFSET}|[A-Z]{2,5})`;
const MONTH_NAME = '(?<monthName>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** Dates as programs write them, once weekdays and halves of the day are taken out. Each but the first has the month in letters. */
const FORMATS: readonly RegExp[] = [
  // EXIF says `2019:07:13 14:25:30`, XMP `2019-07-13T14:25:30.12+02:00`, writers mix the two; each may stop early.
  new RegExp(`^(?<year>\\d{4})(?:[-:/.](?<month>\\d{1,2})(?:[-:/.](?<day>\\d{1,2}))?)?(?:[T ]+${TIME})?\\s*${OFFSET}?$`, 'i'),
  // RFC 1123, which PNG recommends for its `Creation Time`: `13 Jul 2019 14:25:30 +0200`.
  new RegExp(`^(?<day>\\d{1,2})[-. ]+${MONTH_NAME}[-, ]+(?<year>\\d{4})(?:,?\\s+${TIME})?\\s*${ZONE}?$`, 'i'),
  // C and Java: `Jul 13 14:25:30 2019`, `Jul 13 14:25:30 GMT+02:00 2019`.
  new RegExp(`^${MONTH_NAME}\\s+(?<day>\\d{1,2})\\s+${TIME}\\s+(?:${ZONE}\\s+)?(?<year>\\d{4})$`, 'i'),
  // English, and JavaScript: `July 13, 2019 2:25:30`, `Jul 13 2019 14:25:30 GMT+0200 (CEST)`.
  new RegExp(
    `^${MONTH_NAME}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})(?:,?\\s+(?:at\\s+)?${TIME})?\\s*${ZONE}?(?:\\s*\\([^()]*\\))?$`,
    'i',
  ),
];

const WEEKDAY = /(?<![a-z])\(?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\)?(?![a-z])[.,]?/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Parses a date of EXIF, XMP or PNG; null when it is none, or blank, or impossible. A second that no clock has leaves the day. Nothing is read
 * into the machine's own time zone.
 */
export function parseDate(text: string | null | undefined): WallClock | null {
  const clean = plainText(text ?? '');
  const { half, rest } = takeHalfOfDay(clean);
  const dated = tidy(rest.replace(WEEKDAY, ' '));
  for (const format of FORMATS) {
    const groups = format.exec(dated)?.groups;
    if (groups === undefined) continue;
    const isPartlyBlank = [groups.month, groups.day].some((part) => Number(part ?? 1) === 0);
    return isPartlyBlank ? parsePartlyBlank(clean) : parseGroups(groups, half);
  }
  return parsePartlyBlank(clean) ?? parseWithRubbish(dated, half);
}

function parseGroups(groups: Record<string, string | undefined>, half: HalfOfDay | undefined): WallClock | null {
  const { monthName, hour, second, fraction, offset } = groups;
  const date = {
    year: Number(groups.year),
    month: monthName === undefined ? numberOf(groups.month) : MONTHS.indexOf(monthName.toLowerCase()) + 1,
    day: numberOf(groups.day),
  };
  const time = {
    hour: hour === undefined ? undefined : hourOf24(Number(hour), half),
    minute: numberOf(groups.minute),
    second: numberOf(second),
    fraction,
  };
  // `21:02:91`, or a leap second: the clock is not to be believed, the calendar is.
  if (Number(second ?? 0) > 59) return wallClock({ ...time, second: 0, ...date }) && wallClock(date);
  return wallClock({ ...date, ...time }, parseOffset(offset?.replace(/^(GMT|UTC)$/i, 'Z').replace(/^(GMT|UTC)/i, '')));
}

/** EXIF fills what is not known with blanks or zeros: `2004:05:  :  :  ` or `2004:00:00 00:00:00`. */
function parsePartlyBlank(text: string): WallClock | null {
  const match = /^(\d{4})[-:](\d{2}| {2})?(?:[-:](\d{2}))?/.exec(text);
  if (match === null || !/^[\d\s:-]*$/.test(text)) return null;
  const month = Number(match[2] ?? 0) || undefined;
  return wallClock({ year: Number(match[1]), month, day: month && (Number(match[3] ?? 0) || undefined) });
}

/** A complete date and time with something behind it, as in `2021:08:19 18:48:53A`. */
function parseWithRubbish(text: string, half: HalfOfDay | undefined): WallClock | null {
  const head = /^(\d{4}[-:]\d{2}[-:]\d{2}[T ]\d{2}:\d{2}:\d{2})\D/.exec(text)?.[1];
  const groups = head === undefined ? undefined : FORMATS[0]?.exec(head)?.groups;
  return groups === undefined ? null : parseGroups(groups, half);
}

/** Without NULs, marks of the direction of writing, and digits and signs of other scripts. Blanks stay: EXIF counts in them. */
function plainText(text: string): string {
  return asciiDigits(
    text
      .replaceAll('\0', ' ')
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, ''),
  ).trim();
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** What programs write for the time when only the date is known. */
const IPTC_NO_TIME = /^00:?00:?00([+-]00:?00)?$/;

/** What programs write behind a time whose zone they do not know: it claims Greenwich for photos of everywhere. */
const IPTC_NO_ZONE = /^[+-]00:?00$/;

/** IPTC keeps date and time apart: `20190713` and `142530+0200`. */
export function parseIptcDate(date: string | null, time: string | null): WallClock | null {
  const day = /^(\d{4})[-:]?(\d{2})[-:]?(\d{2})$/.exec(date ?? '');
  if (day === null) return null;
  const clock = IPTC_NO_TIME.test(time ?? '') ? null : /^(\d{2}):?(\d{2}):?(\d{2})([+-]\d{2}:?\d{2})?$/.exec(time ?? '');
  const text = `${day[1]}-${day[2]}-${day[3]}`;
  if (clock === null) return parseDate(text);
  const [, hour, minute, second, zone = ''] = clock;
  return parseDate(`${text}T${hour}:${minute}:${second}${IPTC_NO_ZONE.test(zone) ? '' : zone}`);
}
