import { type IdentityChange, type LabelState, REJECTED } from '../identity-change.ts';

/** A face that one of the two people is on, or is said not to be. */
export interface FaceOfEither {
  readonly faceId: string;
  readonly photoId: string;
  /** null unless it names one of the two. */
  readonly label: LabelState | null;
  readonly isNotFrom: boolean;
  readonly isNotInto: boolean;
}

export interface MergePlan {
  readonly changes: IdentityChange[];
  /** How many faces become `intoId`'s. */
  readonly movedFaces: number;
  /** Photos in which the person would stand twice, by labels that do not yield. */
  readonly conflictingPhotoIds: string[];
}

/**
 * What merging does to labels and rejections. "Not this person" outweighs guesses and imports, a person's confirmation outweighs
 * it; a guess yields to any other label of its photo, the less certain guess to the more certain one.
 */
export function planMerge(
  faces: readonly FaceOfEither[],
  options: { fromId: string; intoId: string; allowSamePhoto: boolean },
): MergePlan {
  const { fromId, intoId, allowSamePhoto } = options;
  const after = new Map<string, LabelState>();
  const conflictingPhotoIds: string[] = [];

  const remaining = faces.filter(({ label, isNotFrom, isNotInto }) =>
    isNotFrom || isNotInto ? label?.source === 'human_confirmed' : label !== null,
  );
  for (const [photoId, photo] of Map.groupBy(remaining, (face) => face.photoId)) {
    const kept = withoutYielding(photo);
    const standing = kept.filter(({ label }) => !label!.samePhotoAllowed);
    if (standing.length > 1 && !allowSamePhoto) conflictingPhotoIds.push(photoId);
    for (const { faceId, label } of kept) {
      const isExtra = label!.personId === fromId && standing.length > 1;
      after.set(faceId, { ...label!, personId: intoId, samePhotoAllowed: label!.samePhotoAllowed || isExtra });
    }
  }

  const labels = faces.flatMap(({ faceId, label }): IdentityChange[] =>
    label ? [{ subject: 'label', faceId, before: label, after: after.get(faceId) ?? null }] : [],
  );
  const rejections = faces.flatMap(({ faceId, isNotFrom, isNotInto }): IdentityChange[] => {
    const isNotMerged = (isNotFrom || isNotInto) && !after.has(faceId);
    return [
      { subject: 'rejection', faceId, personId: fromId, before: isNotFrom ? REJECTED : null, after: null },
      {
        subject: 'rejection',
        faceId,
        personId: intoId,
        before: isNotInto ? REJECTED : null,
        after: isNotMerged ? REJECTED : null,
      },
    ];
  });
  const movedFaces = faces.filter(({ faceId, label }) => label?.personId === fromId && after.has(faceId)).length;
  return { changes: [...labels, ...rejections], movedFaces, conflictingPhotoIds };
}

/** Of one photo's labels: all that somebody said, or else the most certain guess. */
function withoutYielding(photo: readonly FaceOfEither[]): FaceOfEither[] {
  const said = photo.filter(({ label }) => label!.source !== 'model_guess');
  if (said.length > 0) return said;
  return photo.toSorted((a, b) => b.label!.confidence - a.label!.confidence || (a.faceId < b.faceId ? -1 : 1)).slice(0, 1);
}
