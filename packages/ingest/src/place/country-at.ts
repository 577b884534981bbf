import { featuresContaining } from '@rapideditor/country-coder';

/**
 * The ISO 3166-1 alpha-2 code of the country, or of the territory with a code of its own (Hong Kong, Réunion), inside whose borders and
 * territorial waters a position lies; null on the high seas.
 *
 * The borders are simplified: right to some 100 m along most, to a few hundred metres where a border is a river.
 */
export function countryAt(latitude: number, longitude: number): string | null {
  for (const meridian of sidesOf(longitude)) {
    const country = featuresContaining([meridian, latitude]).find(({ properties }) => isCountry(properties));
    if (country) return country.properties.iso1A2 ?? null;
  }
  return null;
}

/** 10 m at the equator. */
const BESIDE_ANTIMERIDIAN = 179.9999;

/** Borders are cut at the antimeridian, and a point on the cut is in neither half. */
function sidesOf(longitude: number): number[] {
  return Math.abs(longitude) === 180 ? [BESIDE_ANTIMERIDIAN, -BESIDE_ANTIMERIDIAN] : [longitude];
}

/** Codes that ISO only keeps reserved name parts of countries (EA for Ceuta and Melilla) or unions of them (EU, UN); XK, for Kosovo, is in general use. */
const ISO_STATUSES = new Set(['official', 'usrAssn']);
const LEVELS = new Set(['territory', 'country', 'region']);

interface CountryProperties {
  iso1A2: string | undefined;
  isoStatus: string | undefined;
  level: string;
}

function isCountry({ iso1A2, isoStatus, level }: CountryProperties): boolean {
  return iso1A2 !== undefined && ISO_STATUSES.has(isoStatus ?? '') && LEVELS.has(level);
}
