interface UnsetClock {
  local: string;
  /** A zero that counts in UTC shows as another quarter of an hour in each zone. */
  isUtc?: true;
}

/** What clocks show, to the second, that were never set. */
const UNSET_CLOCKS: readonly UnsetClock[] = [
  // Qualcomm's camera software. https://github.com/photoprism/photoprism/issues/3105
  { local: '2002-12-08T12:00:00' },
  // Zero of Unix. https://github.com/photoprism/photoprism/issues/3229
  { local: '1970-01-01T00:00:00', isUtc: true },
  // Zero of QuickTime and of old Macs. https://developer.apple.com/documentation/quicktime-file-format/movie_header_atom
  { local: '1904-01-01T00:00:00', isUtc: true },
  // Zero of OLE and Delphi. https://learn.microsoft.com/en-us/cpp/atl-mfc-shared/date-type
  { local: '1899-12-30T00:00:00' },
  // Zero of GPS. https://en.wikipedia.org/wiki/GPS_week_number_rollover
  { local: '1980-01-06T00:00:00' },
];

/** After a change of battery cameras begin a year that their makers thought of: 1980, the zero of DOS and of memory cards, 2000, or their own. */
const NEW_YEAR = /^\d{4}-01-01T00:00:00$/;

const QUARTER_HOUR_MILLIS = 15 * 60_000;
const WIDEST_OFFSET_MILLIS = 14 * 3_600_000;

/** Whether a wall clock of full seconds shows what only unset clocks do. */
export function isUnsetClock(shown: string): boolean {
  return UNSET_CLOCKS.some(({ local, isUtc }) => (isUtc ? isInSomeZone(shown, local) : shown === local));
}

/** Whether an instant is what an unset clock of some zone showed, or a zero that means that nothing is known. */
export function isUnsetInstant(at: Date): boolean {
  const shown = at.toISOString().slice(0, 19);
  return UNSET_CLOCKS.some(({ local }) => isInSomeZone(shown, local));
}

/** Whether a wall clock shows the first second of a year: unset, or by a person who knows no more than the year. */
export function isNewYear(shown: string): boolean {
  return NEW_YEAR.test(shown);
}

/** Zeros from which clocks run on that were never set: of Unix, and of DOS and GPS. */
const RUNNING_FROM = ['1970-01-01', '1980-01-01', '1980-01-06'];
const WEEK_MILLIS = 7 * 86_400_000;

/** Whether a wall clock shows the first week from such a zero, in any zone. */
export function isSoonAfterZero(shown: string): boolean {
  const elapsed = RUNNING_FROM.map((zero) => Date.parse(`${shown}Z`) - Date.parse(zero));
  return elapsed.some((millis) => millis >= -WIDEST_OFFSET_MILLIS && millis <= WEEK_MILLIS);
}

/** Whether two wall clocks, or a wall clock and an instant, differ by no more than an offset from UTC. */
export function isInSomeZone(shown: string, local: string): boolean {
  const offset = Math.abs(Date.parse(`${shown}Z`) - Date.parse(`${local}Z`));
  return offset <= WIDEST_OFFSET_MILLIS && offset % QUARTER_HOUR_MILLIS === 0;
}
