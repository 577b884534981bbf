import type { EmbeddingSpaceToSave } from '../../src/index.ts';
import { seededRandom } from '../../src/values/seeded-random.ts';
import { seededNormal } from './seeded-normal.ts';

export const clusterSpace: EmbeddingSpaceToSave = {
  name: 'clusters-128d',
  model: 'generated',
  modelVersion: '1',
  weightsSha256: '0'.repeat(64),
  alignment: 'none',
  dimension: 128,
  metric: 'l2',
  quantisation: 'none',
};

/** dlib's embeddings vary along some 30 directions much, along the rest little: so do distances between people. */
const DECAY = 30;
/** L2 distances: between people about 0.85 (0.6 to 1.2), between faces of one person about 0.4 (0.3 to 0.6), as dlib's. */
const BETWEEN_PEOPLE = 0.74;
const WITHIN_PERSON = 0.42;
/** Some faces are blurred or turned away: they lie further from the others. */
const FACE_SPREAD = [0.7, 1.4] as const;

/** Faces of people as dlib would embed them, for tests in bulk: the same seed gives the same faces. */
export class Clusters {
  readonly #random: () => number;
  readonly #normal: () => number;
  readonly #deviations: Float64Array;
  readonly #centres: Float64Array[] = [];

  constructor(seed: number, people: number) {
    this.#random = seededRandom(seed);
    this.#normal = seededNormal(this.#random);
    const weights = Float64Array.from({ length: clusterSpace.dimension }, (_, i) => Math.exp(-i / DECAY));
    const norm = Math.hypot(...weights);
    this.#deviations = weights.map((weight) => weight / norm);
    for (let i = 0; i < people; i++) this.#centres.push(this.#scatter(BETWEEN_PEOPLE / Math.SQRT2));
  }

  /** Another face of a person; the numbers of unknown people start after the known ones. */
  face(person: number): Float32Array {
    const centre = this.#centres[person] ?? this.#scatter(BETWEEN_PEOPLE / Math.SQRT2);
    const [least, most] = FACE_SPREAD;
    const offset = this.#scatter((WITHIN_PERSON / Math.SQRT2) * (least + this.#random() * (most - least)));
    return Float32Array.from(centre, (value, i) => value + offset[i]!);
  }

  /** A whole number from 0 to below `limit`. */
  pick(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #scatter(radius: number): Float64Array {
    return this.#deviations.map((deviation) => deviation * radius * this.#normal());
  }
}
