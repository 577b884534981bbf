import { createFaces } from '../catalog/faces.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { SpaceMismatchError } from '../errors/space-mismatch-error.ts';
import { activeSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpace } from '../model/embedding-space.ts';
import { getSpace } from '../saving/rows/spaces.ts';

/** What others are compared with. */
export interface Probe {
  readonly spaceId: string;
  /** Name of the space. */
  readonly space: string;
  readonly dimension: number;
  readonly vector: Float32Array;
  /** The stored face that it is; null for a raw embedding. */
  readonly faceId: string | null;
}

export interface ProbeOptions {
  faceId?: string;
  embedding?: Float32Array | number[];
  /** Name or id; default: the active one. */
  space?: string;
}

/**
 * The vector to compare with, and the one space that it may be compared in. Throws InvalidInputError unless exactly one of `faceId`
 * and `embedding` is given, NotFoundError for an unknown face or space or a face without a vector there, SpaceMismatchError for an
 * embedding of another dimension than the space has.
 */
export async function resolveProbe(context: LibraryContext, options: ProbeOptions): Promise<Probe> {
  const { faceId, embedding, space } = options;
  if ((faceId === undefined) === (embedding === undefined)) {
    throw InvalidInputError.expected('either a faceId or an embedding', 'the probe', faceId === undefined ? undefined : 'both');
  }
  if (faceId !== undefined) {
    const found = await createFaces(context).embedding(faceId, { space });
    const { embedding: vector } = found;
    return { spaceId: found.spaceId, space: found.space, dimension: vector.length, vector, faceId: faceId.toLowerCase() };
  }
  const vector = checkEmbedding(embedding);
  const { spaceId, name, dimension } = await resolveSpace(context, space);
  if (vector.length !== dimension) {
    throw new SpaceMismatchError(`The embedding has ${vector.length} dimensions, but the space '${name}' has ${dimension}.`, {
      remedy: 'Embed the face with the model of the space, or name another space.',
    });
  }
  return { spaceId, space: name, dimension, vector, faceId: null };
}

function checkEmbedding(embedding: unknown): Float32Array {
  if (!(Array.isArray(embedding) || embedding instanceof Float32Array) || embedding.length === 0) {
    throw InvalidInputError.expected('a list of numbers', 'embedding', embedding);
  }
  const vector = Float32Array.from(embedding);
  const bad = vector.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) throw InvalidInputError.expected('finite numbers', `embedding[${bad}]`, embedding[bad]);
  return vector;
}

/** The named space, or the active one. */
async function resolveSpace(
  context: LibraryContext,
  space: string | undefined,
): Promise<Pick<EmbeddingSpace, 'spaceId' | 'name' | 'dimension'>> {
  if (space !== undefined) return await getSpace(context, space);
  const active = await activeSpace(context);
  if (!active) throw new NotFoundError('space', 'any', { remedy: 'Index photos with faces first.' });
  return active;
}
