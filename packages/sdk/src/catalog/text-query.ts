/** A search as typed by a person, ready for PostgreSQL. */
export interface TextQuery {
  /** For websearch_to_tsquery: words, "phrases", -exclusions, or. */
  phrase: string;
  /** For to_tsquery, matched as the beginning of a word: the last word, perhaps not typed to its end. null when there is none. */
  unfinished: string | null;
  /** Every word that is asked for, to find people by. */
  words: string[];
}

/** The index knows words without ASCII punctuation: `IMG_1234.jpg` is img, 1234, jpg. Quotes and leading minuses are operators. */
const PUNCTUATION = /[!-,./:-@[-`{-~]+/g;
const INNER_MINUS = /(?<=\S)-|-(?=\s|$)/g;
const WORD = /[^\s"-]+/gu;

/** null when nothing was typed. */
export function parseTextQuery(typed: string): TextQuery | null {
  const text = typed.replaceAll('\0', '').toWellFormed();
  if (text.trim() === '') return null;
  const quoted = text.split('"');
  // An odd number of parts: every quote is closed. Otherwise the last one is ignored.
  const closed = quoted.length % 2 === 1 ? text : `${quoted.slice(0, -1).join('"')} ${quoted.at(-1)}`;
  const cleaned = closed
    .replaceAll('"', '\u0000')
    .replace(PUNCTUATION, ' ')
    .replace(INNER_MINUS, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('\u0000', '"')
    .trim();
  const words = cleaned.replace(/(?<=^|\s)-\S+/g, ' ').match(WORD) ?? [];
  const last = /(?:^|\s)([^\s"-]+)$/u.exec(cleaned)?.[1];
  // With an "or", the last word belongs to one side of it only: then it has to be typed to its end.
  if (!last || /(?:^|\s)or(?:\s|$)/i.test(cleaned)) return { phrase: cleaned, unfinished: null, words };
  return { phrase: cleaned.slice(0, cleaned.length - last.length).trim(), unfinished: last, words };
}
