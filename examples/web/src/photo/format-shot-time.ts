import type { PhotoResource } from '@photoorg/example-api/schemas';

export type ShotFields = Pick<
  PhotoResource,
  'shotAt' | 'shotLocal' | 'shotOffsetMinutes' | 'shotZone' | 'shotSource' | 'shotPrecision'
> &
  Partial<Pick<PhotoResource, 'shotOffsetSource'>>;

type DateParts = Intl.DateTimeFormatOptions;

const locale = 'en-GB';
const month: DateParts = { year: 'numeric', month: 'long' };
const day: DateParts = { ...month, day: 'numeric' };

/** The day of the shot, as exactly as it is known: "15 June 2019", "June 2019", "2019". Null when nothing is known. */
export function formatShotDay(shot: ShotFields): string | null {
  if (shot.shotPrecision === 'year') return formatClock(shot, { year: 'numeric' });
  return formatClock(shot, shot.shotPrecision === 'month' ? month : day);
}

/** Day and time of the shot, never finer than known: "Saturday 15 June 2019, 18:20:31". */
export function formatShotTime(shot: ShotFields): string | null {
  const { shotPrecision } = shot;
  const shotDay = formatShotDay(shot);
  if (shotDay === null || shotPrecision === 'year' || shotPrecision === 'month') return shotDay;
  // Put together by hand: versions of ICU disagree about the comma after the weekday.
  const weekday = `${formatClock(shot, { weekday: 'long' })} ${shotDay}`;
  if (shotPrecision === 'day') return weekday;
  const second = shotPrecision === 'minute' ? undefined : '2-digit';
  return `${weekday}, ${formatClock(shot, { hour: '2-digit', minute: '2-digit', second, hourCycle: 'h23' })}`;
}

/** The month a photo belongs to in the grid: "June 2019"; of an instant the month in UTC, by which it has its place in the timeline. */
export function formatShotMonth(shot: ShotFields): string {
  const parts = shot.shotPrecision === 'year' ? ({ year: 'numeric' } as const) : month;
  return formatClock(shot, wallClock(shot) ? parts : { ...parts, timeZone: 'UTC' }) ?? 'Without a date';
}

/** Whether nothing tells of the shot but the last change of the file, which may be that of a copy. */
export function isFileDate({ shotSource }: Pick<ShotFields, 'shotSource'>): boolean {
  return shotSource === 'file:mtime';
}

/** What is known about the zone the clock ran in: "UTC+09:00, Asia/Tokyo", or that the photo does not say. */
export function formatShotZone(shot: ShotFields): string {
  const { shotAt, shotLocal, shotOffsetMinutes, shotOffsetSource, shotZone } = shot;
  if (wallClock(shot) === null) return 'By the clock of this device; the camera’s own is not known';
  if (shotOffsetMinutes === null) return shotZone ?? 'Time zone not recorded; this is the camera’s own clock';
  const sign = shotOffsetMinutes < 0 ? '−' : '+';
  const minutes = Math.abs(shotOffsetMinutes);
  const offset = `UTC${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  if (shotOffsetSource === 'neighbours') return `${offset}, by photos ${shotLocal ? 'of the same camera ' : ''}around it`;
  if (!shotZone) return offset;
  const isLocalTime = shotAt === null || offsetIn(shotZone, shotAt) === shotOffsetMinutes;
  return isLocalTime ? `${offset}, ${shotZone}` : `${offset}, not the time of the place (${shotZone})`;
}

/** Where the time comes from, and a warning where that is weak evidence. */
export function formatShotSource(shotSource: string | null): string {
  if (shotSource === null) return 'No time recorded';
  const [kind, field] = shotSource.split(':', 2);
  if (kind === 'exif') return `Camera (EXIF ${field})`;
  if (shotSource === 'file:name') return 'The name of the file; the photo itself records none';
  if (kind === 'file') return 'File date; the photo itself records none';
  return field ? `${kind} (${field})` : shotSource;
}

/**
 * Parts of the shot time by the camera's own clock, formatted as if that were UTC: the viewer's zone must not move a photo to
 * another day. Where only the instant is known, by the viewer's clock.
 */
function formatClock(shot: ShotFields, parts: DateParts): string | null {
  const clock = wallClock(shot);
  if (clock) return formatter({ ...parts, timeZone: 'UTC' }).format(clock);
  return shot.shotAt && formatter(parts).format(new Date(shot.shotAt));
}

/** What the clock on the wall showed, as if that were UTC: the camera's, or that of the photos around an instant. */
function wallClock({ shotLocal, shotAt, shotOffsetMinutes }: ShotFields): Date | null {
  if (shotLocal) return new Date(`${shotLocal}Z`);
  return shotAt && shotOffsetMinutes !== null ? new Date(Date.parse(shotAt) + shotOffsetMinutes * 60_000) : null;
}

// A formatter takes far longer to make than to use, and the grid asks for the month of every photo.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(parts: DateParts): Intl.DateTimeFormat {
  const key = JSON.stringify(parts);
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, parts);
  formatters.set(key, made);
  return made;
}

/** Minutes east of UTC that the clocks of a zone show at an instant. */
function offsetIn(timeZone: string, instant: string): number {
  const parts = formatter({ timeZone, timeZoneName: 'longOffset' }).formatToParts(new Date(instant));
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
