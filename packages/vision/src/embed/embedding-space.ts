import { alignmentName, DLIB_CHIP } from '../align/chip-shape.ts';
import type { DlibQuantisation } from '../options/embedder-options.ts';

/** Names the geometry in which distances between embeddings mean anything; vectors of two spaces are never compared. */
export interface EmbeddingSpace {
  /** Everything below in one string, see {@link embeddingSpaceName}. */
  name: string;
  model: string;
  modelVersion: string;
  /** Hex SHA-256 of the weights as their author published them, before any conversion. */
  weightsSha256: string;
  /** How a face is brought into the network's input. */
  alignment: string;
  dimension: number;
  metric: 'l2';
  /** 'none' for the weights' own precision. */
  quantisation: string;
  /** L2 distance below which two faces are usually one person; left out for dlib's 0.6. */
  samePersonDistance?: number;
}

/** dlib's five landmarks, chip of 150 pixels, padding 0.25: `dlib-5-chip-150-0.25`. */
export const DLIB_ALIGNMENT = alignmentName(DLIB_CHIP);

const SHORT_HASH_LENGTH = 8;

/**
 * e.g. `dlib-resnet-v1@55533b28/dlib-5-chip-150-0.25/128`, with `/int8` after it for quantised weights.
 *
 * @example
 * ```ts
 * embeddingSpaceName(analyzer.space); // 'dlib-resnet-v1@55533b28/dlib-5-chip-150-0.25/128'
 * ```
 */
export function embeddingSpaceName(space: Omit<EmbeddingSpace, 'name' | 'samePersonDistance'>): string {
  const weights = `${space.model}-v${space.modelVersion}@${space.weightsSha256.slice(0, SHORT_HASH_LENGTH)}`;
  const parts = [weights, space.alignment, String(space.dimension)];
  if (space.quantisation !== 'none') parts.push(space.quantisation);
  return parts.join('/');
}

/** dlib's face recognition network; unquantised, the embeddings of Python face_recognition (model "small", the default) lie in this space too. */
export function dlibResnetSpace(weightsSha256: string, quantisation: DlibQuantisation): EmbeddingSpace {
  const space = {
    model: 'dlib-resnet',
    modelVersion: '1',
    weightsSha256,
    alignment: DLIB_ALIGNMENT,
    dimension: 128,
    metric: 'l2',
    quantisation,
  } as const;
  return { name: embeddingSpaceName(space), ...space };
}
