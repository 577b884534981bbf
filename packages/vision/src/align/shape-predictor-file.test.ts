import { expect, test } from 'vitest';
import { allocateShapePredictor, readShapePredictor } from './shape-predictor-file.ts';

const sizes = { landmarkCount: 5, cascadeCount: 2, featureCount: 3, treeCount: 2, splitCount: 3 };

test('a predictor is read as it was written, from any position in memory', () => {
  const { bytes, predictor } = allocateShapePredictor(sizes);
  predictor.initialShape.fill(0.25);
  predictor.leaves.forEach((_, i) => {
    predictor.leaves[i] = i / 7;
  });
  predictor.secondFeatures.fill(513);
  const unaligned = new Uint8Array(bytes.length + 1);
  unaligned.set(bytes, 1);
  expect(readShapePredictor(unaligned.subarray(1))).toEqual(predictor);
});

test('a file of the wrong length is refused', () => {
  const { bytes } = allocateShapePredictor(sizes);
  expect(() => readShapePredictor(bytes.subarray(0, -1))).toThrow(/Expected a shape predictor of \d+ bytes/);
});
