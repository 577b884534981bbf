import type { Convolution } from '../dlib/convolution.ts';
import type { DlibResnet } from '../dlib/read-resnet.ts';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { foldPixelScaling } from './fold-pixel-scaling.ts';
import { floatLayers, type ResnetLayers } from './resnet-layers.ts';

const CHIP_SIZE = 150;
const EMBEDDING_DIMENSION = 128;
const STEM_OUTPUT_SIZE = 35;

/** dlib's face recognition network after its stem, as stages of residual blocks; the first block of a later stage halves the size. */
const STAGES = [
  { channels: 32, blocks: 3, startsHalving: false },
  { channels: 64, blocks: 4, startsHalving: true },
  { channels: 128, blocks: 3, startsHalving: true },
  { channels: 256, blocks: 3, startsHalving: true },
  { channels: 256, blocks: 1, startsHalving: true },
] as const;

/**
 * Writes dlib's face recognition network as ONNX: face chips in (`chips`, uint8, N x 150 x 150 x RGB), `embeddings` out
 * (float32, N x 128).
 *
 * Mean and scale live in the first convolution, so the raw bytes of a chip are the input. Values named in `extraOutputs` are
 * given out too, for calibration.
 */
export function convertDlibResnet(
  network: DlibResnet,
  createLayers: (graph: OnnxGraph) => ResnetLayers = floatLayers,
  extraOutputs: readonly string[] = [],
): Buffer {
  const graph = new OnnxGraph();
  const convolutions = [foldPixelScaling(network.convolutions[0]!), ...network.convolutions.slice(1)];
  const builder = new ResnetBuilder(graph, createLayers(graph), convolutions);

  graph.input('chips', 'uint8', ['N', CHIP_SIZE, CHIP_SIZE, 3]);
  let features = builder.stem();
  for (const stage of STAGES) {
    for (let block = 0; block < stage.blocks; block++) {
      features = builder.residual(features, stage.startsHalving && block === 0 ? stage.channels : null);
    }
  }
  builder.expectAllUsed();

  const average = graph.add('GlobalAveragePool', [features.value], 'average');
  const flat = graph.add('Flatten', [average], 'features', { axis: 1 });
  graph.constant('fully_connected', 'float32', [STAGES.at(-1)!.channels, EMBEDDING_DIMENSION], network.fullyConnected);
  graph.add('MatMul', [flat, 'fully_connected'], 'embeddings');
  graph.output('embeddings', 'float32', ['N', EMBEDDING_DIMENSION]);
  for (const name of extraOutputs) graph.output(name, 'float32', ['N', `${name}_c`, `${name}_h`, `${name}_w`]);
  return graph.serialize('dlib_face_recognition_resnet_model_v1');
}

interface Features {
  value: string;
  channels: number;
  /** Width and height of the feature map in cells. */
  size: number;
}

class ResnetBuilder {
  readonly #graph: OnnxGraph;
  readonly #layers: ResnetLayers;
  readonly #convolutions: Convolution[];
  #nextConvolution = 0;
  #nextBlock = 0;

  constructor(graph: OnnxGraph, layers: ResnetLayers, convolutions: Convolution[]) {
    this.#graph = graph;
    this.#layers = layers;
    this.#convolutions = convolutions;
  }

  stem(): Features {
    const relu = this.#layers.relu(this.#convolve(this.#layers.input()), 'stem');
    return { value: this.#layers.maxPool(relu, 'stem_pool'), channels: STAGES[0].channels, size: STEM_OUTPUT_SIZE };
  }

  /** relu(conv(relu(conv(x))) + shortcut(x)); `halvedChannels` is null where the block keeps size and channels. */
  residual(input: Features, halvedChannels: number | null): Features {
    const name = `block${this.#nextBlock++}`;
    const inner = this.#layers.relu(this.#convolve(input.value), `${name}_inner`);
    let main = this.#layers.linear(this.#convolve(inner), `${name}_main`);
    let shortcut = input.value;
    let { channels, size } = input;
    if (halvedChannels !== null) {
      const mainSize = ((size - 3) >> 1) + 1; // 3x3 convolution, stride 2, unpadded
      const shortcutSize = ((size - 2) >> 1) + 1;
      shortcut = this.#graph.add('AveragePool', [shortcut], `${name}_shortcut`, { kernel_shape: [2, 2], strides: [2, 2] });
      // dlib's add_prev zero-pads whichever operand is smaller, at the end of each axis.
      shortcut = this.#padEnd(shortcut, `${name}_shortcut_padded`, halvedChannels - channels, 0);
      main = this.#padEnd(main, `${name}_main_padded`, 0, shortcutSize - mainSize);
      channels = halvedChannels;
      size = Math.max(mainSize, shortcutSize);
    }
    const sum = this.#graph.add('Add', [main, shortcut], `${name}_sum`);
    return { value: this.#layers.relu(sum, name), channels, size };
  }

  expectAllUsed(): void {
    if (this.#nextConvolution !== this.#convolutions.length) {
      throw new Error(`Placed ${this.#nextConvolution} of ${this.#convolutions.length} convolutions.`);
    }
  }

  #convolve(input: string): string {
    const index = this.#nextConvolution++;
    return this.#layers.convolve(input, this.#convolutions[index]!, `conv${index}`);
  }

  #padEnd(input: string, name: string, channels: number, size: number): string {
    if (channels === 0 && size === 0) return input;
    const pads = BigInt64Array.from([0, 0, 0, 0, 0, channels, size, size].map(BigInt));
    return this.#graph.add('Pad', [input, this.#graph.constant(`${name}_pads`, 'int64', [8], pads)], name);
  }
}
