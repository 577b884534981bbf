import { describe, expect, test } from 'vitest';
import { parseTextQuery, type TextTerm } from './text-query.ts';

/** As it would be typed, with … where a word may go on. */
const shown = ({ text, isExcluded, isPhrase, isUnfinished }: TextTerm) =>
  `${isExcluded ? '-' : ''}${isPhrase ? `"${text}"` : text}${isUnfinished ? '…' : ''}`;

describe('what is typed', () => {
  test.each(['', '  ', '\0'])('%j asks for nothing', (typed) => {
    expect(parseTextQuery(typed)).toBeNull();
  });

  test.each([
    ['beach', ['beach…']],
    ['anna beach', ['anna beach…']],
    ['IMG_1234.jpg', ['IMG_1234.jpg…']],
    ['new year-eve', ['new year-eve…']],
    ['sea -winter', ['sea -winter']],
    ['-winter sea', ['-winter sea…']],
    ['sea - winter', ['sea - winter…']],
    ['"new year"', ['"new year"']],
    ['-"new year" sea', ['-"new year" sea…']],
    ['“new year” „sea“', ['"new year" "sea"']],
    ['"new year', ['new year…']],
    ['the"new year"party', ['the "new year" party…']],
    ['sea or sun', ['sea', 'sun']],
    ['sea OR "red sun" or moon', ['sea', '"red sun"', 'moon']],
    ['or sea', ['or sea…']],
    ['sea or', ['sea or…']],
    ['sea "or" sun', ['sea "or" sun…']],
    ["it's (a) 'test' & more | !", ["it's (a) 'test' & more | !…"]],
    ['Zürich\u3000東京', ['Zürich 東京…']],
    ['half \ud800', ['half \ufffd…']],
  ])('%j asks for %j', (typed, expected) => {
    expect(parseTextQuery(typed)!.map((terms) => terms.map(shown).join(' '))).toEqual(expected);
  });
});
