import { cleanWallClock } from '../../../values/sanitise.ts';
import { cleanName } from '../person-fields.ts';

/** Somebody of an address book. */
export interface Vcard {
  readonly name: string;
  readonly nicknames: readonly string[];
  /** `YYYY-MM-DD`; null where the card gives none, or none with its year. */
  readonly birthDate: string | null;
}

interface Property {
  readonly name: string;
  /** Upper case. */
  readonly parameters: readonly string[];
  readonly value: string;
}

/**
 * The people of an address book: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350). Groups, companies and cards without a name are left out.
 *
 * @returns also how many cards were left out
 */
export function readVcards(content: string | Uint8Array): { cards: Vcard[]; leftOut: number } {
  const lines = unfold(typeof content === 'string' ? content : decode(content));
  const cards: Vcard[] = [];
  let leftOut = 0;
  let open: Property[] | null = null;
  for (const line of lines) {
    const property = toProperty(line);
    if (property === null) continue;
    const { name, value } = property;
    if (name === 'BEGIN' && value.toUpperCase() === 'VCARD') open = [];
    else if (name === 'END' && value.toUpperCase() === 'VCARD') {
      const card = open && toCard(open);
      if (card) cards.push(card);
      else leftOut++;
      open = null;
    } else open?.push(property);
  }
  return { cards, leftOut };
}

/** UTF-8, as versions 3.0 and 4.0 are; else Latin-1, which old programs wrote. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** A long line goes on after a break and a blank; in 2.1 a quoted-printable one after a `=` at its end. */
function unfold(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const last = lines.at(-1);
    if (last?.endsWith('=') && /QUOTED-PRINTABLE/i.test(last)) lines[lines.length - 1] = last.slice(0, -1) + line;
    else if (last !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = last + line.slice(1);
    else lines.push(line);
  }
  return lines;
}

/** `group.NAME;PARAMETER=value:content`; a parameter in quotes may hold a colon. */
const PROPERTY = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s;

function toProperty(line: string): Property | null {
  const match = PROPERTY.exec(line);
  if (!match) return null;
  const parameters = match[2]!.toUpperCase().split(';').slice(1);
  const value = parameters.some((parameter) => /^(ENCODING=)?QUOTED-PRINTABLE$/.test(parameter))
    ? fromQuotedPrintable(match[3]!, parameters)
    : match[3]!;
  return { name: match[1]!.toUpperCase(), parameters, value };
}

function fromQuotedPrintable(value: string, parameters: readonly string[]): string {
  const bytes = Uint8Array.from(
    value.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    (character) => character.charCodeAt(0),
  );
  const charset = parameters.find((parameter) => parameter.startsWith('CHARSET='))?.slice('CHARSET='.length);
  try {
    return charset === undefined ? decode(bytes) : new TextDecoder(charset).decode(bytes);
  } catch {
    return decode(bytes);
  }
}

function toCard(properties: readonly Property[]): Vcard | null {
  const first = (name: string) => properties.find((property) => property.name === name);
  const isPerson = (first('KIND') ?? first('X-ADDRESSBOOKSERVER-KIND'))?.value.toLowerCase() ?? 'individual';
  if (isPerson !== 'individual' || first('X-ABSHOWAS')?.value.toUpperCase() === 'COMPANY') return null;
  const name = cleanName(unescaped(first('FN')?.value ?? '')) ?? nameOfParts(first('N')?.value ?? '');
  if (name === null) return null;
  const nicknames = properties
    .filter((property) => property.name === 'NICKNAME')
    .flatMap(({ value }) => parts(value, ',').flatMap((nickname) => cleanName(nickname) ?? []));
  return {
    name,
    nicknames: [...new Set(nicknames)].filter((nickname) => nickname !== name),
    birthDate: birthDateOf(first('BDAY')),
  };
}

/** Family, given and further names, titles before and behind. */
function nameOfParts(value: string): string | null {
  const [family = '', given = '', further = ''] = parts(value, ';');
  return cleanName([given, further, family].filter((part) => part !== '').join(' '));
}

function parts(value: string, separator: ',' | ';'): string[] {
  const found = value.match(new RegExp(`(?:^|${separator})((?:\\\\.|[^\\\\${separator}])*)`, 'gs')) ?? [];
  return found.map((part, index) => unescaped(index === 0 ? part : part.slice(1)));
}

function unescaped(value: string): string {
  return value.replaceAll(/\\([\\,;:nN])/g, (_, character: string) => (character.toLowerCase() === 'n' ? ' ' : character));
}

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/;

/** A day with its year: `19850412`, `1985-04-12`, with or without a time. Apple writes a year to be left out into a birthday without one. */
function birthDateOf(property: Property | undefined): string | null {
  const match = property && DAY.exec(property.value.trim());
  if (!match) return null;
  const [, year, month, day] = match;
  if (property.parameters.includes(`X-APPLE-OMIT-YEAR=${year}`)) return null;
  const date = `${year}-${month}-${day}`;
  return cleanWallClock(`${date}T00:00:00`) === null ? null : date;
}
