import { type WallClock, wallClock } from './wall-clock.ts';

/**
 * Year, month and day in a file name, joined or parted by one of `-_.` or nothing, not inside a longer number, then perhaps a time.
 *
 * Covers `IMG_20190713_142530`, `20190713_142530` (Samsung), `Screenshot_20190713-142530`, `Screenshot 2019-07-13 at 14.25.30` and its
 * translations, `WhatsApp Image 2019-07-13 at 2.25.30 PM`, `IMG-20190713-WA0001`, `signal-2019-07-13-142530`, `photo_2019-07-13_14-25-30`
 * (Telegram), `2019-07-13 14.25.30` (Dropbox), `Scan_20190713`.
 */
const DATE_IN_NAME =
  /(?<!\d)((?:19|20)\d{2})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)(?:(?:[-_ T,.]|\s(?:at|um|à|alle|a las|om|kl\.)\s|, )+(\d{1,2})([-_.:h]?)([0-5]\d)\6([0-5]\d)(?:[-_.]?(\d{3}))?(?!\d)(?:\s?([AP])\.?M)?)?/iu;

/** The same in one run of digits: `20190713142530`, `20190713_142530000_iOS`. */
const JOINED_DATE =
  /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[_-]?([01]\d|2[0-3])([0-5]\d)([0-5]\d)(\d{3})?(?!\d)/;

/** Pixel phones (`PXL_20210520_123456789`) and OneDrive (`..._iOS`) name files by UTC, all others by the wall clock. */
const NAMED_BY_UTC = /^PXL_|_iOS\.[^.]+$/;

/** `FB_IMG_1562345678901`: milliseconds since 1970. */
const EPOCH_MILLIS = /^(?:FB_IMG_|mmexport|received_)?(1[0-9]{12})(?!\d)/;

/** The date that a phone, messenger or scanner put into a file's name; null when there is none. */
export function filenameDate(name: string): WallClock | null {
  const epoch = EPOCH_MILLIS.exec(name);
  if (epoch !== null) return fromEpoch(Number(epoch[1]));
  const offsetMinutes = NAMED_BY_UTC.test(name) ? 0 : null;
  const joined = JOINED_DATE.exec(name);
  if (joined !== null) {
    const [year = 0, month, day, hour, minute, second] = joined.slice(1, 7).map(Number);
    return wallClock({ year, month, day, hour, minute, second, fraction: joined[7] }, offsetMinutes);
  }
  const match = DATE_IN_NAME.exec(name);
  if (match === null) return null;
  const [, year, , month, day, hour, , minute, second, fraction, half] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (hour === undefined || Number(hour) > 24) return wallClock(date);
  const time = { hour: hour24(Number(hour), half), minute: Number(minute), second: Number(second), fraction };
  return wallClock({ ...date, ...time }, offsetMinutes) ?? wallClock(date);
}

function hour24(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
}

function fromEpoch(millis: number): WallClock | null {
  const date = new Date(millis);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return wallClock({ year, month, day, hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() }, 0);
}
