import { expect, test } from 'vitest';
import { changeBank, confirmAs, generatedBank } from '../../test/support/generated-bank.ts';
import { know, knowLater } from '../review/review-memory.ts';
import { squaredDistance } from '../search/distance.ts';
import { seededRandom } from '../values/seeded-random.ts';
import { coarsen, coarseVectors, isBeyond, laterCoarseVectors } from './coarse-vectors.ts';
import { collectEvidence, probeAt } from './collect-evidence.ts';
import type { FaceBank } from './face-bank.ts';

const bank = generatedBank({ count: 2_400 });
const coarse = (await coarseVectors(bank.vectors, bank.dimension))!;
const random = seededRandom(3);
const pick = () => Math.floor(random() * bank.faces.length);

test('nothing is told to be beyond a limit that is not, and most of what is far is told', () => {
  let [beyond, told] = [0, 0];
  for (let i = 0; i < 20_000; i++) {
    const [one, other] = [pick(), pick()];
    const vector = bank.vectors.subarray(one * bank.dimension, (one + 1) * bank.dimension);
    const squared = squaredDistance(bank.vectors, other * bank.dimension, vector, Number.POSITIVE_INFINITY);
    const isToldFrom = (limit: number) => isBeyond(coarse.vectors, other, coarsen(coarse.axes, vector), limit);
    expect(isToldFrom(squared)).toBe(false);
    if (squared <= 0.36) continue;
    beyond++;
    told += Number(isToldFrom(0.36));
  }
  expect(told / beyond).toBeGreaterThan(0.8);
});

test('evidence is the same with them, before and after a change', () => {
  const before = know({ ...bank, coarse });
  const change = (from: FaceBank) => changeBank(from, [[1_000, confirmAs('person 3')]]);
  const after = knowLater(before, change(before.bank));
  for (const [known, plain] of [
    [before, know(bank)],
    [after, know(change(bank))],
  ] as const) {
    for (let i = 0; i < 50; i++) {
      const index = pick();
      expect(collectEvidence(known, probeAt(known, index))).toEqual(collectEvidence(plain, probeAt(plain, index)));
    }
  }
});

test('those of later vectors are what these are along the same axes', () => {
  const later = new Float32Array(bank.vectors.length + bank.dimension).map(() => random());
  later.set(bank.vectors);
  later.fill(0.1, 7 * bank.dimension, 8 * bank.dimension);
  const anew = laterCoarseVectors({ axes: coarse.axes, vectors: new Float32Array(0) }, new Float32Array(0), later);
  expect(laterCoarseVectors(coarse, bank.vectors, later)).toEqual(anew);
});

test('few faces, and short vectors, have none', async () => {
  expect(await coarseVectors(bank.vectors.subarray(0, 1_000 * bank.dimension), bank.dimension)).toBeNull();
  expect(await coarseVectors(bank.vectors, 32)).toBeNull();
});
