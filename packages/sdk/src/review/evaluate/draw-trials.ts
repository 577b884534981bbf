import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FaceBank, vectorOf } from '../../evidence/face-bank.ts';
import type { KnownFaces } from '../../evidence/known-faces.ts';
import { hashNumbers } from '../../values/hash-numbers.ts';

/** Faces tried unless more or fewer are asked for. */
export const DEFAULT_TRIALS = 5_000;

/** Faces tried between two turns of the event loop: some twenty milliseconds. */
const FACES_PER_TURN = 5;

export interface TryOptions {
  /** Faces to try at most: those with the lowest hashes of their vectors. */
  readonly limit: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

/** The places of the named faces to be tried. */
export function drawTrials({ bank, gallery }: KnownFaces, options: TryOptions): AsyncGenerator<number> {
  return drawByHash(bank, gallery.rows, options);
}

/** Of some places those with the lowest hashes of their vectors, leaving the event loop free in between. Rejects with the signal's reason when it is aborted. */
export async function* drawByHash(bank: FaceBank, places: readonly number[], options: TryOptions): AsyncGenerator<number> {
  const hashes = new Map(places.map((place) => [place, hashNumbers(vectorOf(bank, place))]));
  const drawn = places.toSorted((a, b) => hashes.get(a)! - hashes.get(b)!).slice(0, options.limit);
  for (const [done, place] of drawn.entries()) {
    if (done % FACES_PER_TURN === 0) {
      await nextTurn();
      options.signal?.throwIfAborted();
      options.onProgress?.({ done, total: drawn.length });
    }
    yield place;
  }
  options.onProgress?.({ done: drawn.length, total: drawn.length });
}
