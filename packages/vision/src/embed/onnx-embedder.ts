import { alignmentName } from '../align/chip-shape.ts';
import { InvalidInputError } from '../errors.ts';
import type { OnnxEmbedderOptions } from '../options/embedder-options.ts';
import type { InferenceSession } from '../runtime/inference-runtime.ts';
import { pixelsToTensor } from '../runtime/pixels-to-tensor.ts';
import { embeddingSpaceName } from './embedding-space.ts';
import type { FaceEmbedder } from './face-embedder.ts';

/** Any embedding network on any runtime; alignment is ours, its space is named after the file's hash. */
export function onnxEmbedder(session: InferenceSession, weightsSha256: string, options: OnnxEmbedderOptions): FaceEmbedder {
  const { model, modelVersion = '1', dimension, chip, pixels, normalise = false, samePersonDistance } = options;
  const [inputName] = session.inputNames;
  const [outputName] = session.outputNames;
  const space = {
    model,
    modelVersion,
    weightsSha256,
    alignment: alignmentName(chip),
    dimension,
    metric: 'l2' as const,
    quantisation: 'none',
  };
  return {
    space: { name: embeddingSpaceName(space), ...space, ...(samePersonDistance !== undefined && { samePersonDistance }) },
    chip,
    async embed(chips) {
      const embeddings: Float32Array[] = [];
      // One by one: many exports fix the batch size to 1.
      for (const data of chips) {
        const input = pixelsToTensor({ data, width: chip.size, height: chip.size }, pixels);
        const embedding = (await session.run({ [inputName!]: input }))[outputName!]!.data;
        if (embedding.length !== dimension) {
          throw new InvalidInputError(`Expected ${dimension} numbers from ${options.file} but received ${embedding.length}.`);
        }
        embeddings.push(normalise ? toUnitLength(embedding) : embedding.slice());
      }
      return embeddings;
    },
    close: () => session.close(),
  };
}

function toUnitLength(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return length > 0 ? values.map((value) => value / length) : values.slice();
}
