import { asciiDigits } from './clock/ascii-digits.ts';
import { dateOfGroups } from './clock/date-of-groups.ts';
import type { WallClock } from './clock/wall-clock.ts';

/** Random identifiers: UUIDs, and hexadecimal runs as long as hashes. Digits in them are no dates. */
const RANDOM = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<![0-9a-z])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{16,}(?![0-9a-z])/gi;

/** A word of its own, or one with letters before it (`IMG20190713`): in the middle of a longer mix of digits and letters there is no date. */
const BEFORE = '(?<=(?:^|[^0-9A-Za-z])[A-Za-z]*)';
const AFTER = '(?![0-9A-Za-z])';

/** Until 2039, so that the 2048 pixels of `20481024` are no year. */
const YEAR = '(?<year>19\\d\\d|20[0-3]\\d)';
/** Beside a time also the Buddhist years of Thai phones, from 1997 on; `25601440` alone are pixels. */
const YEAR_OF_TIME = '(?<year>19\\d\\d|20[0-3]\\d|25[4-7]\\d)';
const MONTH = '(?<month>0[1-9]|1[0-2])';
const DAY = '(?<day>0[1-9]|[12]\\d|3[01])';
const HOUR = '(?<hour>[01]\\d|2[0-4])';
const MINUTE = '(?<minute>[0-5]\\d)';
const SECOND = '(?<second>[0-5]\\d)';

/** `20190713142530`, `20190713_142530`, `20190713_142530123` with milliseconds, `20190713_14253001` with a scanner's counter, `2019_0713_142530`. */
const JOINED = `${BEFORE}${YEAR_OF_TIME}_?${MONTH}${DAY}[-_T]?${HOUR}${MINUTE}${SECOND}(?:(?<fraction>\\d{3})|\\d{2})?${AFTER}`;

const DAY_OF_MONTH = `(?<mark>[-_.]?)${MONTH}\\k<mark>${DAY}`;
const DATE = `${YEAR}${DAY_OF_MONTH}`;
const DATE_OF_TIME = `${YEAR_OF_TIME}${DAY_OF_MONTH}`;
/** The word that macOS puts between date and time in each language, and halves of the day in front of the hour. */
const BETWEEN =
  '(?:\\s+(?:at|um|à|às|alle|a las|a la\\(s\\)|om|kl\\.?|kello|o|в)\\s+|[-_ T,.]+)(?:(?:上午|午前|오전)|(?<late>下午|午後|오후))?\\s?';
const HALF = '(?:\\s?(?<half>[AP])\\.?M)?';
/** `14.25.30`, `14-25-30-123`, `142530`, `2.25.30 PM`. */
const TIME = `(?<hourMarked>\\d{1,2})(?<colon>[-_.:h]?)${MINUTE}\\k<colon>${SECOND}(?:[-_.](?<fraction>\\d{3}))?(?!\\d)${HALF}`;

interface NamePattern {
  pattern: RegExp;
  /** The name counts in UTC. */
  utc?: true;
}

/** What phones, messengers, screenshots and scanners call files, surest first. */
const PATTERNS: readonly NamePattern[] = [
  // Facebook, WeChat, LINE and apps that only count milliseconds.
  {
    pattern:
      /^(?:FB_IMG_|mmexport|wx_camera_|microMsg\.|(?:IMG|VID|image|photo|Screenshot|Polish|InShot|Collage)_)?(?<millis>1\d{12})(?!\d)/i,
  },
  // Pixel phones and OneDrive name files by UTC.
  { pattern: new RegExp(`^PXL_${JOINED}`), utc: true },
  { pattern: new RegExp(`${JOINED}(?=_iOS)`), utc: true },
  // Skype and programs that write ISO 8601 down to its Z.
  { pattern: new RegExp(`${BEFORE}${DATE_OF_TIME}T${TIME}Z`, 'iu'), utc: true },
  { pattern: new RegExp(JOINED) },
  { pattern: new RegExp(`${BEFORE}${DATE_OF_TIME}${BETWEEN}${TIME}`, 'iu') },
  // Photo Booth leaves the seconds out.
  { pattern: new RegExp(`${BEFORE}${DATE} at (?<hourMarked>\\d{1,2})\\.${MINUTE}(?![\\d.]\\d)${HALF}`, 'iu') },
  // Telegram's export has the day first.
  { pattern: new RegExp(`^photo_\\d+@${DAY}-${MONTH}-${YEAR}_${HOUR}-${MINUTE}-${SECOND}`) },
  // Others that have the day or the month first, where it cannot be the other one.
  {
    pattern: new RegExp(
      `${BEFORE}(?<day>1[3-9]|2\\d|3[01])[-.]${MONTH}[-.]${YEAR}(?:,? (?:at )?${HOUR}[ .-]${MINUTE}[ .-]${SECOND})?${AFTER}`,
    ),
  },
  {
    pattern: new RegExp(
      `^Photo on (?<month>\\d{1,2})-(?<day>1[3-9]|2\\d|3[01])-(?<year>\\d\\d) at (?<hourMarked>\\d{1,2})\\.${MINUTE}${HALF}`,
      'u',
    ),
  },
  // Nextcloud.
  { pattern: new RegExp(`^(?<year>\\d\\d)-${MONTH}-${DAY} ${HOUR}-${MINUTE}-${SECOND}(?: \\d+)?\\.`) },
  // The day alone: WhatsApp, scanners, and people.
  { pattern: new RegExp(`${BEFORE}${DATE}${AFTER}`) },
];

/** The date that a phone, messenger or scanner put into a file's name; null when there is none. */
export function filenameDate(name: string): WallClock | null {
  const clean = asciiDigits(name.normalize('NFC')).replace(RANDOM, ' ');
  for (const { pattern, utc = false } of PATTERNS) {
    const groups = pattern.exec(clean)?.groups;
    if (groups === undefined) continue;
    const { hourMarked, late, ...rest } = groups;
    const half = rest.half ?? (late === undefined ? undefined : 'P');
    const date = dateOfGroups({ ...rest, hour: rest.hour ?? hourMarked, half }, utc);
    if (date) return date;
  }
  return null;
}
