import type { PGlite } from '@electric-sql/pglite';

/** Status of the exception by which PostgreSQL, in WebAssembly, goes on after an error of a statement. */
const LONG_JUMP = 100;

/**
 * Calls `onTrap` when PostgreSQL stops for good: it panics, as when its log cannot be written, or WebAssembly traps. PGlite would
 * catch that, call PostgreSQL again, and do so for ever.
 */
export function endOnTrap(module: PGlite['Module'], onTrap: (error: unknown) => never): void {
  const loopOnce = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      loopOnce();
    } catch (error) {
      if ((error as { status?: number }).status !== LONG_JUMP) onTrap(error);
      throw error;
    }
  };
}
