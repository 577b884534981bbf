import { fileURLToPath } from 'node:url';

/** The places of the world; both src/ and dist/ lie beside the folder. */
export const PLACE_TABLE_FILE = fileURLToPath(new URL('../places/places.br', import.meta.url));

/** What they were made of, and their `source`. */
export const PLACES_MANIFEST_FILE = fileURLToPath(new URL('../places/manifest.json', import.meta.url));
