import { setImmediate as nextTurn } from 'node:timers/promises';
import { estimateConfidence } from './centre-model.ts';
import type { FaceBank } from './face-bank.ts';
import { excludedPeople, type Gallery, isConfirmed } from './gallery.ts';

/** A face that waits for a name, and who it most likely is, by the centres of people alone. */
export interface EstimatedFace {
  /** Place in the bank. */
  readonly index: number;
  /** null when there is nobody it could be. */
  readonly personId: string | null;
  readonly confidence: number;
}

/** How many of the nearest centres an estimate looks at; the fit looked at as many. */
const NEAREST_CENTRES = 3;
/** Work between two turns of the event loop: some milliseconds. */
const FACES_PER_TURN = 200;

/** Every face that is neither confirmed nor ignored, with its estimate. Leaves the event loop free in between. */
export async function estimateFaces(bank: FaceBank, gallery: Gallery, signal?: AbortSignal): Promise<EstimatedFace[]> {
  const open = [...bank.faces.keys()].filter((i) => !isConfirmed(bank.faces[i]!) && !bank.faces[i]!.ignored);
  const estimated: EstimatedFace[] = [];
  for (const index of open) {
    estimated.push(estimateFace(bank, gallery, index));
    if (estimated.length % FACES_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  return estimated;
}

function estimateFace(bank: FaceBank, gallery: Gallery, index: number): EstimatedFace {
  const excluded = excludedPeople(bank, gallery, index);
  const nearest: { personId: string; squared: number; faces: number }[] = [];
  for (const { personId, centre, faces } of gallery.people) {
    const limit = nearest.length < NEAREST_CENTRES ? Number.POSITIVE_INFINITY : nearest.at(-1)!.squared;
    const squared = squaredDistance(bank, index, centre, limit);
    if (squared >= limit || excluded.has(personId)) continue;
    nearest.push({ personId, squared, faces: faces.length });
    nearest.sort((a, b) => a.squared - b.squared);
    nearest.length = Math.min(nearest.length, NEAREST_CENTRES);
  }
  const confidence = estimateConfidence(nearest.map(({ squared, faces }) => ({ distance: Math.sqrt(squared), faces })));
  return { index, personId: nearest[0]?.personId ?? null, confidence };
}

const STRIDE = 16;

/** Stops, with some number from `limit` on, once the distance cannot stay below it. */
function squaredDistance({ vectors, dimension }: FaceBank, index: number, centre: Float64Array, limit: number): number {
  const start = index * dimension;
  let sum = 0;
  for (let from = 0; from < dimension; from += STRIDE) {
    const to = Math.min(dimension, from + STRIDE);
    for (let i = from; i < to; i++) {
      const difference = vectors[start + i]! - centre[i]!;
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
  }
  return sum;
}
