import { findPackageJSON } from 'node:module';
import { join } from 'node:path';

/** Of this package, from src/ and from dist/ alike. */
const PLACES_FOLDER = join(findPackageJSON('..', import.meta.url)!, '../places');

/** The places of the world. */
export const PLACE_TABLE_FILE = join(PLACES_FOLDER, 'places.br');

/** What they were made of, and their `source`. */
export const PLACES_MANIFEST_FILE = join(PLACES_FOLDER, 'manifest.json');
