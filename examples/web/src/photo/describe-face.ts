import type { FaceResource } from '@photoorg/example-api/schemas';
import { confidencePercent } from '../ui/confidence.tsx';

/** How sure the library is of who a face is; decides the look of its box. */
export type FaceState = 'confirmed' | 'guess' | 'unknown' | 'ignored';

export function faceState({ ignored, label }: Pick<FaceResource, 'ignored' | 'label'>): FaceState {
  if (label) return label.source === 'human_confirmed' ? 'confirmed' : 'guess';
  return ignored ? 'ignored' : 'unknown';
}

/** A short name for a face: who it is, or that this is not known. */
export function faceName({ ignored, label }: Pick<FaceResource, 'ignored' | 'label'>): string {
  return label?.displayName ?? (ignored ? 'Stranger' : 'Unknown person');
}

/** How that name came to be: "confirmed", "83 % sure, a guess", "83 % sure, imported". */
export function faceEvidence({ ignored, label }: Pick<FaceResource, 'ignored' | 'label'>): string {
  if (!label) return ignored ? 'ignored' : 'nobody has said who this is';
  if (label.source === 'human_confirmed') return 'confirmed';
  return `${confidencePercent(label.confidence)} sure, ${label.source === 'imported' ? 'imported' : 'a guess'}`;
}

/** From left to right, as one names the people in a picture. */
export function inReadingOrder(faces: readonly FaceResource[]): FaceResource[] {
  return [...faces].sort((a, b) => a.box.x - b.box.x);
}
