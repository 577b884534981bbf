import { type RawBuilder, sql } from 'kysely';

/** One thing that is asked for: a word or a quoted phrase, as typed. */
export interface TextTerm {
  text: string;
  /** Photos that have it are left out. */
  isExcluded: boolean;
  /** Its words stand side by side. */
  isPhrase: boolean;
  /** Perhaps not typed to its end: its last word is matched as the beginning of one. */
  isUnfinished: boolean;
}

/** A search as typed by a person: alternatives, of each of which all terms must fit. */
export type TextQuery = TextTerm[][];

/** What keyboards of telephones make of a straight quote. */
const QUOTES = /["“”„‟＂]/gu;
const TERM = /(?<=^|\s)(-?)(?:"([^"]*)"|([^\s"]+))|"([^"]*)"|([^\s"]+)/gu;

/** Words, "phrases", -exclusions, or. null when nothing was typed. */
export function parseTextQuery(typed: string): TextQuery | null {
  const text = typed.replaceAll('\0', '').toWellFormed();
  if (text.trim() === '') return null;
  const terms = [...closeQuotes(text.replace(QUOTES, '"')).matchAll(TERM)].map(toTerm).filter(({ text }) => text !== '');
  const last = terms.at(-1);
  const alternatives: TextQuery = [[]];
  for (const [index, term] of terms.entries()) {
    const isOr = isPlain(term) && /^or$/i.test(term.text) && alternatives.at(-1)!.length > 0 && index < terms.length - 1;
    if (isOr) alternatives.push([]);
    else alternatives.at(-1)!.push(term);
  }
  // With an "or", the last word belongs to one side of it only: then it has to be typed to its end.
  if (last && isPlain(last) && alternatives.length === 1) last.isUnfinished = true;
  return alternatives;
}

/** The whole query, for one text; `weights` names the parts of it that are looked at, all without. */
export function wholeQuery(query: TextQuery, weights = ''): RawBuilder<unknown> {
  const alternatives = query.map((terms) =>
    sql.join(
      terms.map((term) => (term.isExcluded ? sql`!! ${termQuery(term, weights)}` : termQuery(term, weights))),
      sql` && `,
    ),
  );
  return sql`(${sql.join(
    alternatives.map((terms) => sql`(${terms})`),
    sql` || `,
  )})`;
}

/** A term without its exclusion. Words that mean nothing, such as `&`, give an empty query, which `&&` and `||` leave out. */
export function termQuery({ text, isPhrase, isUnfinished }: TextTerm, weights = ''): RawBuilder<unknown> {
  return sql`photoorg_query(photoorg_words(photoorg_fold(${text})), ${isPhrase}, ${isUnfinished}, ${weights})`;
}

const isPlain = ({ isExcluded, isPhrase }: TextTerm) => !isExcluded && !isPhrase;

/** An odd number of parts: every quote is closed. Otherwise the last one is ignored. */
function closeQuotes(text: string): string {
  const quoted = text.split('"');
  return quoted.length % 2 === 1 ? text : `${quoted.slice(0, -1).join('"')} ${quoted.at(-1)}`;
}

function toTerm([, minus, phrase, word, ...inside]: RegExpExecArray): TextTerm {
  const isPhrase = (phrase ?? inside[0]) !== undefined;
  return { text: (phrase ?? word ?? inside[0] ?? inside[1])!, isExcluded: minus === '-', isPhrase, isUnfinished: false };
}
