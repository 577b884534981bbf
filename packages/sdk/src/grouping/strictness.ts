import type { FaceFacts } from '../evidence/face-facts.ts';
import type { Part } from './parts.ts';

/** Pairs of parts below which a share of them says nothing. */
const FEWEST_PAIRS = 500;
/**
 * Two faces of a photo that look like one person may be: mirrors, collages, a wrong face in a part. More than this share is the
 * network's fault; Labeled Faces in the Wild has 1 % (November 2026).
 */
const HIGHEST_SHARE = 0.02;
/** Log-odds; beyond it, hardly anything would be grouped. */
const STRICTEST = 3;

/**
 * What the score of two parts must exceed in this library, 0 or more: faces of one photo are different people, and free examples of
 * what strangers look like here. Each pair of parts counts once, however many photos it shares.
 */
export function strictness(parts: readonly Part[], faces: readonly FaceFacts[], scoreOf: (a: Part, b: Part) => number): number {
  const inPhoto = new Map<string, number[]>();
  for (const [row, part] of parts.entries()) {
    for (const face of part.faces) {
      const rows = inPhoto.get(faces[face]!.photoId);
      if (rows) rows.push(row);
      else inPhoto.set(faces[face]!.photoId, [row]);
    }
  }
  const scores = new Map<number, number>();
  for (const rows of inPhoto.values()) {
    for (const a of rows) {
      for (const b of rows) if (a < b) scores.set(a * parts.length + b, scoreOf(parts[a]!, parts[b]!));
    }
  }
  if (scores.size < FEWEST_PAIRS) return 0;
  const descending = [...scores.values()].sort((a, b) => b - a);
  return Math.min(STRICTEST, Math.max(0, descending[Math.floor(HIGHEST_SHARE * descending.length)]!));
}
