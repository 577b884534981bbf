import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Where a module of an optional package lies; null where the package is not installed. */
export function resolveOptional(specifier: string): string | null {
  try {
    return require.resolve(specifier);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Loads a CommonJS module. */
export function requireModule(path: string): unknown {
  return require(path);
}
