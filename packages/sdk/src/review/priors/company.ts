import type { Count } from './back-off.ts';
import type { Circumstance } from './circumstance.ts';
import { setIn } from './set-in.ts';
import type { Sighting } from './sightings.ts';
import { countBetween } from './sorted-numbers.ts';

/** Days before and after the photo: whoever was together once may part. */
const RECENTLY = 400;

/** Ascending days on which somebody was beside others, by their ids: a hundred photos of one party count once. */
type DaysBeside = ReadonlyMap<string, Float64Array>;

/** Who is seen beside the people of a photo, on other days. */
export const company: Circumstance = {
  name: 'company',
  reaches: ['on other days', 'on other days within 13 months'],
  applies: ({ company }) => company.size > 0,
  learn: (sightings) => {
    const daysOf = new Map<string, Set<number>>();
    const peopleOn = new Map<number, number>();
    const photosOf = new Map<string, Sighting[]>();
    let allDays = 0;
    for (const sighting of sightings.values()) {
      for (const personId of sighting.people) {
        const days = setIn(daysOf, personId, () => new Set<number>());
        if (!days.has(sighting.day)) {
          days.add(sighting.day);
          peopleOn.set(sighting.day, (peopleOn.get(sighting.day) ?? 0) + 1);
          allDays++;
        }
        if (sighting.people.length > 1) setIn(photosOf, personId, () => []).push(sighting);
      }
    }
    // Few people are asked about between two answers: whom each was beside is found when it is asked for.
    const beside = new Map<string, DaysBeside>();
    const besideOf = (personId: string) => setIn(beside, personId, () => findDaysBeside(personId, photosOf.get(personId) ?? []));
    return ({ occasion: { day }, company: companions }) => {
      const partnersOfEach = [...companions].map(besideOf);
      const count = (days: Float64Array | undefined): [ever: number, recently: number] => {
        if (!days) return [0, 0];
        const today = countBetween(days, day, day);
        const recently = day < 0 ? 0 : countBetween(days, Math.max(0, day - RECENTLY), day + RECENTLY) - today;
        return [days.length - today, recently];
      };
      // Those who are on the photo anyway are not who the face could be.
      const others = partnersOfEach.flatMap((partners) =>
        [...partners].flatMap(([id, days]) => (companions.has(id) ? [] : [count(days)])),
      );
      const all = add(others);
      return (personId) => {
        const seen = add(partnersOfEach.map((partners) => count(partners.get(personId))));
        const days = daysOf.get(personId);
        return {
          usual: { seen: days ? days.size - Number(days.has(day)) : 0, all: allDays - (peopleOn.get(day) ?? 0) },
          narrowing: all.map((ofAll, i): Count => ({ seen: seen[i]!, all: ofAll })),
        };
      };
    };
  },
};

function add(counts: readonly (readonly [number, number])[]): [ever: number, recently: number] {
  return [counts.reduce((sum, [ever]) => sum + ever, 0), counts.reduce((sum, [, recently]) => sum + recently, 0)];
}

function findDaysBeside(personId: string, photos: readonly Sighting[]): DaysBeside {
  const beside = new Map<string, Set<number>>();
  for (const { people, day } of photos) {
    for (const other of people) if (other !== personId) setIn(beside, other, () => new Set<number>()).add(day);
  }
  return new Map([...beside].map(([other, days]) => [other, Float64Array.from(days).sort()]));
}
