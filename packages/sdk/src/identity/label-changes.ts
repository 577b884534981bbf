import { ConflictError } from '../errors/conflict-error.ts';
import { type IdentityChange, REJECTED } from './identity-change.ts';
import type { LabelledFace } from './read-labelling.ts';

/** Clears the face's label. */
export function clearing(face: LabelledFace, provenance?: Record<string, unknown>): IdentityChange {
  return { subject: 'label', faceId: face.faceId, before: face.label, after: null, provenance };
}

/** Takes back that the face is not the person. */
export function takingBack(face: LabelledFace, personId: string): IdentityChange[] {
  if (!face.rejected.has(personId)) return [];
  return [{ subject: 'rejection', faceId: face.faceId, personId, before: REJECTED, after: null }];
}

export function alreadyInPhoto(displayName: string, face: LabelledFace, rival: LabelledFace): ConflictError {
  return new ConflictError(
    'PERSON_ALREADY_IN_PHOTO',
    `Face ${face.faceId} cannot be '${displayName}': face ${rival.faceId} of the same photo is.`,
    {
      remedy: 'Correct the other face first, or allow the person twice in this photo (a mirror, a photo of a photo).',
      details: { faceIds: [rival.faceId], photoIds: [face.photoId] },
    },
  );
}
