import { fileURLToPath } from 'node:url';

/** The folder of onnxruntime's native builds in this package; both src/ and dist/ lie beside it. */
export const DEFAULT_RUNTIME_FOLDER = fileURLToPath(new URL('../runtime', import.meta.url));
