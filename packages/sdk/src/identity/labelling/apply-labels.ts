import { ConflictError } from '../../errors/conflict-error.ts';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { type IdentityChange, type LabelState, storedConfidence } from '../identity-change.ts';
import { alreadyInPhoto, clearing } from '../label-changes.ts';
import { findSurvivors, type Survivor } from '../people/find-survivor.ts';
import { type LabelledFace, readLabelling } from '../read-labelling.ts';

export interface LabelToApply {
  readonly faceId: string;
  readonly personId: string;
  readonly source: 'model_guess' | 'imported';
  /** 0 to 1. */
  readonly confidence: number;
  readonly provenance: Record<string, unknown>;
  /** It may stand beside another of the same person in the photo: somebody said so of both. Default false. */
  readonly samePhotoAllowed?: boolean;
}

/** What becomes of one label to apply: the changes it needs, or why it must not be. */
export type Application = { readonly changes: readonly IdentityChange[] } | { readonly refusal: ConflictError };

/** Refuses what no library could hold; before any transaction. */
export function checkLabelToApply({ source, confidence }: LabelToApply): void {
  if (source !== 'model_guess' && source !== 'imported') {
    throw InvalidInputError.expected("'model_guess' or 'imported'", 'source', source);
  }
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1)) {
    throw InvalidInputError.expected('a number from 0 to 1', 'confidence', confidence);
  }
}

/**
 * Decides on labels that no person of this library said, one after the other, in their order. They never replace what a person
 * confirmed, a guess never replaces an import, none names a rejected person or one who stands in the photo already; an import
 * outweighs the guesses around it.
 */
export async function decideApplications(context: LibraryContext, labels: readonly LabelToApply[]): Promise<Application[]> {
  return decideInOrder(await readWhatStands(context, labels), labels);
}

/**
 * Decides on labels of one import as on one statement: an imported label that it replaces stands in nobody's way, so that two faces of
 * a photo may trade their names. One face at most once.
 */
export async function decideImports(context: LibraryContext, labels: readonly LabelToApply[]): Promise<Application[]> {
  const stands = await readWhatStands(context, labels);
  const leaving = new Set(labels.map((label) => label.faceId.toLowerCase()));
  for (;;) {
    const applications = decideInOrder(stands, labels, leaving);
    const before = leaving.size;
    for (const [index, application] of applications.entries()) {
      if ('refusal' in application) leaving.delete(labels[index]!.faceId.toLowerCase());
    }
    // What was refused stays, and may be in the way of others now.
    if (leaving.size === before) return applications;
  }
}

/** The library's say in the matter. */
interface Standing {
  readonly people: ReadonlyMap<string, Survivor>;
  readonly faces: ReadonlyMap<string, LabelledFace>;
  readonly byPhoto: ReadonlyMap<string, readonly LabelledFace[]>;
}

async function readWhatStands(context: LibraryContext, labels: readonly LabelToApply[]): Promise<Standing> {
  const people = await findSurvivors(
    context,
    labels.map((label) => label.personId),
  );
  const { faces, byPhoto } = await readLabelling(
    context,
    labels.map((label) => label.faceId),
  );
  return { people, faces: new Map(faces.map((face) => [face.faceId, face])), byPhoto };
}

/** @param leaving faces whose imported labels do not count for the rest of their photos, as others are about to come */
function decideInOrder(
  { people, faces, byPhoto }: Standing,
  labels: readonly LabelToApply[],
  leaving: ReadonlySet<string> = new Set(),
): Application[] {
  const standing = new Map(
    [...byPhoto].map(([photoId, photo]) => [
      photoId,
      new Map(
        photo.map((face) => {
          const leaves = leaving.has(face.faceId) && face.label?.source === 'imported';
          return [face.faceId, leaves ? { ...face, label: null } : face];
        }),
      ),
    ]),
  );
  return labels.map((label) => {
    const face = faces.get(label.faceId.toLowerCase())!;
    const photo = standing.get(face.photoId)!;
    const current = leaving.has(face.faceId) ? face : photo.get(face.faceId)!;
    const application = decide(label, people.get(label.personId)!, current, [...photo.values()]);
    if ('changes' in application) {
      for (const change of application.changes) {
        if (change.subject === 'label') photo.set(change.faceId, { ...photo.get(change.faceId)!, label: change.after });
      }
    }
    return application;
  });
}

function decide(label: LabelToApply, person: Survivor, face: LabelledFace, photo: readonly LabelledFace[]): Application {
  const { personId, displayName } = person;
  if (face.label && outranks(face.label, label)) {
    return face.label.personId === personId ? { changes: [] } : { refusal: labelStands(face, face.label, displayName) };
  }
  if (face.rejected.has(personId)) return { refusal: isRejected(face, displayName) };
  const rivals = photo.filter((other) => other.faceId !== face.faceId && other.label?.personId === personId);
  const yielding = label.source === 'imported' ? rivals.filter((rival) => rival.label?.source === 'model_guess') : [];
  const rival = rivals.find((other) => !yielding.includes(other));
  if (rival && !label.samePhotoAllowed) return { refusal: alreadyInPhoto(displayName, face, rival) };
  const after: LabelState = {
    personId,
    source: label.source,
    confidence: storedConfidence(label.confidence),
    samePhotoAllowed: rival !== undefined,
  };
  return {
    changes: [
      ...yielding.map((guess) => clearing(guess, { yieldsTo: face.faceId })),
      { subject: 'label', faceId: face.faceId, before: face.label, after, provenance: label.provenance },
    ],
  };
}

function outranks(standing: LabelState, applied: LabelToApply): boolean {
  return standing.source === 'human_confirmed' || (standing.source === 'imported' && applied.source === 'model_guess');
}

function labelStands(face: LabelledFace, label: LabelState, displayName: string): ConflictError {
  const said = label.source === 'human_confirmed' ? 'A person confirmed' : 'An import says';
  return new ConflictError(
    'LABEL_CONFIRMED',
    `${said} somebody else for face ${face.faceId}: it cannot become '${displayName}'.`,
    {
      remedy: 'Confirm the face as a person, or clear its label first.',
      details: { faceIds: [face.faceId], personId: label.personId },
    },
  );
}

function isRejected(face: LabelledFace, displayName: string): ConflictError {
  return new ConflictError('FACE_REJECTED_PERSON', `Somebody said that face ${face.faceId} is not '${displayName}'.`, {
    remedy: 'Confirm it as a person if it is after all, or undo the rejection.',
    details: { faceIds: [face.faceId] },
  });
}
