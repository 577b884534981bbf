import { expect, test } from 'vitest';
import { findTwoPlaces } from './two-places.ts';

const PARIS = { latitude: 48.86, longitude: 2.35 };
const LONDON = { latitude: 51.51, longitude: -0.13 };
const TOKYO = { latitude: 35.68, longitude: 139.69 };
const at = (time: string) => new Date(`2024-05-01T${time}Z`);
const seen = (faceId: string, place: typeof PARIS, time: string, personId = 'ada') => ({
  faceId,
  photoId: `photo ${faceId}`,
  personId,
  at: at(time),
  ...place,
});

test.each([
  { desc: 'one place', sightings: [seen('a', PARIS, '10:00'), seen('b', PARIS, '10:00')], found: [] },
  { desc: 'two towns within an hour', sightings: [seen('a', PARIS, '10:00'), seen('b', LONDON, '11:00')], found: [] },
  {
    desc: 'two towns within five minutes',
    sightings: [seen('a', PARIS, '10:00'), seen('b', LONDON, '10:05')],
    found: ['a', 'b'],
  },
  { desc: 'a flight round the world', sightings: [seen('a', PARIS, '01:00'), seen('b', TOKYO, '13:00')], found: [] },
  { desc: 'no flight is that fast', sightings: [seen('a', PARIS, '01:00'), seen('b', TOKYO, '06:00')], found: ['a', 'b'] },
  { desc: 'two people', sightings: [seen('a', PARIS, '10:00'), seen('b', TOKYO, '10:00', 'bert')], found: [] },
  {
    desc: 'one of three, past one that is possible',
    sightings: [seen('a', PARIS, '10:00'), seen('b', PARIS, '10:30'), seen('c', TOKYO, '11:00')],
    found: ['a', 'b', 'c'],
  },
])('$desc: $found', ({ sightings, found }) => {
  expect([...findTwoPlaces(sightings.toReversed()).keys()].toSorted()).toEqual(found);
});

test('names the other photo, how far it is, and how much later it was taken', () => {
  const found = findTwoPlaces([seen('a', PARIS, '10:00'), seen('b', TOKYO, '11:00')]);
  expect(found.get('a')).toEqual({ faceId: 'b', photoId: 'photo b', kilometres: 9713, minutes: 60 });
  expect(found.get('b')).toEqual({ faceId: 'a', photoId: 'photo a', kilometres: 9713, minutes: -60 });
});
