import { setImmediate as nextTurn } from 'node:timers/promises';
import { changesBetween } from '../evidence/bank-changes.ts';
import { excludedPeople, isOpen } from '../evidence/evidence-rules.ts';
import { vectorOf } from '../evidence/face-bank.ts';
import { type GalleryPerson, namedBeside } from '../evidence/gallery.ts';
import type { KnownFaces } from '../evidence/known-faces.ts';
import { squaredDistance } from '../search/distance.ts';
import { estimateConfidence } from './centre-model.ts';

/** A face that waits for a name, and who it most likely is, by the centres of people alone. */
export interface EstimatedFace {
  /** Place in the bank. */
  readonly index: number;
  /** null when there is nobody it could be. */
  readonly personId: string | null;
  readonly confidence: number;
  /** The nearest centres that it could belong to, nearest first. */
  readonly nearest: readonly NearCentre[];
}

interface NearCentre {
  readonly personId: string;
  readonly squaredDistance: number;
}

/** Estimates, and what they were made from. */
export interface Estimates {
  readonly known: KnownFaces;
  /** Every face that may be asked about. */
  readonly open: readonly EstimatedFace[];
}

/** How many of the nearest centres an estimate looks at; the fit looked at as many. */
const NEAREST_CENTRES = 3;
/** Work between two turns of the event loop: some milliseconds. */
const FACES_PER_TURN = 200;

/**
 * Estimates every open face, leaving the event loop free in between. Of `previous` estimates of the same bank at an earlier time
 * those are kept that nothing since can have changed; the result is the same as without.
 */
export async function estimateFaces(
  known: KnownFaces,
  options: { previous?: Estimates | null; signal?: AbortSignal } = {},
): Promise<Estimates> {
  const { previous, signal } = options;
  const stillTrue = previous ? keptEstimates(previous, known) : () => null;
  const open: EstimatedFace[] = [];
  for (const [index, face] of known.bank.faces.entries()) {
    if (!isOpen(face)) continue;
    open.push(stillTrue(index) ?? estimateFace(known, index));
    if (open.length % FACES_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
  }
  return { known, open };
}

/**
 * Gives the former estimate of a face unless something changed it: the face itself, another face of its photo, the centre of one of
 * its nearest people, or a centre that is now among the nearest.
 */
function keptEstimates(previous: Estimates, { bank, gallery }: KnownFaces): (index: number) => EstimatedFace | null {
  if (previous.known.bank.births !== bank.births) return () => null;
  const former: (EstimatedFace | undefined)[] = new Array(previous.known.bank.faces.length);
  for (const face of previous.open) former[face.index] = face;
  const changed = changesBetween(previous.known.bank, bank);
  const moved = [...gallery.people.keys()].filter((i) => changed.people.has(gallery.people[i]!.personId));
  return (index) => {
    const face = former[index];
    if (!face || changed.photos.has(bank.faces[index]!.photoId)) return null;
    if (face.nearest.some(({ personId }) => changed.people.has(personId))) return null;
    const limit = reachOf(face.nearest);
    const probe = vectorOf(bank, index);
    const comesNear = moved.some((i) => squaredDistance(gallery.centres, i * bank.dimension, probe, limit) < limit);
    return comesNear ? null : face;
  };
}

/** One face by the centres of people alone. */
export function estimateFace({ bank, gallery }: KnownFaces, index: number): EstimatedFace {
  const face = bank.faces[index]!;
  const excluded = excludedPeople(face, namedBeside(gallery, face), bank.births);
  const probe = vectorOf(bank, index);
  const nearest: (NearCentre & { person: GalleryPerson })[] = [];
  gallery.people.forEach((person, i) => {
    const limit = reachOf(nearest);
    const squared = squaredDistance(gallery.centres, i * bank.dimension, probe, limit);
    if (squared >= limit || excluded.has(person.personId)) return;
    nearest.push({ personId: person.personId, squaredDistance: squared, person });
    nearest.sort((a, b) => a.squaredDistance - b.squaredDistance || (a.personId < b.personId ? -1 : 1));
    nearest.length = Math.min(nearest.length, NEAREST_CENTRES);
  });
  const confidence = estimateConfidence(
    nearest.map(({ person, squaredDistance }) => ({ distance: Math.sqrt(squaredDistance), faces: person.end - person.start })),
  );
  return {
    index,
    personId: nearest[0]?.personId ?? null,
    confidence,
    nearest: nearest.map(({ personId, squaredDistance }) => ({ personId, squaredDistance })),
  };
}

/** Squared distance from which on another centre would not be among the nearest. */
function reachOf(nearest: readonly NearCentre[]): number {
  return nearest.length < NEAREST_CENTRES ? Number.POSITIVE_INFINITY : nearest.at(-1)!.squaredDistance;
}
