import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanDate, cleanInteger, cleanJson, cleanKeywords, cleanNumber, cleanText, cleanWallClock } from './sanitise.ts';

const anyText = fc.string({ unit: 'binary' }).map((text) => `${text}\0\ud800`);

describe('text', () => {
  test('comes out well-formed, without NUL and edges, and the same when cleaned again', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string()), (text) => {
        const cleaned = cleanText(text);
        if (cleaned === null) return;
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned).not.toContain('\0');
        expect(cleaned).toBe(cleaned.trim());
        expect(cleanText(cleaned)).toBe(cleaned);
      }),
    );
  });

  test.each([[''], [' \0 '], [null], [undefined]])('%j is no text', (text) => {
    expect(cleanText(text)).toBeNull();
  });

  test('is cut at its longest without leaving half a character', () => {
    expect(cleanText('🙂🙂', 3)).toBe('🙂\ufffd');
  });

  test('keywords are cleaned and each kept once', () => {
    expect(cleanKeywords(['sea', ' sea ', '', 'sun\0'])).toEqual(['sea', 'sun']);
  });
});

describe('times', () => {
  test.each([
    [new Date(Number.NaN), null],
    [new Date(8.64e15), null],
    [new Date('9999-12-31T23:59:59.999Z'), '9999-12-31T23:59:59.999Z'],
    [new Date('0001-01-01T00:00:00Z'), '0001-01-01T00:00:00.000Z'],
    [new Date(Date.parse('0001-01-01T00:00:00Z') - 1), null],
  ])('%s is kept as %s', (date, expected) => {
    expect(cleanDate(date)?.toISOString() ?? null).toBe(expected);
  });

  test.each([
    ['2024-02-29T10:00:00', '2024-02-29T10:00:00'],
    ['2024-02-29 10:00:00.5', '2024-02-29T10:00:00.5'],
    ['2023-02-29T10:00:00', null],
    ['2024-13-01T00:00:00', null],
    ['2024-01-01T24:00:00', null],
    ['2024-01-01T23:60:00', null],
    ['0000-00-00T00:00:00', null],
    ['2024:01:01 00:00:00', null],
    ['2024-01-01T00:00:00Z', null],
  ])('the wall clock %s is kept as %s', (local, expected) => {
    expect(cleanWallClock(local)).toBe(expected);
  });
});

test('numbers out of bounds, and what is no number, are dropped', () => {
  expect([90, -90, 90.1, Number.NaN, Infinity, '5' as never].map((value) => cleanNumber(value, -90, 90))).toEqual([
    90,
    -90,
    null,
    null,
    null,
    null,
  ]);
  expect([5, 5.5, 6, -1].map((value) => cleanInteger(value, 0, 5))).toEqual([5, null, null, null]);
});

test('any value becomes JSON that PostgreSQL takes: no NUL, no half surrogate', () => {
  fc.assert(
    fc.property(
      fc.object({
        key: anyText,
        values: [anyText, fc.double(), fc.bigInt(), fc.date({ noInvalidDate: false }), fc.uint8Array()],
        maxDepth: 4,
      }),
      (value) => {
        const json = cleanJson(value);
        expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        expect(() => JSON.parse(json)).not.toThrow();
      },
    ),
  );
});

test('a value nested without end ends', () => {
  const nested: Record<string, unknown> = {};
  nested.self = nested;
  expect(cleanJson(nested).length).toBeLessThan(1_000);
});
