import { around, distance } from 'geokdbush';
import KDBush from 'kdbush';
import { countryAt } from './country-at.ts';
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
  /** @param latitude degrees, north positive @param longitude degrees, east positive */
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

/** Puts an index on a table of places. Takes some 60 ms; a look-up takes 0.1 ms. */
export function createGazetteer(table: PlaceTable): Gazetteer {
  const { source, regions, regionOf, countries } = table;
  const everyPlace = indexOf(table, () => true);
  const tiers = LEAST_POPULATION_OF_TIER.map((least, tier) => {
    const most = LEAST_POPULATION_OF_TIER[tier - 1] ?? Number.POSITIVE_INFINITY;
    const places = indexOf(table, (place) => {
      const population = populationOf(table.sizes[place]!);
      return table.sizes[place] !== 0 && population >= least && population < most;
    });
    return { places, longestReach: Math.max(...places.ids.map((place) => reachOf(table, place))) };
  });

  const nearest = (longitude: number, latitude: number, maxKm: number, country: string | null) =>
    around(everyPlace.index, longitude, latitude, 1, maxKm, (entry) => {
      return country === null || regions[regionOf[everyPlace.ids[entry]!]!]!.country === country;
    }).map((entry) => everyPlace.ids[entry]!)[0];

  /** The city whose edge is nearest, or that reaches farthest over the position, in one region. */
  const cityIn = (region: number, longitude: number, latitude: number): number | undefined => {
    let best: number | undefined;
    let leastKm = MAX_KM_FROM_CITY;
    for (const { places, longestReach } of tiers) {
      const inRegion = (entry: number) => regionOf[places.ids[entry]!] === region;
      for (const entry of around(places.index, longitude, latitude, undefined, leastKm + longestReach, inRegion)) {
        const place = places.ids[entry]!;
        const centreKm = distance(longitude, latitude, table.longitudes[place]!, table.latitudes[place]!);
        const edgeKm = centreKm - reachOf(table, place);
        if (edgeKm < leastKm) [best, leastKm] = [place, edgeKm];
      }
    }
    return best;
  };

  return {
    source,
    attribution: PLACE_ATTRIBUTION,
    placeAt(latitude, longitude) {
      const within = countryAt(latitude, longitude);
      const place = nearest(longitude, latitude, within === null ? MAX_KM_OFF_COAST : MAX_KM_FROM_PLACE, within);
      const region = place === undefined ? undefined : regions[regionOf[place]!]!;
      const city = place === undefined ? undefined : cityIn(regionOf[place]!, longitude, latitude);
      const countryCode = within ?? region?.country ?? null;
      return {
        city: city === undefined ? null : table.nameOf(city),
        region: region?.name || null,
        country: countryCode === null ? null : (countries[countryCode] ?? countryCode),
        countryCode,
        source,
      };
    },
  };
}

interface PlaceIndex {
  index: KDBush;
  /** Rows of the table by entry of the index. */
  ids: number[];
}

function indexOf({ longitudes, latitudes }: PlaceTable, accept: (place: number) => boolean): PlaceIndex {
  const ids = Array.from(longitudes.keys()).filter(accept);
  const index = new KDBush(ids.length, 16, Float32Array);
  for (const place of ids) index.add(longitudes[place]!, latitudes[place]!);
  return { index: index.finish(), ids };
}

function reachOf({ sizes }: PlaceTable, place: number): number {
  const population = Math.max(populationOf(sizes[place]!), LEAST_POPULATION);
  return REACH_OF_A_MILLION_KM * Math.sqrt(population / 1_000_000);
}
