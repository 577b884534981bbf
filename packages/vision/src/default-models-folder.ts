import { fileURLToPath } from 'node:url';

/** The models folder of this package; both src/ and dist/ lie beside it. */
export const DEFAULT_MODELS_FOLDER = fileURLToPath(new URL('../models', import.meta.url));
