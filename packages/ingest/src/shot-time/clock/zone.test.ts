import { describe, expect, it } from 'vitest';
import { offsetAt, offsetOfWallClock, zoneAt } from './zone.ts';

describe('zoneAt', () => {
  it.each([
    { desc: 'Paris', latitude: 48.8584, longitude: 2.2945, zone: 'Europe/Paris' },
    { desc: 'Kathmandu', latitude: 27.7172, longitude: 85.324, zone: 'Asia/Kathmandu' },
    { desc: 'the equator in Kenya', latitude: 0, longitude: 37.07, zone: 'Africa/Nairobi' },
    { desc: 'Greenwich', latitude: 51.4779, longitude: 0, zone: 'Europe/London' },
  ])('knows $desc', ({ latitude, longitude, zone }) => {
    expect(zoneAt(latitude, longitude)).toBe(zone);
  });

  it('knows none outside the world', () => {
    expect(zoneAt(91, 0)).toBeNull();
  });
});

describe('offsetOfWallClock', () => {
  it.each([
    { desc: 'winter', zone: 'Europe/Paris', local: '2019-01-13T14:25:30', offset: 60 },
    { desc: 'summer', zone: 'Europe/Paris', local: '2019-07-13T14:25:30', offset: 120 },
    { desc: 'the quarter hours of Nepal', zone: 'Asia/Kathmandu', local: '2019-07-13T14:25:30', offset: 345 },
    { desc: 'an hour before the change to summer', zone: 'Europe/Paris', local: '2019-03-31T01:30:00', offset: 60 },
    { desc: 'an hour after the change to summer', zone: 'Europe/Paris', local: '2019-03-31T03:30:00', offset: 120 },
    { desc: 'the hour that spring leaves out', zone: 'Europe/Paris', local: '2019-03-31T02:30:00', offset: 60 },
    {
      desc: 'the hour that comes twice in autumn, the first time',
      zone: 'Europe/Paris',
      local: '2019-10-27T02:30:00',
      offset: 120,
    },
    { desc: 'west of Greenwich', zone: 'America/Los_Angeles', local: '2016-08-13T01:11:41', offset: -420 },
  ])('knows $desc', ({ zone, local, offset }) => {
    expect(offsetOfWallClock(zone, local)).toBe(offset);
  });
});

describe('offsetAt', () => {
  it('follows the zone through the year', () => {
    expect(offsetAt('Europe/Paris', new Date('2019-10-27T00:59:59Z'))).toBe(120);
    expect(offsetAt('Europe/Paris', new Date('2019-10-27T01:00:00Z'))).toBe(60);
  });
});
