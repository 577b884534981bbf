/*
 * Text from metadata holds whatever a camera or a careless program wrote: NUL, half surrogate pairs, dates of the year 275760, NaN.
 * PostgreSQL refuses such values, and one of them would cost its whole batch. Every value from a file passes here first.
 */

/** Longer than any title or caption; it also keeps a row's search vector far below PostgreSQL's limit of 1 MB. */
const LONGEST_TEXT = 10_000;
const LONGEST_KEYWORD = 200;
const MOST_KEYWORDS = 1_000;
/** Deeper than metadata nests; PostgreSQL's JSON parser has a stack to lose. */
const DEEPEST_JSON = 32;
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');
const WALL_CLOCK = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)$/;

/** Without NUL and half surrogate pairs, not overlong; null when nothing is left. */
export function cleanText(value: string | null | undefined, longest = LONGEST_TEXT): string | null {
  if (typeof value !== 'string') return null;
  const cleaned = value.replaceAll('\0', '').slice(0, longest).toWellFormed().trim();
  return cleaned === '' ? null : cleaned;
}

/** A path for people: no edge of it is trimmed, since a name may end in a blank. */
export function cleanPath(path: string): string {
  return path.replaceAll('\0', '').toWellFormed();
}

/** Clean, and each one once. */
export function cleanKeywords(keywords: readonly string[], longest = LONGEST_KEYWORD): string[] {
  const cleaned = keywords.map((keyword) => cleanText(keyword, longest)).filter((keyword) => keyword !== null);
  return [...new Set(cleaned)].slice(0, MOST_KEYWORDS);
}

/** null for an invalid date and for one outside the years 1 to 9999. */
export function cleanDate(value: Date | null | undefined): Date | null {
  const time = value?.getTime() ?? Number.NaN;
  return time >= FIRST_INSTANT && time <= LAST_INSTANT ? new Date(time) : null;
}

/** `YYYY-MM-DDTHH:mm:ss[.fff]` that the calendar has; null otherwise. */
export function cleanWallClock(value: string | null | undefined): string | null {
  const match = WALL_CLOCK.exec(value ?? '');
  if (!match) return null;
  const [, day, time] = match;
  const instant = cleanDate(new Date(`${day}T${time!.slice(0, 8)}Z`));
  // Date.parse takes 30 February for 1 or 2 March.
  return instant?.toISOString().startsWith(day!) ? `${day}T${time}` : null;
}

/** null unless finite and within the bounds. */
export function cleanNumber(value: number | null | undefined, lowest = -Infinity, highest = Infinity): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= lowest && value <= highest ? value : null;
}

/** null unless a whole number within the bounds. */
export function cleanInteger(value: number | null | undefined, lowest: number, highest: number): number | null {
  return Number.isInteger(value) ? cleanNumber(value, lowest, highest) : null;
}

/** null unless it is one of the choices, which are the keys. */
export function cleanChoice<Choice extends string>(value: unknown, choices: Readonly<Record<Choice, true>>): Choice | null {
  return typeof value === 'string' && Object.hasOwn(choices, value) ? (value as Choice) : null;
}

/** The value as JSON text that jsonb takes. */
export function cleanJson(value: unknown): string {
  return JSON.stringify(cleanJsonValue(value)) ?? 'null';
}

/** The value as part of a JSON document that jsonb takes. */
export function cleanJsonValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST_JSON) return null;
  if (value instanceof Date) return cleanDate(value)?.toISOString() ?? null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (ArrayBuffer.isView(value)) return cleanJsonValue(Array.from(value as unknown as ArrayLike<number>), depth);
  if (Array.isArray(value)) return value.map((item) => cleanJsonValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replaceAll('\0', '').toWellFormed(), cleanJsonValue(item, depth + 1)]),
  );
}
