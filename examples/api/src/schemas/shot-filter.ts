import { z } from 'zod';

const MILLISECONDS_PER_DAY = 86_400_000;

/** A day, or a day with a time of day; no zone, because a wall clock has none. */
const WALL_CLOCK_PATTERN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?)?$/;

const isDay = (value: string) => !value.includes('T');

/** The library compares wall clocks as if they were UTC. */
const asUtc = (value: string) => Date.parse(isDay(value) ? value : `${value}Z`);

const endOf = (value: string) => asUtc(value) + (isDay(value) ? MILLISECONDS_PER_DAY - 1 : 0);

// Date.parse takes 30 February for 1 March.
const exists = (value: string) =>
  !Number.isNaN(asUtc(value)) && new Date(asUtc(value)).toISOString().startsWith(value.slice(0, 10));

const WallClock = z
  .string()
  .regex(WALL_CLOCK_PATTERN, 'Expected a day (2024-06-01) or a wall-clock time (2024-06-01T12:30:00).')
  .refine(exists, 'Expected a day and a time that exist.');

/** Shot at or after; a day means its first moment. */
export const ShotFrom = WallClock.transform((value) => new Date(asUtc(value))).meta({
  description: "Shot at or after, by the camera's wall clock.",
  example: '2024-06-01',
});

/** Shot at or before; a day means its last moment. */
export const ShotTo = WallClock.transform((value) => new Date(endOf(value))).meta({
  description: "Shot at or before, by the camera's wall clock; a day is included whole.",
  example: '2024-06-30',
});
