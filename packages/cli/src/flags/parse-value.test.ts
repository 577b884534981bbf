import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';

import {
  parseConfidence,
  parseCount,
  parseDistance,
  parseMapping,
  parseMeasure,
  parseSeconds,
  parseShotBound,
} from './parse-value.ts';

describe('values of flags', () => {
  it.each(['2024', '2024-05', '2024-05-17', '2024-05-17T18:20', '2024-05-17 18:20:05.5'])(
    '%s is a date, and goes to the library as it is',
    (text) => {
      expect(parseShotBound(` ${text} `)).toBe(text);
    },
  );

  it('a mapping is split at its first =', () => {
    expect(parseMapping('/photos=/mnt/nas=2')).toEqual(['/photos', '/mnt/nas=2']);
  });

  it.each([
    {
      desc: 'date',
      parse: parseShotBound,
      wrong: ['yesterday', '17.05.2024', '', '2024-13', '2024-05-17T25:00', '2024-05-17T18:20Z', '2024-05-17T18:20+02:00'],
    },
    { desc: 'count', parse: parseCount, wrong: ['0', '-1', '1.5', 'ten', '', '1e3', '99999999999999999999'] },
    { desc: 'confidence', parse: parseConfidence, wrong: ['-0.1', '1.01', 'high', '', 'NaN'] },
    { desc: 'distance', parse: parseDistance, wrong: ['-1', 'near', '', 'Infinity'] },
    { desc: 'measure', parse: parseMeasure, wrong: ['0', '-1', '', 'f/2.8', 'Infinity'] },
    { desc: 'time in seconds', parse: parseSeconds, wrong: ['0', '1/0', '0/5', '1/250 s', '', '-1/2'] },
    { desc: 'mapping', parse: parseMapping, wrong: ['/photos', '=/here', '/photos=', ''] },
  ])('a wrong $desc is refused', ({ parse, wrong }) => {
    for (const text of wrong) expect(() => parse(text), text).toThrow(InvalidArgumentError);
  });

  it('an exposure time is a number of seconds or a fraction', () => {
    expect([parseSeconds('30'), parseSeconds('0.5'), parseSeconds('1/250')]).toEqual([30, 0.5, 0.004]);
  });

  it('the ends of a range belong to it', () => {
    expect([parseConfidence('0'), parseConfidence('1'), parseDistance('0'), parseCount('1')]).toEqual([0, 1, 0, 1]);
  });
});
