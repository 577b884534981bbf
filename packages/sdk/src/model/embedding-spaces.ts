/**
 * What makes two vectors comparable: the same model, weights, alignment, dimension and quantisation. Vectors of two spaces are
 * never compared.
 */
export interface EmbeddingSpaceToSave {
  /** Unique, e.g. `dlib-resnet-v1`. */
  name: string;
  model: string;
  modelVersion: string;
  weightsSha256: string;
  /** How the face was turned upright and cut before embedding. */
  alignment: string;
  dimension: number;
  metric: 'l2';
  quantisation: string;
}

export interface EmbeddingSpace {
  spaceId: string;
  name: string;
  dimension: number;
}

export interface EmbeddingSpaces {
  /** The space of that name, made when new. Throws SpaceMismatchError when the name stands for something else already. */
  ensure(space: EmbeddingSpaceToSave): Promise<{ spaceId: string }>;
  /** Every space, with how many faces of this library have a vector in it. */
  list(): Promise<(EmbeddingSpace & { faces: number })[]>;
  /** Throws NotFoundError (SPACE_NOT_FOUND). */
  get(nameOrId: string): Promise<EmbeddingSpace>;
}
