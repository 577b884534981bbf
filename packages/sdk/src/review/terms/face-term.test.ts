import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonEvidence } from '../../evidence/person-evidence.ts';
import { logOddsOf } from './conditional-logit.ts';
import { FACE_WEIGHTS, faceFeatures, nearestTwo } from './confidence-model.ts';
import { faceTerm } from './face-term.ts';

function person(personId: string, distances: [number, ...number[]], confirmedFaces = distances.length): PersonEvidence {
  return {
    personId,
    nearestFaceId: `face of ${personId}`,
    distances,
    supportingFaces: 0,
    confirmedFaces,
    centreDistance: 0.4,
    rivalDistance: null,
    strangerDistance: 0.55,
    nearestFaceStrangerDistance: 0.5,
  };
}

/** What it says of each candidate. */
function weigh(candidates: readonly PersonEvidence[]) {
  const weighings = faceTerm.weigh({
    space: 'test',
    face: null,
    company: new Set(),
    candidates,
    nearest: nearestTwo(candidates.map(({ distances }) => distances[0])),
  });
  return candidates.map((_, i) =>
    weighings.flatMap(({ name, logOdds, because }) => {
      const weight = logOdds[i] ?? null;
      return weight === null ? [] : [{ name, logOdds: weight, because: because(i) }];
    }),
  );
}

describe('the face', () => {
  test('weighs as the fitted model does, part by part', () => {
    const distance = fc.double({ min: 0.2, max: 0.699, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(distance, fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 4 }), (all) => {
        const candidates = all.map(([distance, faces], i) => person(`${i}`, [distance], faces));
        const sums = weigh(candidates).map((parts) => parts.reduce((sum, { logOdds }) => sum + logOdds, 0));
        const whole = logOddsOf(faceFeatures(candidates), FACE_WEIGHTS);
        expect(sums).toEqual(whole.map((value) => expect.closeTo(value, 9)));
      }),
    );
  });

  test('says why with the figures it goes by', () => {
    const parts = weigh([person('a', [0.312, 0.4, 0.425], 12), person('b', [0.54])]);
    const said = parts.map((all) =>
      Object.fromEntries(all.map(({ name, logOdds, because }) => [name, `${logOdds.toFixed(2)} ${because}`])),
    );
    expect(said).toEqual([
      {
        base: '-5.37 Where a face at distance 0.6 starts, with nobody else near.',
        centre: '5.65 The mean of all faces of the person is at 0.40.',
        'mean of nearest': '-1.82 The nearest 3 are at 0.38 on average.',
        'nearest face': '6.74 The nearest face is at distance 0.31.',
        'next person': '-0.76 The next person is at 0.54.',
        'number of faces': '3.14 12 faces are known: of many, one is near by chance.',
        strangers: '-1.17 The strangers nearest to this face are at 0.55; 0.59 is usual.',
        'strangers of the nearest face': "-3.33 The strangers nearest to the person's nearest face are at 0.50; 0.59 is usual.",
      },
      {
        base: '-5.37 Where a face at distance 0.6 starts, with nobody else near.',
        centre: '9.82 The mean of all faces of the person is at 0.40.',
        'mean of nearest': '-0.49 It is the only one within 0.7.',
        'nearest face': '1.40 The nearest face is at distance 0.54.',
        'next person': '-1.84 Somebody else is nearer, at 0.31.',
        'number of faces': '0.00 One face is known.',
        strangers: '-1.17 The strangers nearest to this face are at 0.55; 0.59 is usual.',
        'strangers of the nearest face': "-3.23 The strangers nearest to the person's nearest face are at 0.50; 0.59 is usual.",
      },
    ]);
  });

  test('has nothing against it from others when nobody else is near', () => {
    const [parts] = weigh([person('a', [0.4])]);
    expect(parts!.find(({ name }) => name === 'next person')).toEqual({
      name: 'next person',
      logOdds: 0,
      because: 'Nobody else is within 0.7.',
    });
  });
});
