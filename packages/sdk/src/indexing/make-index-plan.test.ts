import { describe, expect, test } from 'vitest';
import { makeIndexPlan, wantedFacts } from './make-index-plan.ts';
import { makePace } from './make-pace.ts';

const space = {
  name: 'test/4',
  model: 'test',
  modelVersion: '1',
  weightsSha256: '0'.repeat(64),
  alignment: 'none',
  dimension: 4,
  metric: 'l2' as const,
  quantisation: 'none',
};
const analyzer = { space, detector: 'test', provenance: { minFace: 20 } };

describe('a plan', () => {
  test('has a value for everything', () => {
    expect(makeIndexPlan({})).toEqual({
      exif: true,
      dateRules: null,
      places: true,
      regions: true,
      thumbnails: true,
      faces: null,
      acceptMissing: false,
    });
  });

  test('names the space, the detector and its settings of the faces that it wants', () => {
    expect(makeIndexPlan({ analyzer, thumbnails: false }).faces).toEqual({ ...analyzer, crops: false });
  });

  test('reads neither dates nor regions by their own rules without metadata', () => {
    expect(makeIndexPlan({ exif: false, dateRules: { ignore: ['file:mtime'] } })).toMatchObject({
      dateRules: null,
      regions: false,
    });
  });

  test('says what must be known of a photo', () => {
    expect(wantedFacts(makeIndexPlan({ analyzer }))).toEqual({
      exif: true,
      faces: true,
      crops: true,
      regions: true,
      rules: null,
    });
    expect(wantedFacts(makeIndexPlan({ exif: false }))).toMatchObject({ exif: false, faces: false, crops: false });
  });

  test.each([
    { exif: 'yes' },
    { places: 1 },
    { thumbnails: null },
    { acceptMissing: 'no' },
    { dateRules: 'rules.json' },
    { dateRules: [] },
  ])('is refused for %o', (options) => {
    expect(() => makeIndexPlan(options as object)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

test.each([{ concurrency: 0 }, { concurrency: Number.NaN }, { batchSize: 1.5 }, { batchSize: -1 }])(
  'a pace of %o is refused',
  (options) => {
    expect(() => makePace(options)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  },
);
