import type { Count } from './back-off.ts';
import type { Circumstance } from './circumstance.ts';
import type { Sighting } from './sightings.ts';
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
export function shotTime(sightings: ReadonlyMap<string, Sighting>): Circumstance {
  const dated = [...sightings.values()].flatMap(({ minute, people }) =>
    minute === null ? [] : people.map((personId) => ({ personId, minute })),
  );
  const all = ascending(dated);
  const byPerson = new Map([...Map.groupBy(dated, ({ personId }) => personId)].map(([id, seen]) => [id, ascending(seen)]));
  return {
    name: 'shot time',
    reaches: WINDOWS.map(({ name }) => name),
    recall: ({ occasion: { minute }, ownPeople }) => {
      if (minute === null) return null;
      const within = (times: Float64Array, own: number) =>
        WINDOWS.map(({ minutes }) => countBetween(times, minute - minutes, minute + minutes) - own);
      const allWithin = within(all, ownPeople.length);
      return (personId) => {
        const times = byPerson.get(personId) ?? NEVER;
        const own = Number(ownPeople.includes(personId));
        const seenWithin = within(times, own);
        return {
          usual: { seen: times.length - own, all: all.length - ownPeople.length },
          narrowing: allWithin.map((ofAll, i): Count => ({ seen: seenWithin[i]!, all: ofAll })),
        };
      };
    },
  };
}

const NEVER = new Float64Array();

function ascending(seen: readonly { minute: number }[]): Float64Array {
  return Float64Array.from(seen, ({ minute }) => minute).sort();
}
