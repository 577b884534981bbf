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
  /** L2 distance below which two faces are usually one person. Default: dlib's, 0.6. */
  samePersonDistance?: number;
}

export interface EmbeddingSpace {
  spaceId: string;
  name: string;
  dimension: number;
  model: string;
  quantisation: string;
}
