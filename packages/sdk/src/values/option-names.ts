import { InvalidInputError } from '../errors/invalid-input-error.ts';

/** Every option of a call by name; the compiler sees that none is left out and none made up. */
export type OptionNames<Options> = Readonly<Record<keyof Required<Options>, true>>;

/**
 * Refuses an option that a call does not have: misspelt, or of another version, it would be left out without a word.
 *
 * @param call as the caller knows it, e.g. `photos.list`
 * @throws InvalidInputError that names the options there are
 */
export function refuseUnknownOptions(options: object, known: Readonly<Record<string, true>>, call: string): void {
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  throw new InvalidInputError(`${call} has no option ${unknown.map((name) => `'${name}'`).join(', ')}.`, {
    remedy: `Its options are ${Object.keys(known).join(', ')}.`,
  });
}
