import type { Convolution } from '../dlib/convolution.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { foldPixelScaling } from './fold-pixel-scaling.ts';
import { floatLayers } from './resnet-layers.ts';

/**
 * Writes dlib's CNN face detector as ONNX, for one level of its image pyramid: `image` in (uint8, 1 x height x width x RGB),
 * `scores` out (float32, 1 x 1 x rows x columns): above 0 where a face of 80 pixels is centred.
 */
export function convertMmod([first, ...others]: Convolution[]): Buffer {
  const graph = new OnnxGraph();
  const layers = floatLayers(graph);
  graph.input('image', 'uint8', [1, 'height', 'width', 3]);
  const nchw = graph.add('Transpose', ['image'], 'image_nchw', { perm: [0, 3, 1, 2] });
  let value = layers.convolve(graph.cast(nchw, 'float32', 'image_float'), foldPixelScaling(first!), 'conv0');
  others.forEach((convolution, i) => {
    const isLast = i === others.length - 1;
    value = layers.convolve(layers.relu(value, `relu${i}`), convolution, isLast ? 'scores' : `conv${i + 1}`);
  });
  graph.output('scores', 'float32', [1, 1, 'rows', 'columns']);
  return graph.serialize('mmod_human_face_detector');
}
