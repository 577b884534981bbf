import type { PhotoResource } from '@photoorg/example-api/schemas';

export type ShotFields = Pick<
  PhotoResource,
  'shotAt' | 'shotLocal' | 'shotOffsetMinutes' | 'shotZone' | 'shotSource' | 'shotPrecision'
>;

const locale = 'en-GB';

/** The day of the shot by the camera's own clock, as exactly as it is known: "15 June 2019", "June 2019", "2019". Null when nothing is known. */
export function formatShotDay({ shotLocal, shotPrecision }: ShotFields): string | null {
  if (!shotLocal) return null;
  const parts: Intl.DateTimeFormatOptions =
    shotPrecision === 'year'
      ? { year: 'numeric' }
      : shotPrecision === 'month'
        ? { year: 'numeric', month: 'long' }
        : { year: 'numeric', month: 'long', day: 'numeric' };
  return wallClock(shotLocal, parts);
}

/** Day and time of the shot by the camera's own clock, never finer than known: "Saturday 15 June 2019, 18:20:31". */
export function formatShotTime(shot: ShotFields): string | null {
  const { shotLocal, shotPrecision } = shot;
  if (!shotLocal) return null;
  if (shotPrecision === 'year' || shotPrecision === 'month') return formatShotDay(shot);
  // Put together by hand: versions of ICU disagree about the comma after the weekday.
  const day = `${wallClock(shotLocal, { weekday: 'long' })} ${wallClock(shotLocal, { year: 'numeric', month: 'long', day: 'numeric' })}`;
  if (shotPrecision === 'day') return day;
  const seconds = shotPrecision === 'minute' ? undefined : '2-digit';
  return `${day}, ${wallClock(shotLocal, { hour: '2-digit', minute: '2-digit', second: seconds, hourCycle: 'h23' })}`;
}

/** What is known about the zone the clock ran in: "UTC+09:00, Asia/Tokyo", or that the photo does not say. */
export function formatShotZone({ shotOffsetMinutes, shotZone }: ShotFields): string {
  if (shotOffsetMinutes === null) return shotZone ?? 'Time zone not recorded; this is the camera’s own clock';
  const sign = shotOffsetMinutes < 0 ? '−' : '+';
  const minutes = Math.abs(shotOffsetMinutes);
  const offset = `UTC${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return shotZone ? `${offset}, ${shotZone}` : offset;
}

/** Where the time comes from, and a warning where that is weak evidence. */
export function formatShotSource(shotSource: string | null): string {
  if (shotSource === null) return 'No time recorded';
  const [kind, field] = shotSource.split(':', 2);
  if (kind === 'exif') return `Camera (EXIF ${field})`;
  if (kind === 'file') return 'File date; the photo itself records none';
  return field ? `${kind} (${field})` : shotSource;
}

/** The month a photo belongs to in the grid, by the camera's clock: "June 2019". */
export function formatShotMonth({ shotLocal, shotPrecision }: ShotFields): string {
  if (!shotLocal) return 'Without a date';
  return wallClock(shotLocal, shotPrecision === 'year' ? { year: 'numeric' } : { year: 'numeric', month: 'long' });
}

// The wall clock is formatted as if it were UTC: the viewer's own zone must not move a photo to another day.
function wallClock(local: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' }).format(new Date(`${local}Z`));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
