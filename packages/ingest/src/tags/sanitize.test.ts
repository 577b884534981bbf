import { describe, expect, it } from 'vitest';
import { cleanJson, cleanNumber, cleanText } from './sanitize.ts';

describe('cleanText', () => {
  it.each([
    { desc: 'NUL', text: 'a\0b', clean: 'ab' },
    { desc: 'a lone surrogate', text: 'a\ud800b', clean: 'a\ufffdb' },
    { desc: 'control characters, but not line ends', text: '\x01a\tb\nc\x7f\x1b', clean: 'a\tb\nc' },
    { desc: 'blanks around it', text: '  a ', clean: 'a' },
    { desc: 'only blanks', text: ' \0 ', clean: null },
    { desc: 'nothing', text: null, clean: null },
    { desc: 'good text', text: 'Größe 日本 👨‍👩‍👧', clean: 'Größe 日本 👨‍👩‍👧' },
  ])('handles $desc', ({ text, clean }) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('cuts text without end, between characters', () => {
    const clean = cleanText('😀'.repeat(100_000));
    expect(clean?.length).toBeLessThanOrEqual(10_000);
    expect(clean?.isWellFormed()).toBe(true);
  });
});

describe('cleanNumber', () => {
  it('keeps finite numbers only', () => {
    expect([1.5, 0, Number.NaN, Number.POSITIVE_INFINITY, null, undefined].map(cleanNumber)).toEqual([
      1.5,
      0,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('cleanJson', () => {
  it('gives what a jsonb column takes', () => {
    const dirty = {
      good: 'a',
      nul: 'a\0',
      'key\0': 1,
      nan: Number.NaN,
      date: new Date(Number.NaN),
      list: ['b', Number.NaN, undefined],
      nested: { deep: true },
      fn: () => 1,
    };
    const clean = cleanJson(dirty);
    expect(clean).toEqual({ good: 'a', nul: 'a', key: 1, date: {}, list: ['b'], nested: { deep: true } });
    expect(JSON.parse(JSON.stringify(clean))).toEqual(clean);
  });

  it('bounds depth and length', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 50; level++) deep = { deep };
    expect(JSON.stringify(cleanJson(deep)).length).toBeLessThan(100);
    expect(cleanJson(Array.from({ length: 100_000 }, (_, index) => index))).toHaveLength(256);
  });
});
