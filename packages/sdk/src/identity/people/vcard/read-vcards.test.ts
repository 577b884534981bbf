import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readVcards } from './read-vcards.ts';

const card = (...lines: string[]) => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const only = (content: string | Uint8Array) => readVcards(content).cards[0] ?? null;

describe('reading an address book', () => {
  test.each([
    { desc: 'a formatted name', lines: ['FN:Ada Lovelace'], name: 'Ada Lovelace' },
    { desc: 'a name in parts, where there is no other', lines: ['N:Lovelace;Ada;King;Countess;'], name: 'Ada King Lovelace' },
    { desc: 'a folded line', lines: ['FN:Ada Love', ' lace'], name: 'Ada Lovelace' },
    { desc: 'a group before the property', lines: ['item1.FN:Ada'], name: 'Ada' },
    { desc: 'escaped characters', lines: ['FN:Lovelace\\, Ada'], name: 'Lovelace, Ada' },
    { desc: 'a colon in a parameter', lines: ['FN;X-A="b:c":Ada'], name: 'Ada' },
    {
      desc: 'quoted-printable with a soft line break',
      lines: ['FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89mile=', ' Zola'],
      name: 'Émile Zola',
    },
    { desc: 'quoted-printable of Windows', lines: ['FN;CHARSET=windows-1252;QUOTED-PRINTABLE:=C9mile'], name: 'Émile' },
  ])('understands $desc', ({ lines, name }) => {
    expect(only(card(...lines))?.name).toBe(name);
  });

  test.each([
    { value: 'BDAY:19850412', birthDate: '1985-04-12' },
    { value: 'BDAY;VALUE=date:1985-04-12', birthDate: '1985-04-12' },
    { value: 'BDAY:1985-04-12T23:10:00Z', birthDate: '1985-04-12' },
    { value: 'BDAY:--0412', birthDate: null },
    { value: 'BDAY:1985-04', birthDate: null },
    { value: 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12', birthDate: null },
    { value: 'BDAY:1985-02-30', birthDate: null },
    { value: 'BDAY;VALUE=text:circa 1800', birthDate: null },
  ])('takes $value for $birthDate', ({ value, birthDate }) => {
    expect(only(card('FN:Ada', value))?.birthDate).toBe(birthDate);
  });

  test('takes nicknames apart, each once', () => {
    expect(only(card('FN:Ada', 'NICKNAME:Granny,Lady\\, L.,Ada', 'NICKNAME:Granny'))?.nicknames).toEqual(['Granny', 'Lady, L.']);
  });

  test('leaves out groups, companies and cards without a name', () => {
    const content = card('FN:Us', 'KIND:group') + card('FN:ACME', 'X-ABShowAs:COMPANY') + card('TEL:1') + card('FN:Ada');
    expect(readVcards(content)).toMatchObject({ cards: [{ name: 'Ada' }], leftOut: 3 });
  });

  test('reads bytes as UTF-8, and as Latin-1 where they are not', () => {
    expect(only(new TextEncoder().encode(card('FN:Émile')))?.name).toBe('Émile');
    expect(only(Uint8Array.from(card('FN:Émile'), (character) => character.charCodeAt(0)))?.name).toBe('Émile');
  });

  test('never fails, whatever it is given', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.uint8Array()), (content) => readVcards(content).cards.length >= 0));
    fc.assert(fc.property(fc.array(fc.string()), (lines) => readVcards(card(...lines)).cards.length >= 0));
  });
});
