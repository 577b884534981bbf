import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decodeWindowsText } from './exif-text.ts';
import { readIptc } from './read-iptc.ts';

/** Bytes as programs wrote them: what is between \x.. escapes is ASCII. */
const bytes = (latin1: string) => Buffer.from(latin1, 'latin1');

function iptc(caption: Buffer, { declared, software, title }: { declared?: boolean; software?: string; title?: Buffer } = {}) {
  const dataset = (record: number, number: number, value: Buffer) =>
    Buffer.concat([Buffer.from([0x1c, record, number, value.length >> 8, value.length & 255]), value]);
  return readIptc(
    Buffer.concat([
      ...(declared ? [dataset(1, 90, bytes('\x1b%G'))] : []),
      ...(title ? [dataset(2, 5, title)] : []),
      dataset(2, 120, caption),
    ]),
    software,
  );
}

/** The same text as each of the two systems wrote it. */
const TEXTS = [
  { text: 'Café au lait', windows: 'Caf\xe9 au lait', mac: 'Caf\x8e au lait' },
  { text: 'über München', windows: '\xfcber M\xfcnchen', mac: '\x9fber M\x9fnchen' },
  { text: 'München', windows: 'M\xfcnchen', mac: 'M\x9fnchen' },
  { text: 'España, mañana', windows: 'Espa\xf1a, ma\xf1ana', mac: 'Espa\x96a, ma\x96ana' },
  { text: 'Ørsted på Ærø', windows: '\xd8rsted p\xe5 \xc6r\xf8', mac: '\xafrsted p\x8c \xaer\xbf' },
  { text: 'København', windows: 'K\xf8benhavn', mac: 'K\xbfbenhavn' },
  { text: 'Köln', windows: 'K\xf6ln', mac: 'K\x9aln' },
  { text: 'Größe Straße', windows: 'Gr\xf6\xdfe Stra\xdfe', mac: 'Gr\x9a\xa7e Stra\xa7e' },
  {
    text: 'Ägypten, Österreich, Übung',
    windows: '\xc4gypten, \xd6sterreich, \xdcbung',
    mac: '\x80gypten, \x85sterreich, \x86bung',
  },
  { text: 'École d’été', windows: '\xc9cole d\x92\xe9t\xe9', mac: '\x83cole d\xd5\x8et\x8e' },
  { text: 'don’t say “hello”', windows: 'don\x92t say \x93hello\x94', mac: 'don\xd5t say \xd2hello\xd3' },
  { text: 'it’s the Smiths’ boat', windows: 'it\x92s the Smiths\x92 boat', mac: 'it\xd5s the Smiths\xd5 boat' },
  { text: '“Hello,” she said.', windows: '\x93Hello,\x94 she said.', mac: '\xd2Hello,\xd3 she said.' },
  { text: 'Rome – and back', windows: 'Rome \x96 and back', mac: 'Rome \xd0 and back' },
  { text: 'Rome — and back', windows: 'Rome \x97 and back', mac: 'Rome \xd1 and back' },
  { text: '1990–95', windows: '1990\x9695', mac: '1990\xd095' },
  { text: 'wait…', windows: 'wait\x85', mac: 'wait\xc9' },
  { text: 'Martínez, Perú', windows: 'Mart\xednez, Per\xfa', mac: 'Mart\x92nez, Per\x9c' },
  { text: 'Malmö, Ångström', windows: 'Malm\xf6, \xc5ngstr\xf6m', mac: 'Malm\x9a, \x81ngstr\x9am' },
  { text: 'São João', windows: 'S\xe3o Jo\xe3o', mac: 'S\x8bo Jo\x8bo' },
  { text: '30° im Schatten', windows: '30\xb0 im Schatten', mac: '30\xa1 im Schatten' },
  { text: '¿Dónde?', windows: '\xbfD\xf3nde?', mac: '\xc0D\x97nde?' },
  { text: 'garçon, façade', windows: 'gar\xe7on, fa\xe7ade', mac: 'gar\x8don, fa\x8dade' },
  { text: 'le cœur', windows: 'le c\x9cur', mac: 'le c\xcfur' },
  { text: 'Zürich © Müller', windows: 'Z\xfcrich \xa9 M\xfcller', mac: 'Z\x9frich \xa9 M\x9fller' },
];

describe('IPTC text without a declared character set', () => {
  it.each(TEXTS)('is read as Windows and Macs wrote it: $text', ({ text, windows, mac }) => {
    expect(iptc(bytes(windows)).caption).toBe(text);
    expect(iptc(bytes(mac)).caption).toBe(text);
  });

  it.each(TEXTS)('is UTF-8 where it is valid, declared or not: $text', ({ text }) => {
    expect(iptc(Buffer.from(text)).caption).toBe(text);
    expect(iptc(Buffer.from(text), { declared: true }).caption).toBe(text);
  });

  it('is read though it declares UTF-8 and is none', () => {
    expect(iptc(bytes('Caf\xe9'), { declared: true }).caption).toBe('Café');
  });

  it('is judged together with the other texts of the block', () => {
    // Alone it could be either: à or ˆ.
    const { objectName, caption } = iptc(bytes('\x88'), { title: bytes('M\x9fnchen') });
    expect([objectName, caption]).toEqual(['München', 'à']);
  });

  it('goes by the program where nothing else tells', () => {
    // Šiš and äiä are no words of any language that both would have.
    expect(iptc(bytes('\x8an'), { software: 'Adobe Photoshop CS2 Macintosh' }).caption).toBe('än');
    expect(iptc(bytes('\xe9t\xe9'), { software: 'Adobe Photoshop CS2 Macintosh' }).caption).toBe('été');
  });
});

describe('decodeWindowsText', () => {
  const wide = (text: string, zeros = '\0') => [...Buffer.from(text + zeros, 'utf16le')];
  const narrow = (text: string, zeros = '\0') => [...Buffer.from(text + zeros)];

  it.each([
    'Urlaub',
    'Grüße',
    'Ada; Bo',
    '林太郎の写真',
    '东京',
    '慢慢汬',
    '한국 여행',
    'Привет',
    'Да',
    'はな',
    'ひ',
    'カメラ',
    'नमस्ते',
    'שלום',
    '2019',
    'é',
    'ü',
    'a',
    '林a',
    '👍 fine',
  ])('reads UTF-16: %s', (text) => {
    expect(decodeWindowsText(wide(text))).toBe(text);
    expect(decodeWindowsText(wide(text, '\0\0'))).toBe(text);
  });

  it.each([
    'Urlaub',
    'Grüße',
    'Ada; Bo',
    'family;Places;Rome',
    '林太郎の写真',
    'Привет',
    'banana',
    '2019 in Rom',
    'Holiday 2019',
    'abc',
    'été',
    'ab',
    'é',
  ])('reads UTF-8 that a program wrote instead: %s', (text) => {
    expect(decodeWindowsText(narrow(text))).toBe(text);
    expect(decodeWindowsText(narrow(text, ''))).toBe(text);
  });

  it('reads UTF-8 that ends like a wide text where it is long enough to tell', () => {
    expect(decodeWindowsText(narrow('Urlaub in Rom', '\0\0'))).toBe('Urlaub in Rom');
    expect(decodeWindowsText([0, 0])).toBeNull();
  });
});
