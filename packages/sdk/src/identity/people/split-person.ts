import { ConflictError } from '../../errors/conflict-error.ts';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { People, SplitPerson } from '../../model/people.ts';
import { newId } from '../../values/new-id.ts';
import { changeIdentity } from '../change-identity.ts';
import type { IdentityChange, PersonState } from '../identity-change.ts';
import { alreadyInPhoto, clearing, takingBack } from '../label-changes.ts';
import { type LabelledFace, type Labelling, readLabelling } from '../read-labelling.ts';
import { revisionOf, revisionsOf } from '../revisions.ts';
import { unlessPersonChanged, unlessRelabelled } from '../unless-changed.ts';
import { newPerson, readUnmerged } from './change-person.ts';
import { findSurvivor, type Survivor } from './find-survivor.ts';
import { checkName } from './person-fields.ts';

type SplitOptions = Parameters<People['split']>[0];

/**
 * One person turns out to be two: the given faces become somebody else's, confirmed by `actor`. Whatever else was said of them stays.
 * One batch, with the person who is made for it.
 */
export async function splitPerson(context: LibraryContext, options: SplitOptions): Promise<SplitPerson> {
  const { faceIds, actor, allowSamePhoto = false, revision, revisions } = options;
  const fromId = options.fromId.toLowerCase();
  const created = createdPerson(options);
  let personId = created?.personId ?? '';
  let movedFaces = 0;
  const decide = async (transaction: LibraryContext): Promise<IdentityChange[]> => {
    const from = await readUnmerged(transaction, fromId);
    const into: Survivor = created ?? (await findSurvivor(transaction, options.intoId!));
    if (into.personId === fromId) throw InvalidInputError.expected('another person', 'intoId', options.intoId);
    const labelling = await readLabelling(transaction, faceIds);
    const moving = labelling.faces.filter(({ label }) => label?.personId !== into.personId);
    const stray = moving.find(({ label }) => label?.personId !== fromId);
    if (stray) throw notOfPerson(stray, fromId, from.displayName);
    personId = into.personId;
    movedFaces = moving.length;
    if (moving.length === 0) return [];
    return [
      ...(created ? [created.change] : []),
      ...moveLabels({ ...labelling, faces: moving }, into, allowSamePhoto),
      ...withoutCover(from, fromId, moving),
    ];
  };
  const unchanged = unlessRelabelled(revisionsOf(faceIds, revisions), decide);
  const change = await changeIdentity(context, actor, unlessPersonChanged(revisionOf(fromId, revision), unchanged));
  return { ...change, personId, movedFaces };
}

/** Whoever is made for the faces; null when they go to somebody who is there. */
function createdPerson({ faceIds, displayName, intoId }: SplitOptions): (Survivor & { change: IdentityChange }) | null {
  if (!Array.isArray(faceIds) || faceIds.length === 0) throw InvalidInputError.expected('one face or more', 'faceIds', faceIds);
  if ((displayName === undefined) === (intoId === undefined)) {
    throw new InvalidInputError('Expected either intoId or displayName of who the faces show.');
  }
  if (displayName === undefined) return null;
  const personId = newId();
  const name = checkName(displayName, 'displayName');
  const after = newPerson({ displayName: name, aliases: [], birthDate: null });
  return { personId, displayName: name, change: { subject: 'person', personId, before: null, after } };
}

function moveLabels({ faces, byPhoto }: Labelling, into: Survivor, allowSamePhoto: boolean): IdentityChange[] {
  const moving = new Set(faces);
  return faces.flatMap((face): IdentityChange[] => {
    const others = byPhoto
      .get(face.photoId)!
      .filter((other) => other !== face && (moving.has(other) || other.label?.personId === into.personId));
    const isAllowed = face.label!.samePhotoAllowed || allowSamePhoto;
    const guesses = isAllowed ? [] : others.filter((other) => !moving.has(other) && other.label!.source === 'model_guess');
    const rival = others.find((other) => !guesses.includes(other) && !other.label!.samePhotoAllowed);
    if (rival && !isAllowed) throw alreadyInPhoto(into.displayName, face, rival);
    return [
      ...guesses.map((guess) => clearing(guess, { yieldsTo: face.faceId })),
      ...takingBack(face, into.personId),
      {
        subject: 'label',
        faceId: face.faceId,
        before: face.label,
        after: {
          personId: into.personId,
          source: 'human_confirmed',
          confidence: 1,
          samePhotoAllowed: face.label!.samePhotoAllowed || rival !== undefined,
        },
        provenance: { splitFrom: face.label!.personId },
      },
    ];
  });
}

/** A face that is somebody else's is not the one to show. */
function withoutCover(from: PersonState, fromId: string, moving: readonly LabelledFace[]): IdentityChange[] {
  if (!moving.some(({ faceId }) => faceId === from.coverFaceId)) return [];
  return [{ subject: 'person', personId: fromId, before: from, after: { ...from, coverFaceId: null } }];
}

function notOfPerson(face: LabelledFace, personId: string, displayName: string): ConflictError {
  return new ConflictError('LABEL_CHANGED', `Face ${face.faceId} is not labelled '${displayName}': it cannot be split off.`, {
    remedy: 'List the faces of the person again, and split off only those.',
    details: { faceIds: [face.faceId], personId },
  });
}
