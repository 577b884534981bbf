import type { Face } from '@photoorg/sdk';

/** Who a face is, for people: the name; a guess with a question mark and its confidence. */
export function formatLabel(face: Pick<Face, 'label' | 'ignored'>): string | null {
  if (!face.label) return face.ignored ? '(ignored)' : null;
  const { displayName, source, confidence } = face.label;
  return source === 'model_guess' ? `${displayName}? ${Math.round(confidence * 100)} %` : displayName;
}
