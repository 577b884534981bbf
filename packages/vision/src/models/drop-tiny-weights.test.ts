import { expect, test } from 'vitest';
import { OnnxGraph } from '../../scripts/onnx/onnx-graph.ts';
import { dropTinyWeights } from './drop-tiny-weights.ts';

function modelWith(weights: Float32Array): Buffer {
  const graph = new OnnxGraph();
  graph.input('x', 'float32', [1, weights.length]);
  graph.constant('w', 'float32', [1, weights.length], weights);
  graph.add('Mul', ['x', 'w'], 'y');
  graph.output('y', 'float32', [1, weights.length]);
  return graph.serialize('one_product');
}

test('weights that are lost beside the largest become zero, and nothing else changes', () => {
  const weights = Float32Array.from({ length: 2000 }, (_, i) => [0.5, -1e-40, 1e-20, -1e-9][i % 4]!);
  const model = modelWith(weights);
  dropTinyWeights(model);
  expect(model.equals(modelWith(weights.map((value) => (Math.abs(value) < 5e-13 ? 0 : value))))).toBe(true);
});

test.each([
  { desc: 'few numbers, which may be constants of a formula', model: modelWith(Float32Array.of(1, 1e-30)) },
  { desc: 'numbers that are all small', model: modelWith(new Float32Array(2000).fill(1e-30)) },
  { desc: 'a file that is cut', model: modelWith(new Float32Array(2000).map((_, i) => (i ? 1e-30 : 1))).subarray(0, 5000) },
  { desc: 'what is no network', model: Buffer.from('no network at all, but bytes like any other') },
])('$desc: left as it is', ({ model }) => {
  const before = Buffer.from(model);
  dropTinyWeights(model);
  expect(model.equals(before)).toBe(true);
});
