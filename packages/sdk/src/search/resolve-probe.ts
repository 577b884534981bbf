import { sql } from 'kysely';
import { createFaces } from '../catalog/faces.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { SpaceMismatchError } from '../errors/space-mismatch-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpace } from '../model/embedding-spaces.ts';
import { createEmbeddingSpaces } from '../saving/rows/spaces.ts';

/** What others are compared with. */
export interface Probe {
  readonly spaceId: string;
  readonly dimension: number;
  readonly vector: Float32Array;
  /** The stored face that it is; null for a raw embedding. */
  readonly faceId: string | null;
}

export interface ProbeOptions {
  faceId?: string;
  embedding?: Float32Array | number[];
  /** Name or id. */
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
    const spaceId = space === undefined ? undefined : (await createEmbeddingSpaces(context).get(space)).spaceId;
    const found = await createFaces(context).embedding(faceId, { spaceId });
    const { embedding: vector } = found;
    return { spaceId: found.spaceId, dimension: vector.length, vector, faceId: faceId.toLowerCase() };
  }
  const vector = checkEmbedding(embedding);
  const { spaceId, name, dimension } = await resolveSpace(context, space);
  if (vector.length !== dimension) {
    throw new SpaceMismatchError(`The embedding has ${vector.length} dimensions, but the space '${name}' has ${dimension}.`, {
      remedy: 'Embed the face with the model of the space, or name another space.',
    });
  }
  return { spaceId, dimension, vector, faceId: null };
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

/** The named space, or the only one: that this library has vectors in, else that the database knows. */
async function resolveSpace(context: LibraryContext, space: string | undefined): Promise<EmbeddingSpace> {
  if (space !== undefined) return createEmbeddingSpaces(context).get(space);
  const { rows } = await sql<EmbeddingSpace & { used: boolean }>`
    SELECT space_id AS "spaceId", name, dimension, EXISTS (
      SELECT FROM face_embeddings e WHERE e.space_id = s.space_id AND e.library_id = ${context.libraryId}) AS used
    FROM embedding_spaces s ORDER BY space_id`.execute(context.db);
  const used = rows.filter((row) => row.used);
  const candidates = used.length > 0 ? used : rows;
  const [only, another] = candidates;
  if (!only) throw new NotFoundError('space', 'any', { remedy: 'Index photos with faces first.' });
  if (another) {
    throw new InvalidInputError(`The library has several embedding spaces: ${candidates.map(({ name }) => name).join(', ')}.`, {
      remedy: 'Name the one that the embedding belongs to with the option space.',
    });
  }
  return only;
}
