import type { Face } from '@photoorg/sdk';

/** Who a face is, for people: the name, with a question mark and the confidence unless a human confirmed it. */
export function formatLabel(face: Pick<Face, 'label' | 'ignored'>): string | null {
  if (!face.label) return face.ignored ? '(ignored)' : null;
  const { displayName, source, confidence } = face.label;
  return source === 'human_confirmed' ? displayName : `${displayName}? ${Math.round(confidence * 100)} %`;
}
