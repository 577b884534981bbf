import { describe, expect, it } from 'vitest';
import { parseInstant, parseShotTime } from './parse-time.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

describe('an instant', () => {
  it.each([
    { desc: 'Unix seconds', value: 1_715_969_405n, expected: '2024-05-17T18:10:05.000Z' },
    { desc: 'Unix seconds with a fraction', value: 1_715_969_405.25, expected: '2024-05-17T18:10:05.250Z' },
    { desc: 'Unix milliseconds', value: 1_715_969_405_250n, expected: '2024-05-17T18:10:05.250Z' },
    { desc: 'a time before 1970', value: -86_400n, expected: '1969-12-31T00:00:00.000Z' },
    { desc: 'what CURRENT_TIMESTAMP writes', value: '2024-05-17 18:10:05', expected: '2024-05-17T18:10:05.000Z' },
    { desc: 'an offset', value: '2024-05-17T18:10:05+09:00', expected: '2024-05-17T09:10:05.000Z' },
    { desc: 'an offset without its colon', value: '2024-05-17 18:10:05-0330', expected: '2024-05-17T21:40:05.000Z' },
    { desc: 'Python microseconds', value: '2024-05-17 18:10:05.123456', expected: '2024-05-17T18:10:05.123Z' },
    { desc: 'a day', value: '2024-05-17', expected: '2024-05-17T00:00:00.000Z' },
  ])('is read from $desc', ({ value, expected }) => {
    expect(parseInstant(value)?.toISOString()).toBe(expected);
  });

  it.each(['soon', '0000:00:00 00:00:00', '2023-02-30 10:00:00', '2024-05-17T25:00:00', Number.NaN])(
    'is not made of %s',
    (value) => {
      expect(() => parseInstant(value)).toThrow(UnreadableValueError);
    },
  );

  it.each([null, ''])('is absent for %j', (value) => {
    expect(parseInstant(value)).toBeNull();
  });
});

describe('a shot time', () => {
  it('without an offset is a wall clock and claims no instant', () => {
    const shot = parseShotTime('2019:07:06 11:22:33', 'exif:DateTimeOriginal');
    expect(shot).toMatchObject({ local: '2019-07-06T11:22:33', at: null, offsetMinutes: null, zone: null, precision: 'second' });
    expect(shot.source).toBe('exif:DateTimeOriginal');
    expect(shot.candidates).toHaveLength(1);
  });

  it('with an offset is both wall clock and instant', () => {
    const shot = parseShotTime('2019-07-06T11:22:33.5+02:00', 'exif');
    expect(shot).toMatchObject({ local: '2019-07-06T11:22:33.500', offsetMinutes: 120, precision: 'subsecond' });
    expect(shot.at?.toISOString()).toBe('2019-07-06T09:22:33.500Z');
  });

  it.each(['2019-07-06T09:22:33Z', '2019-07-06 09:22:33+00:00', 1_562_404_953n])(
    'stored as UTC (%s) is an instant without a wall clock',
    (value) => {
      const shot = parseShotTime(value, 'exif');
      expect(shot.at?.toISOString()).toBe('2019-07-06T09:22:33.000Z');
      expect(shot).toMatchObject({ local: null, offsetMinutes: null });
    },
  );

  it('that is not there has no source either', () => {
    expect(parseShotTime(null, 'exif')).toMatchObject({ at: null, local: null, source: null, candidates: [] });
  });
});
