import { InvalidInputError } from '../errors.ts';

/** Throws InvalidInputError when a value is not what the option of that name takes; undefined stands for the default and is never given. */
export type OptionCheck = (value: unknown, name: string) => void;

/** A check for every option of a type: one that is added without a check does not compile. */
export type OptionChecks<Options> = Record<keyof Options, OptionCheck>;

/** A value that `accepts` says yes to. */
export function that(accepts: (value: unknown) => boolean, expectation: string): OptionCheck {
  return (value, name) => {
    if (!accepts(value)) throw InvalidInputError.expected(expectation, name, value);
  };
}

export const finiteNumber = that(Number.isFinite, 'a number');
export const flag = that((value) => typeof value === 'boolean', 'true or false');
export const text = that((value) => typeof value === 'string' && value !== '', 'a text that is not empty');
export const callback = that((value) => typeof value === 'function', 'a function');
// By its shape: a signal may come from another realm, as those of test environments do.
export const abortSignal = that((value) => isObject(value) && typeof value.throwIfAborted === 'function', 'an AbortSignal');

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): OptionCheck {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return that((value) => Number.isInteger(value) && isWithin(value, least, most), `a whole number ${range}`);
}

export function numberFrom(least: number, most: number): OptionCheck {
  return that((value) => isWithin(value, least, most), `a number from ${least} to ${most}`);
}

/** A number above `low` and below `high`. */
export function numberBetween(low: number, high: number): OptionCheck {
  const isBetween = (value: unknown) => typeof value === 'number' && value > low && value < high;
  return that(isBetween, high === Number.POSITIVE_INFINITY ? `a number above ${low}` : `a number between ${low} and ${high}`);
}

export function oneOf(values: readonly string[]): OptionCheck {
  return that((value) => values.some((known) => known === value), listed(values));
}

/** Null, or what `check` takes. */
export function nullOr(check: OptionCheck): OptionCheck {
  return (value, name) => {
    if (value !== null) check(value, name);
  };
}

export function listOf(check: OptionCheck): OptionCheck {
  return (value, name) => {
    if (!Array.isArray(value)) throw InvalidInputError.expected('an array', name, value);
    value.forEach((item, i) => {
      check(item, `${name}[${i}]`);
    });
  };
}

/** An object with these options and no others; those in `required` must be given. */
export function optionsOf<Options>(
  checks: OptionChecks<Required<Options>>,
  required: readonly (keyof Options)[] = [],
): (value: unknown, name?: string) => void {
  const known = Object.keys(checks);
  return (value, name = 'options') => {
    if (!isObject(value)) throw InvalidInputError.expected('an object', name, value);
    const nameOf = (key: string) => (name === 'options' ? key : `${name}.${key}`);
    for (const [key, given] of Object.entries(value)) {
      if (given === undefined) continue;
      if (!known.includes(key)) {
        throw new InvalidInputError(`There is no option ${nameOf(key)}. Expected one of ${known.map(nameOf).join(', ')}.`);
      }
      checks[key as keyof Options](given, nameOf(key));
    }
    for (const key of required as readonly string[]) {
      if (value[key] === undefined) checks[key as keyof Options](undefined, nameOf(key));
    }
  };
}

/** An object whose `kind` tells which other options it has; without one it is of the kind `standard`. */
export function byKind(kinds: Record<string, OptionCheck>, standard?: string): OptionCheck {
  return (value, name) => {
    if (!isObject(value)) throw InvalidInputError.expected('an object', name, value);
    const kind = value.kind ?? standard;
    const check = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!check) throw InvalidInputError.expected(listed(Object.keys(kinds)), `${name}.kind`, kind);
    check(value, name);
  };
}

function listed(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(' or ');
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
