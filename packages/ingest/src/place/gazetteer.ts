import { countryAt } from './country-at.ts';
import { createPlaceIndex, type NearPlace } from './place-index.ts';
import { type PlaceTable, populationOf } from './place-table.ts';

/** Where a photo was taken, in words. */
export interface Place {
  /** The town or city; null far from any. */
  city: string | null;
  /** State, province, Land or prefecture; null where a country has none, or far from any place. */
  region: string | null;
  /** English name; null on the high seas. */
  country: string | null;
  /** ISO 3166-1 alpha-2, e.g. `JP`. */
  countryCode: string | null;
  /** The data that says so, e.g. `geonames-1.1.64`. */
  source: string;
}

/** Finds the places of positions, without a network. */
export interface Gazetteer {
  /** Names the data and its state: another one may give other places. */
  readonly source: string;
  /** To be shown wherever its places are. */
  readonly attribution: string;
  /**
   * The place of a position; all null but the source on the high seas, and of what is no position.
   *
   * @param latitude degrees, north positive
   * @param longitude degrees, east positive
   * @example
   * ```ts
   * const gazetteer = await openGazetteer();
   * const { city, countryCode } = gazetteer.placeAt(-33.8568, 151.2153); // 'Sydney', 'AU'
   * ```
   */
  placeAt(latitude: number, longitude: number): Place;
}

/** What the licence of the data, CC BY 4.0, asks for. */
const PLACE_ATTRIBUTION = 'Place names: GeoNames (https://www.geonames.org), CC BY 4.0';

/**
 * Kilometres from its centre that a city of one million reaches; others by the root of their population, as area grows with it. At this
 * density (7,500 people a square kilometre, that of London or New York) Times Square is New York and not Manhattan, and Puteaux is not Paris.
 */
const REACH_OF_A_MILLION_KM = 6.5;

/** Hamlets whose population is not known reach as far as one of 500 people. */
const LEAST_POPULATION = 500;

/** Beyond the reach of a city by more than this, a photo is of the country around it. */
const MAX_KM_FROM_CITY = 30;

/** A region is that of the nearest place; farther from any than this it would be a guess. */
const MAX_KM_FROM_PLACE = 100;

/** Simplified coasts cut off piers and spits, and some lands have no agreed border: a place this near tells the country too. */
const MAX_KM_OFF_COAST = 3;

/** Sizes that are searched apart, largest first, so that the many small places are searched for only as far as the larger ones leave open. */
const LEAST_POPULATION_OF_TIER = [1_000_000, 50_000, 0];

/** How far the nearest place is searched for, in steps, since it is mostly near. */
const STEPS_TO_NEAREST_KM = [MAX_KM_OFF_COAST, 15, MAX_KM_FROM_PLACE];

/** Puts an index on a table of places. */
export function createGazetteer(table: PlaceTable): Gazetteer {
  const { source, regions, regionOf, countries } = table;
  const everyPlace = createPlaceIndex(table, () => true);
  const tiers = LEAST_POPULATION_OF_TIER.map((least, tier) => {
    const most = LEAST_POPULATION_OF_TIER[tier - 1] ?? Number.POSITIVE_INFINITY;
    const towns = createPlaceIndex(table, (row) => {
      const population = populationOf(table.sizes[row]!);
      return table.sizes[row] !== 0 && population >= least && population < most;
    });
    return { towns, longestReach: towns.rows.reduce((longest, row) => Math.max(longest, reachOf(table, row)), 0) };
  });

  const nearest = (longitude: number, latitude: number, country: string | null): number | undefined => {
    const isInCountry = (row: number) => country === null || regions[regionOf[row]!]!.country === country;
    for (const km of country === null ? [MAX_KM_OFF_COAST] : STEPS_TO_NEAREST_KM) {
      const found = everyPlace.within(longitude, latitude, km, isInCountry).reduce(nearer, undefined);
      if (found) return found.row;
    }
    return undefined;
  };

  /** The town whose edge is nearest, or that reaches farthest over the position, in the region of a place. */
  const townNear = (place: number, longitude: number, latitude: number, maxKm: number): number | undefined => {
    let best: NearPlace | undefined;
    const isInRegion = (row: number) => regionOf[row] === regionOf[place];
    for (const { towns, longestReach } of tiers) {
      const farthest = (best?.km ?? maxKm) + longestReach;
      for (const { row, km } of towns.within(longitude, latitude, farthest, isInRegion)) {
        const edge = { row, km: km - reachOf(table, row) };
        if (edge.km < maxKm) best = nearer(best, edge);
      }
    }
    return best?.row;
  };

  const namesOf = (place: number | undefined, town: number | undefined) => ({
    region: place === undefined ? undefined : regions[regionOf[place]!]!,
    city: town === undefined ? null : table.nameOf(town),
  });

  /** Of disputed land, borders and towns name different countries. A town that reaches over the position is the town all the same. */
  const onDisputedLand = (longitude: number, latitude: number, place: number | undefined) => {
    const nextTo = nearest(longitude, latitude, null);
    const town = nextTo === undefined ? undefined : townNear(nextTo, longitude, latitude, 0);
    return town === undefined ? namesOf(place, undefined) : namesOf(nextTo, town);
  };

  return {
    source,
    attribution: PLACE_ATTRIBUTION,
    placeAt(latitude, longitude) {
      const within = countryAt(latitude, longitude);
      const place = nearest(longitude, latitude, within);
      const town = place === undefined ? undefined : townNear(place, longitude, latitude, MAX_KM_FROM_CITY);
      const { region, city } = town === undefined ? onDisputedLand(longitude, latitude, place) : namesOf(place, town);
      const countryCode = within ?? region?.country ?? null;
      return {
        city,
        region: region?.name || null,
        country: countryCode === null ? null : (countries[countryCode] ?? countryCode),
        countryCode,
        source,
      };
    },
  };
}

/** Of two as near, the one that comes first in the table: which index found it must not matter. */
function nearer(best: NearPlace | undefined, place: NearPlace): NearPlace {
  if (best === undefined || place.km < best.km) return place;
  return place.km === best.km && place.row < best.row ? place : best;
}

function reachOf({ sizes }: PlaceTable, place: number): number {
  const population = Math.max(populationOf(sizes[place]!), LEAST_POPULATION);
  return REACH_OF_A_MILLION_KM * Math.sqrt(population / 1_000_000);
}
