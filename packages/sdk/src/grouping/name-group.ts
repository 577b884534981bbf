import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import { confirmFaces } from '../identity/labelling/confirm-faces.ts';
import { ignoreFaces } from '../identity/labelling/ignore-faces.ts';
import { createPerson } from '../identity/people/change-person.ts';
import { findByName } from '../identity/people/find-by-name.ts';
import { findSurvivor } from '../identity/people/find-survivor.ts';
import { checkName } from '../identity/people/person-fields.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IgnoreGroupOptions, NamedGroup, NameGroupOptions } from '../model/groups.ts';
import type { LabelChange } from '../model/labels.ts';
import { newId } from '../values/new-id.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { readWaiting, requireGroups, type WaitingFace } from './list-groups.ts';

const NAME_OPTIONS: KnownNames<NameGroupOptions> = { personId: true, name: true, actor: true, faceIds: true };

/** Confirms the waiting faces of a group as one person, who is made if need be, in one batch of one transaction. */
export async function nameGroup(context: LibraryContext, groupId: string, options: NameGroupOptions): Promise<NamedGroup> {
  refuseUnknown<NameGroupOptions>(options, NAME_OPTIONS, 'the options of groups.name');
  const { actor, faceIds: only } = options;
  if ((options.personId === undefined) === (options.name === undefined)) {
    throw new InvalidInputError('Expected either personId or name of who the group is.');
  }
  return context.transaction(async (transaction) => {
    const [group] = await requireGroups(transaction, [groupId]);
    const faces = chosen(await readWaiting(transaction, group!), only);
    const batchId = newId();
    const { personId, events } = await whoIsMeant(transaction, options, batchId);
    const taken = await photosShowing(transaction, personId, faces);
    const [faceIds, leftOutFaceIds] = [false, true].map((isTaken) =>
      faces.filter(({ photoId }) => taken.has(photoId) === isTaken).map(({ faceId }) => faceId),
    ) as [string[], string[]];
    const change = await confirmFaces(transaction, { faceIds, personId, actor, provenance: { groupId: group! }, batchId });
    return { batchId, events: events + change.events, personId, faceIds, leftOutFaceIds };
  });
}

/** Ignores the waiting faces of a group, in one batch. */
export async function ignoreGroup(context: LibraryContext, groupId: string, options: IgnoreGroupOptions): Promise<LabelChange> {
  refuseUnknown<IgnoreGroupOptions>(options, { actor: true, reason: true }, 'the options of groups.ignore');
  const { actor, reason = 'stranger' } = options;
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const [group] = await requireGroups(transaction, [groupId]);
    const faceIds = (await readWaiting(transaction, group!)).map(({ faceId }) => faceId);
    return ignoreFaces(transaction, { faceIds, actor, reason });
  });
}

function chosen(waiting: readonly WaitingFace[], only: readonly string[] | undefined): readonly WaitingFace[] {
  if (only === undefined) return waiting;
  const wanted = new Set(only.map((faceId) => String(faceId).toLowerCase()));
  const faces = waiting.filter(({ faceId }) => wanted.has(faceId));
  if (faces.length === wanted.size) return faces;
  const known = new Set(faces.map(({ faceId }) => faceId));
  throw InvalidInputError.expected(
    'faces of the group that wait for a name',
    'faceIds',
    [...wanted].find((faceId) => !known.has(faceId)),
  );
}

async function whoIsMeant(
  context: LibraryContext,
  { personId, name, actor }: NameGroupOptions,
  batchId: string,
): Promise<{ personId: string; events: number }> {
  if (personId !== undefined) return { personId: (await findSurvivor(context, personId)).personId, events: 0 };
  const known = await findByName(context, name!);
  if (known) return { personId: known.personId, events: 0 };
  const created = newId();
  const fields = { displayName: checkName(name, 'name'), aliases: [], birthDate: null };
  const { events } = await createPerson(context, created, fields, actor, batchId);
  return { personId: created, events };
}

/** Photos in which the person stands by another face, as somebody said. */
async function photosShowing(context: LibraryContext, personId: string, faces: readonly WaitingFace[]): Promise<Set<string>> {
  const { rows } = await sql<{ photoId: string }>`
    SELECT photo_id AS "photoId" FROM face_labels
    WHERE person_id = ${personId} AND label_source <> 'model_guess'
      AND photo_id = ANY (${faces.map(({ photoId }) => photoId)}::uuid[])`.execute(context.db);
  return new Set(rows.map(({ photoId }) => photoId));
}
