import { OnnxGraph } from '../scripts/onnx/onnx-graph.ts';

/** 255 for the mean of a white pixel's channels becomes 1. */
const BRIGHTNESS_OF_BYTES = 1 / (3 * 255);

/**
 * A network with YuNet's inputs and outputs that takes every white cell of 32 x 32 pixels for a face that fills the cell.
 * `side` fixes the input's size in pixels; null leaves it free.
 */
export function tinyYuNet(side: number | null): Buffer {
  const graph = new OnnxGraph();
  graph.input('input', 'float32', [1, 3, side ?? 'height', side ?? 'width']);
  graph.constant('brightness_w', 'float32', [1, 3, 1, 1], new Float32Array(3).fill(BRIGHTNESS_OF_BYTES));
  graph.add('Conv', ['input', 'brightness_w'], 'brightness', { kernel_shape: [1, 1] });
  for (const stride of [8, 16, 32]) {
    const isActive = stride === 32;
    graph.add('AveragePool', ['brightness'], `cells_${stride}`, { kernel_shape: [stride, stride], strides: [stride, stride] });
    const head = (name: string, weights: number[], biases: number[]) => {
      graph.constant(`${name}_w`, 'float32', [weights.length, 1, 1, 1], Float32Array.from(weights));
      graph.constant(`${name}_b`, 'float32', [biases.length], Float32Array.from(biases));
      graph.add('Conv', [`cells_${stride}`, `${name}_w`, `${name}_b`], `${name}_nchw`, { kernel_shape: [1, 1] });
      graph.add('Transpose', [`${name}_nchw`], `${name}_nhwc`, { perm: [0, 2, 3, 1] });
      graph.constant(`${name}_shape`, 'int64', [3], BigInt64Array.of(1n, -1n, BigInt(biases.length)));
      graph.add('Reshape', [`${name}_nhwc`, `${name}_shape`], name);
      graph.output(name, 'float32', [1, `${name}_cells`, biases.length]);
    };
    head(`cls_${stride}`, [isActive ? 1 : 0], [0]);
    head(`obj_${stride}`, [0], [1]);
    head(`bbox_${stride}`, [0, 0, 0, 0], [0.5, 0.5, 0, 0]); // the cell's middle, exp(0) cells wide and high
  }
  return graph.serialize('tiny_yunet');
}

/** A network with UltraFace's inputs (320 x 240) and outputs that takes a white quarter of the picture for a face. */
export function tinyUltraFace(): Buffer {
  const graph = new OnnxGraph();
  graph.input('input', 'float32', [1, 3, 240, 320]);
  // Pixels arrive as (byte - 127) / 128: black is -0.992, white 1.
  graph.constant('brightness_w', 'float32', [1, 3, 1, 1], new Float32Array(3).fill(1 / 3));
  graph.add('Conv', ['input', 'brightness_w'], 'brightness', { kernel_shape: [1, 1] });
  graph.add('AveragePool', ['brightness'], 'quarters', { kernel_shape: [120, 160], strides: [120, 160] });
  graph.constant('scores_shape', 'int64', [3], BigInt64Array.of(1n, 4n, 1n));
  graph.add('Reshape', ['quarters', 'scores_shape'], 'face_scores');
  graph.add('Neg', ['face_scores'], 'background_scores');
  graph.add('Concat', ['background_scores', 'face_scores'], 'scores', { axis: 2 });
  const quarters = [0, 0, 0.5, 0.5, 0.5, 0, 1, 0.5, 0, 0.5, 0.5, 1, 0.5, 0.5, 1, 1];
  graph.constant('quarter_boxes', 'float32', [1, 4, 4], Float32Array.from(quarters));
  graph.add('Identity', ['quarter_boxes'], 'boxes');
  graph.output('scores', 'float32', [1, 4, 2]);
  graph.output('boxes', 'float32', [1, 4, 4]);
  return graph.serialize('tiny_ultraface');
}

/** A network whose embedding is the mean of each input channel. */
export function tinyEmbedder(chipSize: number): Buffer {
  const graph = new OnnxGraph();
  graph.input('chip', 'float32', [1, 3, chipSize, chipSize]);
  graph.add('Flatten', [graph.add('GlobalAveragePool', ['chip'], 'means')], 'embedding', { axis: 1 });
  graph.output('embedding', 'float32', [1, 3]);
  return graph.serialize('tiny_embedder');
}
