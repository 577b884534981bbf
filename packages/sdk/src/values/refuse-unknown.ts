import { InvalidInputError } from '../errors/invalid-input-error.ts';

/** Every name that an object may have; typed by the object itself, so that none is forgotten. */
export type KnownNames<Given> = Readonly<Record<keyof Given, true>>;

/**
 * Refuses an object with a name that nobody knows: it would be ignored without a word, and a misspelt filter finds too much. A name
 * whose value is undefined counts as left out. `place` says what the object is: "the options of labels.confirm".
 */
export function refuseUnknown<Given extends object>(given: Given, known: KnownNames<Given>, place: string): void {
  if (typeof given !== 'object' || given === null) throw InvalidInputError.expected('an object', place, given);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    throw new InvalidInputError(`There is no '${name}' in ${place}: they are ${Object.keys(known).join(', ')}.`);
  }
}

/** A call of the public surface that takes one object and refuses what it does not know. */
export function takingOptions<Options extends object, Result>(
  call: string,
  known: NoInfer<KnownNames<Options>>,
  work: (options: Options) => Promise<Result>,
): (options: Options) => Promise<Result> {
  return async (options) => {
    refuseUnknown<Options>(options, known, `the options of ${call}`);
    return work(options);
  };
}
