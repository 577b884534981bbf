/**
 * Measures the ranges of `activation-ranges.ts` anew: `node --conditions=@photoorg/source packages/vision/scripts/quantise/calibrate.ts`.
 *
 * Runs the float32 network on the chips of all faces of the npm sample photos and of mirrored and brightened copies. The
 * ranges are kept in a source file because float32 results differ in their last bits between processors, and model files
 * must not.
 */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alignFace, decodeImage, detectFaces, loadFaceEngine } from '../../src/index.ts';
import { loadOnnxRuntimeNode } from '../../src/runtime/onnxruntime-node.ts';
import { convertDlibResnet } from '../convert/convert-dlib-resnet.ts';
import { readDlibResnet } from '../dlib/read-resnet.ts';
import { fetchSources } from '../sources/fetch-sources.ts';
import { MODEL_SOURCES } from '../sources/model-sources.ts';
import type { ActivationRange } from './int8-layers.ts';

/** Share of the largest magnitudes that a range may cut off. Mean distance to float32: 0.029 at 2e-6, 0.033 at 2e-5, 0.055 at 1e-4. */
const CUT_OFF_SHARE = 2e-6;

const SIGNIFICANT_DIGITS = 4;
const BLOCKS = 14;
const VALUES = ['stem', ...Array.from({ length: BLOCKS }, (_, i) => [`block${i}_inner`, `block${i}_main`, `block${i}`]).flat()];

/** The range of each activation over the given chips (150 x 150 RGB bytes each). */
export async function measureRanges(chips: readonly Uint8Array[], resnet: Buffer): Promise<Record<string, ActivationRange>> {
  // A value without a rectifier is called by its convolution in the float32 network.
  const outputs = VALUES.map((name) => name.replace(/^block(\d+)_main$/, (_, block) => `conv${2 * Number(block) + 2}`));
  const model = convertDlibResnet(readDlibResnet(resnet), undefined, outputs);
  const session = await (await loadOnnxRuntimeNode(1)).createSession(model);
  const seen = VALUES.map((): Float32Array[] => []);
  for (const chip of chips) {
    const results = await session.run({ chips: { data: chip, dimensions: [1, 150, 150, 3] } });
    outputs.forEach((output, i) => {
      seen[i]!.push(results[output]!.data);
    });
  }
  await session.close();
  return Object.fromEntries(VALUES.map((name, i) => [name, rangeOf(seen[i]!, name.endsWith('_main'))]));
}

function rangeOf(samples: readonly Float32Array[], signed: boolean): ActivationRange {
  const values = new Float32Array(samples.reduce((length, sample) => length + sample.length, 0));
  let offset = 0;
  for (const sample of samples) {
    values.set(sample, offset);
    offset += sample.length;
  }
  values.sort();
  const cut = Math.floor(values.length * CUT_OFF_SHARE);
  const round = (value: number) => Number(value.toPrecision(SIGNIFICANT_DIGITS));
  return [signed ? round(values[cut]!) : 0, round(values[values.length - 1 - cut]!)];
}

/** The chips of all faces of the sample photos, each as it is, mirrored, darkened and brightened. */
export async function calibrationChips(): Promise<Uint8Array[]> {
  const photos = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');
  await using engine = await loadFaceEngine();
  const chips: Uint8Array[] = [];
  for (let i = 1; i <= 6; i++) {
    const image = await decodeImage(join(photos, `sample${i}.jpg`));
    for (const { rect } of await detectFaces(image, engine.detector)) chips.push(alignFace(image, rect, engine.landmarks).chip);
  }
  return chips.flatMap((chip) => [chip, mirror(chip), chip.map((value) => value / 2), chip.map((value) => 127 + value / 2)]);
}

function mirror(chip: Uint8Array): Uint8Array {
  return chip.map((_, i) => {
    const pixel = Math.floor(i / 3);
    const column = pixel % 150;
    return chip[(pixel - column + 149 - column) * 3 + (i % 3)]!;
  });
}

if (import.meta.main) {
  const cacheFolder = fileURLToPath(new URL('../../../../node_modules/.cache/photoorg-models', import.meta.url));
  const { dlibResnet } = await fetchSources(MODEL_SOURCES, cacheFolder, console.error);
  const ranges = await measureRanges(await calibrationChips(), dlibResnet);
  const entries = Object.entries(ranges).map(([name, [low, high]]) => `  ${name}: [${low}, ${high}],`);
  await writeFile(
    new URL('./activation-ranges.ts', import.meta.url),
    `import type { ActivationRange } from './int8-layers.ts';

/** Written by \`calibrate.ts\` from the faces of the npm sample photos; values beyond a range are cut off. */
export const ACTIVATION_RANGES: Record<string, ActivationRange> = {
${entries.join('\n')}
};
`,
  );
}
