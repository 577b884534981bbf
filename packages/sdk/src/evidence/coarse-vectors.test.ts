import { expect, test } from 'vitest';
import { changeBank, confirmAs, generatedBank } from '../../test/support/generated-bank.ts';
import { know, knowLater } from '../review/review-memory.ts';
import { squaredDistance } from '../search/distance.ts';
import { seededRandom } from '../values/seeded-random.ts';
import { coarseAxes, coarsen, coarseRows, isBeyond } from './coarse-vectors.ts';
import { collectEvidence, probeAt } from './collect-evidence.ts';
import type { FaceBank } from './face-bank.ts';

const bank = generatedBank({ count: 2_400 });
const axes = (await coarseAxes(bank.vectors, bank.dimension))!;
const random = seededRandom(3);
const pick = () => Math.floor(random() * bank.faces.length);

test('nothing is told to be beyond a limit that is not, and most of what is far is told', () => {
  const rows = coarseRows(axes, bank.vectors);
  let [beyond, told] = [0, 0];
  for (let i = 0; i < 20_000; i++) {
    const [one, other] = [pick(), pick()];
    const vector = bank.vectors.subarray(one * bank.dimension, (one + 1) * bank.dimension);
    const squared = squaredDistance(bank.vectors, other * bank.dimension, vector, Number.POSITIVE_INFINITY);
    const isToldFrom = (limit: number) => isBeyond(rows, other, coarsen(axes, vector), limit);
    expect(isToldFrom(squared)).toBe(false);
    if (squared <= 0.36) continue;
    beyond++;
    told += Number(isToldFrom(0.36));
  }
  expect(told / beyond).toBeGreaterThan(0.8);
});

test('evidence is the same with them, before and after a change', () => {
  const before = know({ ...bank, axes });
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

test('for few faces, and short vectors, there are no axes', async () => {
  expect(await coarseAxes(bank.vectors.subarray(0, 1_000 * bank.dimension), bank.dimension)).toBeNull();
  expect(await coarseAxes(bank.vectors, 32)).toBeNull();
});
