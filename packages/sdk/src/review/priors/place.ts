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

/** More than there are cells in a row. */
const COLUMNS = 2 ** 20;

/** Who was seen in a part of the Earth, a person once a day. */
interface Visits {
  /** Days of each person. */
  readonly days: ReadonlyMap<string, ReadonlySet<number>>;
  /** People on each day. */
  readonly people: ReadonlyMap<number, number>;
  readonly count: number;
}

/** Who was seen at the place of a photo, on other days: today's are the time's to tell. */
export const place: Circumstance = {
  name: 'place',
  reaches: CELLS.map(({ name }) => name),
  applies: ({ occasion }) => occasion.place !== null,
  learn: (sightings) => {
    const placed = [...sightings.values()].filter((sighting) => sighting.place !== null);
    const everywhere = countVisits(placed);
    const levels = CELLS.map(({ degrees }) => Map.groupBy(placed, ({ place }) => cellOf(place!, degrees)));
    // Few places are asked about between two answers: who was at each is counted when it is asked for.
    const counted = CELLS.map(() => new Map<number, Visits>());
    return ({ occasion }) => {
      const { place, day } = occasion;
      const here = CELLS.map(({ degrees }, level) => {
        const cell = cellOf(place!, degrees);
        return setIn(counted[level]!, cell, () => countVisits(levels[level]!.get(cell) ?? []));
      });
      const countIn = ({ days, people, count }: Visits, personId: string): Count => {
        const ofPerson = days.get(personId);
        return { seen: ofPerson ? ofPerson.size - Number(ofPerson.has(day)) : 0, all: count - (people.get(day) ?? 0) };
      };
      return (personId) => ({
        usual: countIn(everywhere, personId),
        narrowing: here.map((visits) => countIn(visits, personId)),
      });
    };
  },
};

function countVisits(sightings: readonly Sighting[]): Visits {
  const days = new Map<string, Set<number>>();
  const people = new Map<number, number>();
  let count = 0;
  for (const { people: seen, day } of sightings) {
    for (const personId of seen) {
      const ofPerson = setIn(days, personId, () => new Set<number>());
      if (ofPerson.has(day)) continue;
      ofPerson.add(day);
      people.set(day, (people.get(day) ?? 0) + 1);
      count++;
    }
  }
  return { days, people, count };
}

/** Cells are as wide as high: fewer lie around the Earth the nearer they are to a pole. */
function cellOf({ latitude, longitude }: NonNullable<Occasion['place']>, degrees: number): number {
  const row = Math.floor(latitude / degrees);
  const column = Math.floor((longitude * Math.cos((row * degrees * Math.PI) / 180)) / degrees);
  return row * COLUMNS + column;
}
