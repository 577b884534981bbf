import { setFlagsFromString } from 'node:v8';

const FLAG = '--wasm-tiering-budget';
/** The most that V8 takes. */
const LATE_BUDGET = 2_000_000_000;
/** V8's own, in Node 22 and 24. */
const DEFAULT_BUDGET = 13_000_000;

/**
 * Opens a PostgreSQL that V8 compiles for speed later than it would. A function's budget until then is spent by the size of its loops, and PostgreSQL's
 * parser is one loop of 100 KB: a few statements would spend it, and its compilation takes two seconds of another core and 600 MB. Measured in November
 * 2026 with PGlite 0.5.14 and Node 24: opening a library takes 1.6 s and 200 MB instead of 4.5 s and 670 MB; searches, whose loops are in pgvector's
 * own module, are as fast. Every program's WebAssembly that is loaded meanwhile gets the same budget. Who set the flag is left alone.
 */
export async function withLateTierUp<Database>(open: () => Promise<Database>): Promise<Database> {
  if ([...process.execArgv, process.env.NODE_OPTIONS].some((option) => option?.includes(FLAG))) return open();
  setFlagsFromString(`${FLAG}=${LATE_BUDGET}`);
  try {
    return await open();
  } finally {
    setFlagsFromString(`${FLAG}=${DEFAULT_BUDGET}`);
  }
}
