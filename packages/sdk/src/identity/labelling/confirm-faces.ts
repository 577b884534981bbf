import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange } from '../../model/labels.ts';
import { changeIdentity, type InBatch } from '../change-identity.ts';
import type { IdentityChange } from '../identity-change.ts';
import { alreadyInPhoto, clearing, takingBack } from '../label-changes.ts';
import { findSurvivor } from '../people/find-survivor.ts';
import { readLabelling } from '../read-labelling.ts';
import type { Revisions } from '../revisions.ts';
import { unlessRelabelled } from '../unless-changed.ts';

export interface ConfirmOptions extends InBatch {
  faceIds: readonly string[];
  personId: string;
  actor: string;
  allowSamePhoto?: boolean;
  provenance?: Record<string, unknown>;
  revisions?: Revisions;
}

/**
 * A person says that all these faces are `personId`, or the one that was merged into. What a person says outweighs the rest: it
 * replaces any label of the face and takes back a rejection. A guess that put the person elsewhere in the photo is cleared; any
 * other label that did so is a ConflictError (PERSON_ALREADY_IN_PHOTO), unless `allowSamePhoto`.
 */
export async function confirmFaces(context: LibraryContext, options: ConfirmOptions): Promise<LabelChange> {
  const { faceIds, actor, allowSamePhoto = false, provenance, revisions = new Map(), batchId } = options;
  const decide = async (transaction: LibraryContext) => {
    const person = await findSurvivor(transaction, options.personId);
    const { faces, byPhoto } = await readLabelling(transaction, faceIds);
    const named = new Set(faces);

    return faces.flatMap((face): IdentityChange[] => {
      const isConfirmed = face.label?.source === 'human_confirmed' && face.label.personId === person.personId;
      if (isConfirmed) return [];
      const rivals = byPhoto
        .get(face.photoId)!
        .filter((other) => other !== face && (named.has(other) || other.label?.personId === person.personId));
      const guesses = rivals.filter((rival) => !named.has(rival) && rival.label?.source === 'model_guess');
      const rival = rivals.find((other) => !guesses.includes(other));
      if (rival && !allowSamePhoto) throw alreadyInPhoto(person.displayName, face, rival);
      return [
        ...(allowSamePhoto ? [] : guesses.map((guess) => clearing(guess, { yieldsTo: face.faceId }))),
        ...takingBack(face, person.personId),
        {
          subject: 'label',
          faceId: face.faceId,
          before: face.label,
          after: {
            personId: person.personId,
            source: 'human_confirmed',
            confidence: 1,
            samePhotoAllowed: allowSamePhoto && rivals.length > 0,
          },
          provenance,
        },
      ];
    });
  };
  return changeIdentity(context, actor, unlessRelabelled(revisions, decide), batchId);
}
