import { createRequire } from 'node:module';
import { ModelMissingError } from '../errors.ts';
import type { OnnxEmbedderOptions } from '../options/embedder-options.ts';
import { optionsOf, text } from '../options/option-checks.ts';

const PACKAGE = 'faceplugin-face-recognition-js';
const VERSION = '0.0.1';
const WEIGHTS = 'model/fr_feature.onnx';

/**
 * Of 54 pairs of one person's face in sharp and poor copies of six group photos, 95 % lie below dlib's 0.475 and this network's 0.945; of 2,091 pairs of
 * different people, 95 % above 0.58 and 1.205 (November 2026). dlib's 0.6 is between 1.19 and 1.25 here; a little less errs on the side of asking.
 */
const SAME_PERSON_DISTANCE = 1.15;

export interface FacePluginOptions {
  /** Path of `fr_feature.onnx`; default: in the npm package, where that is installed. */
  file?: string;
}

/**
 * A second face recognition network: 512 numbers of length 1, in an embedding space of its own. It was trained apart from dlib's, so
 * where the two agree a name is surer. On LFW it told 98.66 % of the pairs apart (dlib's: 98.85 %).
 *
 * The weights (4.9 MB) are those of npm `faceplugin-face-recognition-js`, MIT; its authors do not say on which photos they were
 * trained. They do not come with this package, and that one has 673 others as its dependencies: the one file of it is enough.
 *
 * ```sh
 * npm pack faceplugin-face-recognition-js@0.0.1
 * tar -xzf faceplugin-face-recognition-js-0.0.1.tgz package/model/fr_feature.onnx
 * ```
 *
 * @throws ModelMissingError where no file is given and the package is not installed.
 *
 * @example
 * ```ts
 * const embedder = facePluginEmbedder({ file: 'package/model/fr_feature.onnx' });
 * await using second = await createFaceAnalyzer({ embedder });
 * const [embedding] = await second.embedFaces('holiday.jpg', [found]);
 * ```
 */
export function facePluginEmbedder(options: FacePluginOptions = {}): OnnxEmbedderOptions {
  checkOptions(options);
  return {
    kind: 'onnx',
    file: options.file ?? findWeights(),
    model: 'faceplugin-fr-feature',
    dimension: 512,
    chip: { size: 112, template: 'arcface' },
    pixels: { layout: 'nchw', channels: 'rgb', mean: 127, scale: 1 / 128 },
    normalise: true,
    samePersonDistance: SAME_PERSON_DISTANCE,
  };
}

const checkOptions = optionsOf<FacePluginOptions>({ file: text });

function findWeights(): string {
  try {
    return createRequire(import.meta.url).resolve(`${PACKAGE}/${WEIGHTS}`);
  } catch (cause) {
    throw new ModelMissingError("The weights of faceplugin's network are not installed.", {
      remedy: `Run: npm install ${PACKAGE}@${VERSION} (MIT, 312 MB with what it depends on). Or take the one file (4.9 MB) with: npm pack ${PACKAGE}@${VERSION} && tar -xzf ${PACKAGE}-${VERSION}.tgz package/${WEIGHTS}, and give its path as facePluginEmbedder({ file }).`,
      cause,
    });
  }
}
