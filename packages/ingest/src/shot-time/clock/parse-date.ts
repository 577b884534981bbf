import { parseOffset, type WallClock, wallClock } from './wall-clock.ts';

/** EXIF says `2019:07:13 14:25:30`, XMP `2019-07-13T14:25:30.12+02:00`, writers mix the two; each may stop early. */
const DATE =
  /^(\d{4})(?:[-:/.](\d{1,2})(?:[-:/.](\d{1,2}))?)?(?:[T ]+(\d{1,2}):\s?(\d{1,2})(?::\s?(\d{1,2})(?:[.,](\d+))?)?)?\s*(Z|[+-]\d{1,2}:?\d{0,2}(?::\d{2})?)?$/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 1123, which PNG recommends for its `Creation Time`: `Sat, 13 Jul 2019 14:25:30 +0200`. */
const MAIL_DATE =
  /^(?:[a-z]{3},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2})?$/i;

/** Parses a date of EXIF, XMP or PNG; null when it is none, or blank, or impossible. Nothing is read into the machine's own time zone. */
export function parseDate(text: string | null | undefined): WallClock | null {
  const clean = (text ?? '').replaceAll('\0', ' ').trim();
  const match = DATE.exec(clean);
  if (match === null) return parseMailDate(clean) ?? parsePartlyBlank(clean) ?? parseWithRubbish(clean);
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  if (Number(month ?? 1) === 0 || Number(day ?? 1) === 0) return parsePartlyBlank(clean);
  return wallClock({ ...numbers({ year, month, day, hour, minute, second }), fraction }, parseOffset(offset));
}

/** EXIF fills what is not known with blanks or zeros: `2004:05:  :  :  ` or `2004:00:00 00:00:00`. */
function parsePartlyBlank(text: string): WallClock | null {
  const match = /^(\d{4})[-:](\d{2}| {2})?/.exec(text);
  if (match === null || !/^[\d\s:-]*$/.test(text)) return null;
  const month = Number(match[2] ?? 0);
  return wallClock({ year: Number(match[1]), month: month === 0 ? undefined : month });
}

/** A complete date and time with something behind it, as in `2021:08:19 18:48:53A`. */
function parseWithRubbish(text: string): WallClock | null {
  const head = /^(\d{4}[-:]\d{2}[-:]\d{2}[T ]\d{2}:\d{2}:\d{2})\D/.exec(text)?.[1];
  return head === undefined ? null : parseDate(head);
}

function parseMailDate(text: string): WallClock | null {
  const match = MAIL_DATE.exec(text);
  if (match === null) return null;
  const [, day, monthName = '', year, hour, minute, second, offset] = match;
  const month = MONTHS.indexOf(monthName.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return null;
  const zone = /^(GMT|UTC)$/i.test(offset ?? '') ? 'Z' : offset;
  return wallClock({ ...numbers({ year, day, hour, minute, second }), month }, parseOffset(zone));
}

function numbers(
  parts: Record<'year', string | undefined> & Partial<Record<'month' | 'day' | 'hour' | 'minute' | 'second', string>>,
) {
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return {
    year: Number(parts.year),
    month: number(parts.month),
    day: number(parts.day),
    hour: number(parts.hour),
    minute: number(parts.minute),
    second: number(parts.second),
  };
}

/** What programs write for the time when only the date is known. */
const IPTC_NO_TIME = /^00:?00:?00([+-]00:?00)?$/;

/** IPTC keeps date and time apart: `20190713` and `142530+0200`. */
export function parseIptcDate(date: string | null, time: string | null): WallClock | null {
  const day = /^(\d{4})[-:]?(\d{2})[-:]?(\d{2})$/.exec(date ?? '');
  if (day === null) return null;
  const clock = IPTC_NO_TIME.test(time ?? '') ? null : /^(\d{2}):?(\d{2}):?(\d{2})([+-]\d{2}:?\d{2})?$/.exec(time ?? '');
  const text = `${day[1]}-${day[2]}-${day[3]}`;
  return parseDate(clock === null ? text : `${text}T${clock[1]}:${clock[2]}:${clock[3]}${clock[4] ?? ''}`);
}
