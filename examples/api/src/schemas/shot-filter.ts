import { z } from 'zod';

/** A year, month or day, or a day with a time of day; no zone, because a wall clock has none. */
const WALL_CLOCK_PATTERN = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?)?)?$/;

/** The library says what these mean, and whether the calendar has them: to the page, the command and a program the same. */
const WallClock = z
  .string()
  .regex(
    WALL_CLOCK_PATTERN,
    'Expected a year, month or day (2024, 2024-06, 2024-06-01) or a wall-clock time (2024-06-01T12:30:00).',
  )
  .refine(exists, 'Expected a day and a time that exist.');

/** Date.parse takes 30 February for 1 March. */
function exists(value: string): boolean {
  const instant = new Date(value.includes('T') ? `${value}Z` : value);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value.slice(0, 'YYYY-MM-DD'.length));
}

/** Shot at or after; of a day, its first moment. */
export const ShotFrom = WallClock.meta({
  description: "Shot at or after, by the camera's wall clock.",
  example: '2024-06-01',
});

/** Shot at or before; a day is included whole. */
export const ShotTo = WallClock.meta({
  description: "Shot at or before, by the camera's wall clock; a year, month or day is included whole.",
  example: '2024-06-30',
});
