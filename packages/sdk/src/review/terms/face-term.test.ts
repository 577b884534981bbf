import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersonEvidence } from '../../evidence/person-evidence.ts';
import { logOddsOf } from './conditional-logit.ts';
import { FACE_WEIGHTS, faceFeatures } from './confidence-model.ts';
import { faceTerm } from './face-term.ts';

function person(personId: string, distances: [number, ...number[]], confirmedFaces = distances.length): PersonEvidence {
  return { personId, nearestFaceId: `face of ${personId}`, distances, supportingFaces: 0, confirmedFaces };
}

/** What it says of each candidate. */
function weigh(candidates: readonly PersonEvidence[]) {
  const weighings = faceTerm.weigh({ space: 'test', face: null, company: new Set(), candidates });
  return candidates.map((_, i) =>
    weighings.map(({ name, logOdds, because }) => ({ name, logOdds: logOdds[i]!, because: because(i) })),
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
        base: '-1.10 Where a face at distance 0.6 starts, with nobody else near.',
        'nearest face': '2.04 The nearest face is at distance 0.31.',
        'mean of nearest': '12.48 The nearest 3 are at 0.38 on average.',
        'next person': '-4.24 The next person is at 0.54.',
        'number of faces': '-2.48 12 faces are known: of many, one is near by chance.',
      },
      {
        base: '-1.10 Where a face at distance 0.6 starts, with nobody else near.',
        'nearest face': '0.42 The nearest face is at distance 0.54.',
        'mean of nearest': '3.39 It is the only one within 0.7.',
        'next person': '-10.28 Somebody else is nearer, at 0.31.',
        'number of faces': '0.00 One face is known.',
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
