import { describe, expect, it } from 'vitest';
import { ShotFrom, ShotTo } from './shot-filter.ts';

describe('a shot time in a filter', () => {
  it.each(['2024', '2024-06', '2024-06-01', '2024-02-29', '2024-06-01T12:30', '2024-06-01T12:30:15', '2024-06-01T12:30:15.25'])(
    'goes to the library as it is: %s',
    (value) => {
      expect([ShotFrom.parse(value), ShotTo.parse(value)]).toEqual([value, value]);
    },
  );

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-13',
    '2024-06-01T24:30',
    '2024-06-01T12:30:00Z',
    '2024-06-01T12:30:00+02:00',
    '24',
    '',
    'now',
  ])('is refused where it is none: %j', (value) => {
    expect(ShotFrom.safeParse(value).success).toBe(false);
    expect(ShotTo.safeParse(value).success).toBe(false);
  });
});
