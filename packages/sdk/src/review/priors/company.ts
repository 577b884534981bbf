import type { Count } from './back-off.ts';
import type { Circumstance } from './circumstance.ts';
import { setIn } from './set-in.ts';
import type { Sighting } from './sightings.ts';
import { countBetween } from './sorted-numbers.ts';

/** Days before and after the photo: whoever was together once may part. */
const RECENTLY = 400;

/** The days on which two people were on one photo: a hundred photos of one party count once. */
type DaysTogether = ReadonlyMap<string, ReadonlyMap<string, Float64Array>>;

/** Who is seen beside the people of a photo, on other days. */
export function company(sightings: ReadonlyMap<string, Sighting>): Circumstance {
  const together = findDaysTogether(sightings);
  const daysOf = findDays(sightings);
  const peopleOn = countPeopleByDay(daysOf);
  const allDays = [...peopleOn.values()].reduce((sum, people) => sum + people, 0);
  return {
    name: 'company',
    reaches: ['on other days', 'on other days within 13 months'],
    recall: ({ occasion: { day }, company: companions }) => {
      if (companions.size === 0) return null;
      const beside = [...companions].flatMap((companion) => together.get(companion) ?? []);
      const count = (days: Float64Array | undefined): [ever: number, recently: number] => {
        if (!days) return [0, 0];
        const today = countBetween(days, day, day);
        const recently = day < 0 ? 0 : countBetween(days, Math.max(0, day - RECENTLY), day + RECENTLY) - today;
        return [days.length - today, recently];
      };
      // Those who are on the photo anyway are not who the face could be.
      const others = beside.flatMap((partners) =>
        [...partners].flatMap(([id, days]) => (companions.has(id) ? [] : [count(days)])),
      );
      const all = add(others);
      return (personId) => {
        const seen = add(beside.map((partners) => count(partners.get(personId))));
        const days = daysOf.get(personId);
        return {
          usual: { seen: days ? days.size - Number(days.has(day)) : 0, all: allDays - (peopleOn.get(day) ?? 0) },
          narrowing: all.map((ofAll, i): Count => ({ seen: seen[i]!, all: ofAll })),
        };
      };
    },
  };
}

function add(counts: readonly (readonly [number, number])[]): [ever: number, recently: number] {
  return [counts.reduce((sum, [ever]) => sum + ever, 0), counts.reduce((sum, [, recently]) => sum + recently, 0)];
}

function findDays(sightings: ReadonlyMap<string, Sighting>): Map<string, Set<number>> {
  const days = new Map<string, Set<number>>();
  for (const { people, day } of sightings.values()) {
    for (const personId of people) setIn(days, personId, () => new Set<number>()).add(day);
  }
  return days;
}

function countPeopleByDay(daysOf: ReadonlyMap<string, ReadonlySet<number>>): Map<number, number> {
  const people = new Map<number, number>();
  for (const days of daysOf.values()) for (const day of days) people.set(day, (people.get(day) ?? 0) + 1);
  return people;
}

function findDaysTogether(sightings: ReadonlyMap<string, Sighting>): DaysTogether {
  const together = new Map<string, Map<string, Set<number>>>();
  for (const { people, day } of sightings.values()) {
    for (const one of people) {
      for (const other of people) {
        if (one === other) continue;
        const partners = setIn(together, one, () => new Map<string, Set<number>>());
        setIn(partners, other, () => new Set<number>()).add(day);
      }
    }
  }
  return new Map(
    [...together].map(([id, partners]) => [
      id,
      new Map([...partners].map(([other, days]) => [other, Float64Array.from(days).sort()])),
    ]),
  );
}
