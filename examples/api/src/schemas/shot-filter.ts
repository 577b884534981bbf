import { z } from 'zod';

const MILLISECONDS_PER_DAY = 86_400_000;

const Day = z.iso.date();
const WallClock = z.iso.datetime({ local: true });
const expectation = 'Expected a day (2024-06-01) or a wall-clock time (2024-06-01T12:30:00).';

/** Wall clocks carry no zone; the library compares them as if they were UTC. */
const asUtc = (wallClock: string) => new Date(wallClock.endsWith('Z') ? wallClock : `${wallClock}Z`);

const isDay = (value: string) => !value.includes('T');

/** Shot at or after; a day means its first moment. */
export const ShotFrom = z
  .union([Day, WallClock], expectation)
  .transform((value) => (isDay(value) ? new Date(value) : asUtc(value)))
  .meta({ description: "Shot at or after, by the camera's wall clock.", example: '2024-06-01' });

/** Shot at or before; a day means its last moment. */
export const ShotTo = z
  .union([Day, WallClock], expectation)
  .transform((value) => (isDay(value) ? new Date(Date.parse(value) + MILLISECONDS_PER_DAY - 1) : asUtc(value)))
  .meta({ description: "Shot at or before, by the camera's wall clock; a day is included whole.", example: '2024-06-30' });
