import { describe, expect, it } from 'vitest';
import { isSameName, personName } from './person-name.ts';

describe('personName', () => {
  it.each([
    'Unknown',
    'UNKNOWN',
    '_UNKNOWN_',
    '<unknown>',
    '(Unknown)',
    '[unknown]',
    'Unknown person',
    'unknown_person',
    'Unknown 12',
    'Ｕｎｋｎｏｗｎ',
    'Ignored',
    'Unconfirmed',
    'Unnamed',
    'No name',
    '???',
    '?',
    '-',
    ' ',
    '',
    '\0',
    'Unbekannt',
    'UNBEKANNT',
    'Unbekannte Person',
    'Ignoriert',
    'Inconnu',
    'Desconocido',
    'Sconosciuto',
    'Onbekend',
    'Okänd',
    'Неизвестно',
    '不明',
    '未知',
    'Person 3',
    'face #7',
    'ffffffffffffffff',
    '0000000000000000',
    'n/a',
    'null',
    'Not a face',
  ])('is none where %j stands for nobody', (name) => {
    expect(personName(name)).toBeNull();
  });

  it.each([
    'Unknown Soldier',
    'Jennifer Null',
    'Ignaz',
    'Ada',
    'Nan Goldin',
    'Nil',
    'Na',
    'Anon Ymous',
    'Person McPersonface',
    'Ada 2',
    'Facey Romford',
    'Bekannt',
    'Unbekannter Soldat',
    'Anonymous Bosch',
    'Bo',
    '李娜',
    'Faith',
    'Ignored Ann',
  ])('is kept where it is one: %j', (name) => {
    expect(personName(name)).toBe(name);
  });

  it('is one line', () => {
    expect(personName(' Ada \n Lovelace ')).toBe('Ada Lovelace');
    expect(isSameName('Ada  Lovelace', 'ADA Lovelace')).toBe(true);
    expect(isSameName('José', 'Jose')).toBe(true);
    expect(isSameName('Ada', 'Ada L')).toBe(false);
  });
});
