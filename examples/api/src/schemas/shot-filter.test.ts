import { describe, expect, it } from 'vitest';
import { ShotFrom, ShotTo } from './shot-filter.ts';

describe('a shot time in a filter', () => {
  it.each([
    {
      desc: 'a day begins with its first moment',
      value: '2024-06-01',
      from: '2024-06-01T00:00:00.000Z',
      to: '2024-06-01T23:59:59.999Z',
    },
    { desc: 'a minute', value: '2024-06-01T12:30', from: '2024-06-01T12:30:00.000Z', to: '2024-06-01T12:30:00.000Z' },
    {
      desc: 'a part of a second',
      value: '2024-06-01T12:30:15.25',
      from: '2024-06-01T12:30:15.250Z',
      to: '2024-06-01T12:30:15.250Z',
    },
    { desc: 'a leap day', value: '2024-02-29', from: '2024-02-29T00:00:00.000Z', to: '2024-02-29T23:59:59.999Z' },
  ])('reads $desc', ({ value, from, to }) => {
    expect(ShotFrom.parse(value).toISOString()).toBe(from);
    expect(ShotTo.parse(value).toISOString()).toBe(to);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-06-01T24:30',
    '2024-06-01T12:30:00Z',
    '2024-06-01T12:30:00+02:00',
    '2024',
    '',
    'now',
  ])('refuses %j', (value) => {
    expect(ShotFrom.safeParse(value).success).toBe(false);
    expect(ShotTo.safeParse(value).success).toBe(false);
  });
});
