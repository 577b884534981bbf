import { IngestError } from './ingest-error.ts';

/** Every name that an object of options may have; typed by the options themselves, so that none is forgotten. */
type KnownNames<Options> = Readonly<Record<keyof Options, true>>;

/** Refuses an option that nobody knows, which would be ignored without a word. One whose value is undefined counts as left out. */
export function refuseUnknown<Options extends object>(call: string, given: Options, known: NoInfer<KnownNames<Options>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    throw new IngestError('INVALID_INPUT', `There is no option '${name}' of ${call}: they are ${Object.keys(known).join(', ')}.`);
  }
}
