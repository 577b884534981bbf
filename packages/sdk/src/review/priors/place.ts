import type { Count } from './back-off.ts';
import type { Circumstance } from './circumstance.ts';
import { setIn } from './set-in.ts';
import type { Occasion, Sighting } from './sightings.ts';

/** Sides of the cells that the Earth is cut into, in degrees of latitude: some 300, 30, 2 and 0.2 km. */
const CELLS = [
  { degrees: 2.7, name: 'within some 300 km on other days' },
  { degrees: 0.27, name: 'within some 30 km on other days' },
  { degrees: 0.018, name: 'within some 2 km on other days' },
  { degrees: 0.0018, name: 'within some 200 m on other days' },
] as const;

/** Who was seen in a part of the Earth, a person once a day. */
interface Visits {
  /** Days of each person. */
  readonly days: Map<string, Set<number>>;
  /** People on each day. */
  readonly people: Map<number, number>;
  count: number;
}

/** Who was seen at the place of a photo, on other days: today's are the time's to tell. */
export function place(sightings: ReadonlyMap<string, Sighting>): Circumstance {
  const everywhere = noVisits();
  const levels = CELLS.map(() => new Map<string, Visits>());
  for (const sighting of sightings.values()) {
    if (sighting.place === null) continue;
    visit(everywhere, sighting);
    for (const [level, { degrees }] of CELLS.entries()) {
      visit(setIn(levels[level]!, cellOf(sighting.place, degrees), noVisits), sighting);
    }
  }
  return {
    name: 'place',
    reaches: CELLS.map(({ name }) => name),
    recall: ({ occasion: { place, day } }) => {
      if (place === null) return null;
      const here = CELLS.map(({ degrees }, level) => levels[level]!.get(cellOf(place, degrees)));
      const countIn = (visits: Visits | undefined, personId: string): Count => {
        const days = visits?.days.get(personId);
        return {
          seen: days ? days.size - Number(days.has(day)) : 0,
          all: visits ? visits.count - (visits.people.get(day) ?? 0) : 0,
        };
      };
      return (personId) => ({
        usual: countIn(everywhere, personId),
        narrowing: here.map((visits) => countIn(visits, personId)),
      });
    },
  };
}

function noVisits(): Visits {
  return { days: new Map(), people: new Map(), count: 0 };
}

function visit(visits: Visits, { people, day }: Sighting): void {
  for (const personId of people) {
    const days = setIn(visits.days, personId, () => new Set<number>());
    if (days.has(day)) continue;
    days.add(day);
    visits.people.set(day, (visits.people.get(day) ?? 0) + 1);
    visits.count++;
  }
}

/** Cells are as wide as high: fewer lie around the Earth the nearer they are to a pole. */
function cellOf({ latitude, longitude }: NonNullable<Occasion['place']>, degrees: number): string {
  const row = Math.floor(latitude / degrees);
  const column = Math.floor((longitude * Math.cos((row * degrees * Math.PI) / 180)) / degrees);
  return `${row} ${column}`;
}
