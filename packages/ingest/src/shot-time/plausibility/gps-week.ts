import { areOfOneDay } from './evidence.ts';

/** GPS counts its weeks in 10 bits; receivers that miss a rollover are behind by all of them. https://en.wikipedia.org/wiki/GPS_week_number_rollover */
const ROLLOVER_MILLIS = 1024 * 7 * 86_400_000;

/** EXIF 2.2 brought `GPSDateStamp`: no photo had a GPS date before. https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf */
const FIRST_GPS_DATE = Date.UTC(2002, 3);

/** A GPS fix, set right if its receiver had missed a rollover of the weeks. */
export interface GpsFix {
  at: Date;
  /** What the receiver wrote, where that was set right. */
  uncorrected: Date | null;
  isBeforeGps: boolean;
}

/**
 * Sets a GPS fix right by 1024 weeks where that, and not the fix as it stands, agrees with something else.
 *
 * @param others moments of other sources, the file's own time among them, in milliseconds since 1970
 */
export function correctGpsWeek(fix: Date, others: readonly number[]): GpsFix {
  const isConfirmed = (millis: number) => others.some((other) => areOfOneDay(millis, other));
  const written = fix.getTime();
  const corrected = written + ROLLOVER_MILLIS;
  if (!isConfirmed(written) && isConfirmed(corrected)) return { at: new Date(corrected), uncorrected: fix, isBeforeGps: false };
  return { at: fix, uncorrected: null, isBeforeGps: written < FIRST_GPS_DATE };
}
