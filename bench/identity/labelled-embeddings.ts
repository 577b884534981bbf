import { readFileSync } from 'node:fs';

/** Embeddings of faces whose person and photo are known, in the order of the files. */
export interface LabelledEmbeddings {
  readonly dimension: number;
  /** `faces.length * dimension` numbers, row by row. */
  readonly vectors: Float32Array;
  readonly faces: readonly LabelledFace[];
}

export interface LabelledFace {
  readonly person: number;
  readonly photo: number;
  /** Day of the photo, or day and minute: `2002-11-14 15:02`. */
  readonly date?: string;
  /** Where it was taken, in degrees. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
}

/** Reads `PREFIX.f32` (little-endian float32, row by row) and `PREFIX.jsonl` (one `{person, photo, date}` a line). */
export function readLabelledEmbeddings(prefix: string): LabelledEmbeddings {
  const faces = readFileSync(`${prefix}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledFace);
  const bytes = readFileSync(`${prefix}.f32`);
  const vectors = new Float32Array(new Uint8Array(bytes).buffer);
  return { dimension: vectors.length / faces.length, vectors, faces };
}

/** All L2 distances between the faces, `n * n` numbers. */
export function distanceMatrix({ vectors, faces, dimension }: LabelledEmbeddings): Float32Array {
  const count = faces.length;
  const matrix = new Float32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += (vectors[a * dimension + i]! - vectors[b * dimension + i]!) ** 2;
      matrix[a * count + b] = matrix[b * count + a] = Math.sqrt(sum);
    }
  }
  return matrix;
}
