import { around, distance } from 'geokdbush';
import KDBush from 'kdbush';
import type { CurrentPlace, GeoNames, RatedPlace } from './read-geonames.ts';

/** A place as it goes into the table: a town, or with population null a mere mark of which division is where. */
export interface JoinedPlace extends CurrentPlace {
  population: number | null;
}

/** Sections of places, and places that are no more: nobody says "I was in" one when the town has a name. */
const NO_TOWNS = new Set(['PPLX', 'PPLQ', 'PPLH', 'PPLW', 'PPLCH']);

/** Two entries this near are one place, whatever they are called. */
const SAME_PLACE_KM = 0.05;
/** Two entries of one name this near are one place whose centre was moved. */
const SAME_NAME_KM = 10;

/** Towns with today's names and divisions, and marks where the nearest town lies in another division. */
export function joinGeoNames({ current, rated }: GeoNames): JoinedPlace[] {
  const today = indexOf(current);
  const towns = rated
    .filter(({ featureCode }) => !NO_TOWNS.has(featureCode))
    .flatMap((place) => {
      const near = around(today, place.longitude, place.latitude, undefined, SAME_NAME_KM, (id) => {
        return current[id]!.country === place.country;
      }).map((id) => current[id]!);
      const same = near.find((candidate) => isSame(candidate, place));
      if (same) return [{ ...same, population: place.population }];
      // Renamed and moved since: its own name, and the division of what is around it. With nothing around it, it is gone.
      return near[0] ? [{ ...near[0], ...positionAndName(place), population: place.population }] : [];
    });
  const townIndex = indexOf(towns);
  const marks = current.filter((place) => {
    const [nearest] = around(
      townIndex,
      place.longitude,
      place.latitude,
      1,
      undefined,
      (id) => towns[id]!.country === place.country,
    );
    return nearest === undefined || towns[nearest]!.division !== place.division;
  });
  return [...towns, ...marks.map((mark) => ({ ...mark, population: null }))];
}

function isSame(candidate: CurrentPlace, place: RatedPlace): boolean {
  const km = distance(candidate.longitude, candidate.latitude, place.longitude, place.latitude);
  return km < SAME_PLACE_KM || (km < SAME_NAME_KM && lettersOf(candidate.name) === lettersOf(place.name));
}

function positionAndName({ name, latitude, longitude }: RatedPlace) {
  return { name, latitude, longitude };
}

function lettersOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
}

function indexOf(places: readonly CurrentPlace[]): KDBush {
  const index = new KDBush(places.length);
  for (const { longitude, latitude } of places) index.add(longitude, latitude);
  return index.finish();
}
