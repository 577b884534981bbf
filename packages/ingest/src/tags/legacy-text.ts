import type { Buffer } from 'node:buffer';

/** Encodings of one byte a character that programs wrote before UTF-8, without a word of which: Windows' western one, and that of old Macs. */
const ENCODINGS = ['windows-1252', 'macintosh'] as const;
export type LegacyEncoding = (typeof ENCODINGS)[number];

/** Programs that tell on which system the text was written. */
const OF_A_MAC = /\bMac(intosh| ?OS|\b)|\biPhoto\b|\bAperture\b|\biView\b|\bGraphicConverter\b/i;
const OF_WINDOWS = /\bWindows\b|\bMicrosoft\b/i;

/** What a hint is worth: as much as a common letter where one stands. Every other evidence of a whole text outweighs it. */
const HINT = 2;

/**
 * The encoding in which texts make sense, when they are no UTF-8. Both give every byte a character, so what counts is where it stands: letters inside of
 * words, small ones behind small ones, quotes at the edges of words, dashes between them, apostrophes where languages have them. `Caf\xe9` is Café in the
 * one and CafÈ in the other; `don\xd5t` is donÕt and don’t.
 *
 * @param texts of one program, judged together
 * @param software the program, as far as a file names it
 */
export function chooseLegacyEncoding(texts: readonly Buffer[], software = ''): LegacyEncoding {
  const hint = Number(OF_A_MAC.test(software)) - Number(OF_WINDOWS.test(software));
  const [windows, mac] = ENCODINGS.map((encoding) =>
    texts.reduce((sum, bytes) => sum + likelihood(new TextDecoder(encoding).decode(bytes)), 0),
  ) as [number, number];
  return mac + HINT * hint > windows ? 'macintosh' : 'windows-1252';
}

/** Letters that western languages use often. */
const COMMON = new Set('àáâãäåæçèéêëìíîïñòóôõöøùúûüßÄÅÆÇÉÑÖØÜÁÓÚÍÀÎ');
const VOWELS = /[aeiouyæœø]/i;

/** How much sense the characters beyond ASCII make, each by what stands around it. */
function likelihood(text: string): number {
  let sum = 0;
  for (const match of text.matchAll(/[^\0-\x7f]/gu)) {
    const { index } = match;
    sum += sense(match[0], text.slice(0, index), text.slice(index + match[0].length));
  }
  return sum;
}

function sense(character: string, before: string, after: string): number {
  const [left, right] = [before.at(-1) ?? ' ', after[0] ?? ' '];
  if (/[\p{Lu}\p{Ll}]/u.test(character) && !/[ﬁﬂƒ]/u.test(character)) return senseOfLetter(character, left, right);
  const [isBehindWord, isBeforeWord] = [/[\p{L}\p{N}]/u.test(left), /[\p{L}\p{N}]/u.test(right)];
  switch (character) {
    case '’':
      return senseOfApostrophe(before, after);
    case '“':
    case '‘':
    case '„':
    case '«':
    case '‚':
      return !isBehindWord && /[^\s]/.test(right) ? 2 : -2;
    case '”':
    case '»':
      return /[^\s]/.test(left) && !isBeforeWord ? 2 : -2;
    case '–':
    case '—':
      if (/\s/.test(left) && /\s/.test(right)) return 3;
      return /\d/.test(left) && /\d/.test(right) ? 2 : /\p{L}/u.test(left) && /\p{L}/u.test(right) ? -2 : 0;
    case '…':
      return isBeforeWord ? -1 : 2;
    case '°':
    case '²':
    case '³':
    case '½':
      return /[\d\s\p{L}]/u.test(left) && !/\p{L}{2}/u.test(after.slice(0, 2)) ? 1 : -1;
    case '€':
    case '£':
    case '§':
      return isBehindWord && isBeforeWord ? -2 : /\p{L}/u.test(right) ? -1 : 1;
    case '®':
    case '™':
    case '©':
      return isBeforeWord && isBehindWord ? -2 : 1;
    case '¿':
      return !isBehindWord && after.includes('?') ? 2 : -2;
    case '¡':
      return !isBehindWord && after.includes('!') ? 2 : -2;
    case '•':
      return isBehindWord ? -2 : 0;
    case '·':
      return /l/i.test(left) && /l/i.test(right) ? 2 : -1;
    case '\u00a0':
      return 0;
    default:
      return -2;
  }
}

function senseOfLetter(letter: string, left: string, right: string): number {
  const isBehindSmall = /\p{Ll}/u.test(left);
  const isBeforeCapital = /\p{Lu}/u.test(right);
  if (/\p{Lu}/u.test(letter) && (isBehindSmall || (/\p{L}/u.test(left) && /\p{Ll}/u.test(right)))) return -2;
  if (/\p{Ll}/u.test(letter) && (isBeforeCapital || /\p{Lu}{2}/u.test(left + right))) return -2;
  if (!/\p{L}/u.test(left) && !/\p{L}/u.test(right)) return /[àéèåöÅÖ]/.test(letter) ? 0 : -1;
  return (COMMON.has(letter) ? 2 : 1) + senseOfSound(letter, left, right);
}

/** Vowels seldom stand beside vowels, nor consonants between consonants; some letters begin no word. */
function senseOfSound(letter: string, left: string, right: string): number {
  const isVowel = (character: string) => VOWELS.test(character.normalize('NFD'));
  const beside = [left, right].filter((side) => /\p{L}/u.test(side));
  if (letter === 'œ') return right === 'u' ? 1 : -1;
  if (/[šž]/.test(letter) && /[td]/i.test(left)) return /\p{L}/u.test(right) && !isVowel(right) ? -1 : 1;
  if (letter === 'ç' && !/[aouàâéãõ]/.test(right)) return -2;
  const beginning = !/\p{L}/u.test(left) && /[ëïòìõãûù]/.test(letter) ? -1 : 0;
  if (isVowel(letter)) return beginning - beside.filter(isVowel).length / 2;
  return beside.length === 2 && !beside.some(isVowel) ? -1 : 0;
}

/** it’s, don’t, we’ll; l’eau, d’été, O’Brien; the Smiths’ and ‘so’. */
function senseOfApostrophe(before: string, after: string): number {
  const isBehindLetter = /\p{L}$/u.test(before);
  if (!/^\p{L}/u.test(after)) return /s$/i.test(before) || before.includes('‘') ? 1 : /[^\s]$/.test(before) ? 0 : -1;
  if (isBehindLetter && /^(s|d|m|ll|re|ve)(?!\p{L})/iu.test(after)) return 4;
  if (/n$/i.test(before) && /^t(?!p{L})/i.test(after)) return 4;
  const isElided =
    /(^|[^\p{L}])(l|d|j|m|n|t|s|c|qu|un|dell|nell|all|sull|aujourd)$/iu.test(before) && /^[aeiouyhàâéèêîôûœ]/iu.test(after);
  if (isElided || (/(^|[^\p{L}])O$/u.test(before) && /^\p{Lu}/u.test(after))) return 3;
  return isBehindLetter ? -1 : 0;
}
