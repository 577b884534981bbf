import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faceFacts } from '../../../test/support/generated-bank.ts';
import type { FaceFacts } from '../../evidence/face-facts.ts';
import { logLift } from './back-off.ts';
import { countBetween } from './sorted-numbers.ts';
import { Surroundings } from './surroundings.ts';

const MUNICH = { latitude: 48.137, longitude: 11.575 };
const NEARBY = { latitude: 48.1371, longitude: 11.5751 };
const ROME = { latitude: 41.9, longitude: 12.5 };

let faces = 0;
function face(photoId: string, personId: string | null, facts: Partial<FaceFacts> = {}): FaceFacts {
  const label = personId === null ? {} : { personId, source: 'human_confirmed' as const };
  return faceFacts({ faceId: `face ${faces++}`, photoId, shotPrecision: 'minute', ...label, ...facts });
}

function surroundingsOf(known: readonly FaceFacts[]): Surroundings {
  return new Surroundings({ bank: { faces: known, withoutVector: new Map() } } as never, ['shot time', 'company', 'place']);
}

function liftsOf(
  known: readonly FaceFacts[],
  asked: FaceFacts,
  company: readonly string[] = [],
): Record<string, readonly (number | null)[]> {
  const candidates = ['ada', 'bob'].map((personId) => ({ personId }));
  const lifts = surroundingsOf([...known, asked]).lifts({ face: asked, company: new Set(company), candidates });
  return Object.fromEntries(lifts.map(({ name, lifts }) => [name, lifts]));
}

const weekly = (personId: string, month: number, facts: Partial<FaceFacts> = {}) =>
  [1, 8, 15, 22].map((day) => {
    const shotLocal = `2020-0${month}-${String(day).padStart(2, '0')} 10:00:00`;
    return face(`${personId} ${month} ${day}`, personId, { shotLocal, ...facts });
  });

describe('what is around a face', () => {
  test('speaks for who was seen at the time, and against who was seen at another', () => {
    const { 'shot time': lifts } = liftsOf(
      [...weekly('ada', 3), ...weekly('bob', 9)],
      face('new', null, { shotLocal: '2020-03-09 12:00:00' }),
    );
    expect(lifts![0]).toBeGreaterThan(0.5);
    expect(lifts![1]).toBeLessThan(-0.5);
  });

  test('speaks for who was seen at the place on other days, and not for who was there the same day only', () => {
    const there = { ...MUNICH, shotLocal: '2021-05-01 10:00:00' };
    const known = [
      ...weekly('ada', 3, NEARBY),
      ...weekly('bob', 3, ROME),
      face('today', 'bob', { ...there, shotLocal: '2021-05-01 09:00:00' }),
    ];
    const { place } = liftsOf(known, face('new', null, there));
    expect(place![0]).toBeGreaterThan(0.5);
    expect(place![1]).toBeLessThan(-0.5);
  });

  test('speaks for who is seen beside the same people on other days', () => {
    const together = [1, 2, 3].flatMap((day) =>
      ['ada', 'cleo'].map((personId) => face(`both ${day}`, personId, { shotLocal: `2020-01-0${day} 10:00:00` })),
    );
    const asked = face('new', null, { shotLocal: '2020-06-01 10:00:00' });
    const { company } = liftsOf([...together, ...weekly('bob', 2), face('new', 'cleo')], asked, ['cleo']);
    expect(company![0]).toBeGreaterThan(0.5);
    expect(company![1]).toBeLessThan(-0.5);
  });

  test('says nothing where nothing is known: no time, no place, no company, nobody, and no photo', () => {
    const known = [...weekly('ada', 3, MUNICH)];
    expect(liftsOf(known, face('new', null))).toEqual({});
    expect(liftsOf(known, face('new', null, { shotLocal: '2020-01-01 00:00:00', shotPrecision: 'month' }))).toEqual({});
    expect(liftsOf([], face('new', null, { shotLocal: '2020-03-09 12:00:00', ...MUNICH }))).toEqual({
      'shot time': [null, null],
      place: [null, null],
    });
    expect(surroundingsOf(known).lifts({ face: null, company: new Set(), candidates: [{ personId: 'ada' }] })).toEqual([]);
  });

  test('never counts what the photo itself was said to show', () => {
    const others = [...weekly('ada', 3, MUNICH), ...weekly('bob', 9, ROME), ...weekly('cleo', 3, MUNICH)];
    const when = { shotLocal: '2020-03-09 12:00:00', ...MUNICH };
    const unnamed = liftsOf([...others, face('new', 'cleo', when)], face('new', null, when), ['cleo']);
    const named = liftsOf([...others, face('new', 'cleo', when)], face('new', 'ada', when), ['cleo']);
    expect(named).toEqual(unnamed);
  });

  test('says so in a sentence with its counts', () => {
    const asked = face('new', null, { shotLocal: '2020-03-09 12:00:00', ...MUNICH });
    const known = [...weekly('ada', 3, MUNICH), ...weekly('bob', 9, ROME), ...weekly('bob', 8, ROME)];
    const candidates = [{ personId: 'ada' }];
    const said = surroundingsOf([...known, asked]).lifts({ face: asked, company: new Set(), candidates });
    expect(said.map(({ because }) => because(0))).toEqual([
      '1 of 1 named around the day are this person, who is 33 % of all.',
      '4 of 4 named within some 200 m on other days are this person, who is 33 % of all.',
    ]);
  });
});

test('a lift is finite, nothing without sightings, and grows with them', () => {
  const counts = fc.tuple(fc.nat(50), fc.nat(50)).map(([seen, others]) => ({ seen, all: seen + others }));
  fc.assert(
    fc.property(counts, fc.array(counts, { maxLength: 5 }), (usual, narrowing) => {
      const lift = logLift(usual, narrowing);
      expect(lift === null).toBe(usual.seen === 0);
      if (lift === null) return;
      expect(lift).toSatisfy(Number.isFinite);
      expect(logLift(usual, [])).toBe(0);
      const more = logLift(usual, [...narrowing, { seen: 10, all: 10 }])!;
      expect(more).toBeGreaterThanOrEqual(lift);
    }),
  );
});

test('numbers between two are counted, both included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -20, max: 20 })),
      fc.integer({ min: -25, max: 25 }),
      fc.nat(20),
      (numbers, from, width) => {
        const ascending = Float64Array.from(numbers).sort();
        const expected = numbers.filter((value) => value >= from && value <= from + width).length;
        expect(countBetween(ascending, from, from + width)).toBe(expected);
      },
    ),
  );
});
