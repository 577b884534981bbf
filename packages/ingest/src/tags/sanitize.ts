/** Characters of one text that are kept. */
const MAX_TEXT_CHARACTERS = 10_000;
/** Entries of one list or structure that are kept. */
const MAX_ENTRIES = 256;
const MAX_DEPTH = 6;

/** Text that a database takes: no NUL, no control characters but tab and line ends, no lone surrogates, trimmed; null when nothing is left. */
export function cleanText(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const clean = text
    .slice(0, MAX_TEXT_CHARACTERS)
    .replace(/(?![\t\n\r])\p{Cc}/gu, '')
    .toWellFormed()
    .trim();
  return clean === '' ? null : clean;
}

/** A number that is neither NaN nor infinite, or null. */
export function cleanNumber(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A JSON value for `jsonb`: clean texts and numbers, bounded in depth and length; undefined when nothing is left. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value) ?? undefined;
  if (typeof value === 'number') return cleanNumber(value) ?? undefined;
  if (typeof value === 'boolean') return value;
  if (depth >= MAX_DEPTH || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ENTRIES).map((item) => cleanJson(item, depth + 1));
    return items.filter((item) => item !== undefined);
  }
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  const clean = entries.map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)] as const);
  return Object.fromEntries(clean.filter(([key, item]) => key !== null && key !== '__proto__' && item !== undefined));
}
