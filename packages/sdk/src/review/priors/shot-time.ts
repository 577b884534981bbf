import type { Count } from './back-off.ts';
import type { Circumstance } from './circumstance.ts';
import { setIn } from './set-in.ts';
import { countBetween } from './sorted-numbers.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes before and after the photo. */
const WINDOWS = [
  { minutes: 400 * DAY, name: 'within 13 months' },
  { minutes: 60 * DAY, name: 'within two months' },
  { minutes: 10 * DAY, name: 'within ten days' },
  { minutes: 1.5 * DAY, name: 'around the day' },
  { minutes: 3 * HOUR, name: 'within three hours' },
] as const;

/** Who was seen around the time of a photo, by name and photo. */
export const shotTime: Circumstance = {
  name: 'shot time',
  reaches: WINDOWS.map(({ name }) => name),
  applies: ({ occasion }) => occasion.minute !== null,
  learn: (sightings) => {
    const dated = [...sightings.values()].filter(({ minute }) => minute !== null);
    const timesOf = new Map<string, number[]>();
    for (const { minute, people } of dated) for (const personId of people) setIn(timesOf, personId, () => []).push(minute!);
    const all = Float64Array.from(dated.flatMap(({ minute, people }) => people.map(() => minute!))).sort();
    const sorted = new Map<string, Float64Array>();
    const sortedTimes = (personId: string) =>
      setIn(sorted, personId, () => Float64Array.from(timesOf.get(personId) ?? []).sort());
    return ({ occasion, ownPeople }) => {
      const minute = occasion.minute!;
      const within = (times: Float64Array, own: number) =>
        WINDOWS.map(({ minutes }) => countBetween(times, minute - minutes, minute + minutes) - own);
      const allWithin = within(all, ownPeople.length);
      return (personId) => {
        const times = sortedTimes(personId);
        const own = Number(ownPeople.includes(personId));
        const seenWithin = within(times, own);
        return {
          usual: { seen: times.length - own, all: all.length - ownPeople.length },
          narrowing: allWithin.map((ofAll, i): Count => ({ seen: seenWithin[i]!, all: ofAll })),
        };
      };
    };
  },
};
