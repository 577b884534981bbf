import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import { ignoreFaces } from '../identity/labelling/ignore-faces.ts';
import { nameFaces } from '../identity/labelling/name-faces.ts';
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
  const { faceIds: only } = options;
  return context.transaction(async (transaction) => {
    const [group] = await requireGroups(transaction, [groupId]);
    const faces = chosen(await readWaiting(transaction, group!), only);
    return nameFaces(transaction, faces, { ...options, provenance: { groupId: group! }, batchId: newId() });
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
