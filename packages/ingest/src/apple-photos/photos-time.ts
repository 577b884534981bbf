/** Seconds from 1970 to 2001, from which Apple counts. */
const APPLE_EPOCH_SECONDS = 978_307_200;

/** Photos keeps fractions of a second that EXIF writes elsewhere. */
const SAME_TIME_MILLIS = 1_500;

const MAX_OFFSET_SECONDS = 14 * 3600;

/**
 * The wall clock that somebody set in Photos, with its offset; null where Photos shows what the camera wrote, or where it does not tell what that was:
 * then its date is perhaps that of a file.
 *
 * @param createdAt seconds since 2001-01-01T00:00Z
 * @param offset seconds east of UTC
 * @param exifTime `YYYY:MM:DD HH:MM:SS`, as the camera wrote it
 */
export function correctedTime(createdAt: number | null, offset: number | null, exifTime: string | null): string | null {
  if (createdAt === null || offset === null || exifTime === null || Math.abs(offset) > MAX_OFFSET_SECONDS) return null;
  const written = Date.parse(`${exifTime.trim().replace(/^(\d{4}):(\d\d):(\d\d) /, '$1-$2-$3T')}Z`);
  const shown = (createdAt + APPLE_EPOCH_SECONDS + offset) * 1000;
  if (Number.isNaN(written) || Math.abs(shown) > 8.64e15 || Math.abs(shown - written) <= SAME_TIME_MILLIS) return null;
  const minutes = Math.abs(Math.round(offset / 60));
  const zone = [Math.trunc(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${new Date(shown).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${zone}`;
}
