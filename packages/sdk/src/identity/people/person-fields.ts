import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { cleanText, cleanWallClock } from '../../values/sanitise.ts';

/** Characters (code points), as the database counts them. */
const LONGEST_NAME = 200;
const MOST_ALIASES = 50;
/** Line breaks, tabs, bells: a name is one line. */
const CONTROL_OR_SPACE = /[\p{Cc}\s]+/gu;

/**
 * A person's name as it is stored: composed (NFC), on one line, without NUL, half surrogate pairs and outer spaces. Throws
 * InvalidInputError when nothing is left, or more than 200 characters.
 */
export function checkName(name: unknown, field: string): string {
  const clean = cleanName(name);
  if (clean === null) throw InvalidInputError.expected(`a name of 1 to ${LONGEST_NAME} characters`, field, name);
  return clean;
}

/** The same for a name that a file gives: null instead of an error. */
export function cleanName(name: unknown): string | null {
  const clean = typeof name === 'string' ? cleanText(name.replaceAll('\0', '').replaceAll(CONTROL_OR_SPACE, ' ')) : null;
  const composed = clean?.normalize('NFC') ?? '';
  return composed === '' || [...composed].length > LONGEST_NAME ? null : composed;
}

/** Other names, each once, without the display name itself. */
export function checkAliases(aliases: unknown, displayName: string): string[] {
  if (!Array.isArray(aliases) || aliases.length > MOST_ALIASES) {
    throw InvalidInputError.expected(`at most ${MOST_ALIASES} names`, 'aliases', aliases);
  }
  const names = new Set(aliases.map((alias, index) => checkName(alias, `aliases[${index}]`)));
  names.delete(displayName);
  return [...names];
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function checkBirthDate(birthDate: unknown): string | null {
  if (birthDate === null) return null;
  if (typeof birthDate !== 'string' || cleanWallClock(`${birthDate}T00:00:00`) === null) {
    throw InvalidInputError.expected('a date YYYY-MM-DD or null', 'birthDate', birthDate);
  }
  return birthDate;
}
