import { fileURLToPath } from 'node:url';

/** The places of the world; both src/ and dist/ lie beside the folder. */
export const PLACE_TABLE_FILE = fileURLToPath(new URL('../places/places.br', import.meta.url));
