import { sql } from 'kysely';
import { ConflictError } from '../errors/conflict-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { isUuid } from '../values/is-uuid.ts';
import { deleteEmptyGroups, writeSays } from './group-rows.ts';
import { requireGroups } from './list-groups.ts';

/** Of the faces that stay, so many are said to be somebody else: enough to keep a face away however the group is made anew. */
const MOST_LEFT_BEHIND = 200;

interface Member {
  readonly faceId: string;
  readonly photoId: string;
  readonly groupId: string;
  readonly part: number;
  /** Who it is said to be; null for a face without a name. */
  readonly personId: string | null;
}

/** Takes faces out of their groups for good; they are placed anew at the next refresh. */
export async function takeOut(context: LibraryContext, faceIds: readonly string[]): Promise<void> {
  const wanted = new Set(faceIds.map((faceId) => String(faceId).toLowerCase()));
  await context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const { rows } = await sql<{ groupId: string }>`
      SELECT DISTINCT group_id AS "groupId" FROM face_group_members
      WHERE library_id = ${context.libraryId} AND face_id = ANY (${[...wanted].filter(isUuid)}::uuid[])`.execute(transaction.db);
    const members = await readMembers(
      transaction,
      rows.map(({ groupId }) => groupId),
    );
    const known = new Set(members.map(({ faceId }) => faceId));
    const unknown = [...wanted].find((faceId) => !known.has(faceId));
    if (unknown !== undefined) throw new NotFoundError('face', unknown, { message: `Face '${unknown}' stands in no group.` });
    for (const group of Map.groupBy(members, ({ groupId }) => groupId).values()) {
      const [leaving, staying] = [true, false].map((leaves) =>
        group.filter(({ faceId }) => wanted.has(faceId) === leaves).map(({ faceId }) => faceId),
      ) as [string[], string[]];
      if (staying.length === 0) throw new InvalidInputError(`Nobody would be left in group ${group[0]!.groupId}.`);
      const pairs = leaving.flatMap((face) => staying.slice(0, MOST_LEFT_BEHIND).map((other) => [face, other] as const));
      await forgetSays(transaction, leaving, staying, true);
      await writeSays(transaction, pairs, false);
    }
    await sql`DELETE FROM face_group_members WHERE face_id = ANY (${[...wanted]}::uuid[])`.execute(transaction.db);
  });
}

/** Makes one group of several: the largest, or of equal ones the oldest, takes in the others. */
export async function mergeGroups(context: LibraryContext, groupIds: readonly string[]): Promise<{ groupId: string }> {
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const wanted = [...new Set(await requireGroups(transaction, groupIds))];
    if (wanted.length < 2) throw InvalidInputError.expected('two groups or more', 'groupIds', groupIds);
    const members = await readMembers(transaction, wanted);
    refuseApart(members);
    const groups = [...Map.groupBy(members, ({ groupId }) => groupId).values()];
    groups.sort((a, b) => b.length - a.length || (a[0]!.groupId < b[0]!.groupId ? -1 : 1));
    const [kept, ...others] = groups as [Member[], ...Member[][]];
    const { groupId } = kept[0]!;
    let parts = 1 + Math.max(...kept.map(({ part }) => part));
    for (const other of others) {
      const ids = (group: readonly Member[]) => group.map(({ faceId }) => faceId);
      await forgetSays(transaction, ids(other), ids(members), false);
      const firsts = [...Map.groupBy(other, ({ part }) => part).values()].map(([first]) => first!.faceId);
      await writeSays(
        transaction,
        firsts.map((faceId) => [kept[0]!.faceId, faceId] as const),
        true,
      );
      await sql`
        UPDATE face_group_members SET group_id = ${groupId}, part = part + ${parts}
        WHERE group_id = ${other[0]!.groupId}`.execute(transaction.db);
      parts += 1 + Math.max(...other.map(({ part }) => part));
    }
    await deleteEmptyGroups(transaction);
    return { groupId };
  });
}

async function readMembers(context: LibraryContext, groupIds: readonly string[]): Promise<Member[]> {
  const { rows } = await sql<Member>`
    SELECT member.face_id AS "faceId", photo_id AS "photoId", group_id AS "groupId", part,
      (SELECT person_id FROM face_labels label
        WHERE label.face_id = member.face_id AND label_source <> 'model_guess') AS "personId"
    FROM face_group_members member JOIN faces ON faces.face_id = member.face_id
    WHERE group_id = ANY (${[...groupIds]}::uuid[]) ORDER BY member.face_id`.execute(context.db);
  return rows;
}

/** Groups that stand in one photo, or are named differently, are different people. */
function refuseApart(members: readonly Member[]): void {
  const people = new Set(members.map(({ personId }) => personId).filter((personId) => personId !== null));
  if (people.size > 1) {
    throw new ConflictError('GROUPS_APART', 'The groups are named as different people.', {
      remedy: 'Merge the people, if they are one.',
      details: { personIds: [...people] },
    });
  }
  const photos = Map.groupBy(members, ({ photoId }) => photoId);
  const shared = [...photos].find(([, faces]) => new Set(faces.map(({ groupId }) => groupId)).size > 1);
  if (!shared) return;
  throw new ConflictError('GROUPS_APART', `The groups stand side by side in photo ${shared[0]}: they are two people.`, {
    remedy: 'Take the face that is somebody else out of its group first.',
    details: { photoIds: [shared[0]], faceIds: shared[1].map(({ faceId }) => faceId) },
  });
}

/** What was said of pairs between the two lists, one way or the other, is no longer so. */
async function forgetSays(
  { db }: LibraryContext,
  faceIds: readonly string[],
  others: readonly string[],
  isSame: boolean,
): Promise<void> {
  const [one, other] = [sql`${[...faceIds]}::uuid[]`, sql`${[...others]}::uuid[]`];
  await sql`
    DELETE FROM face_group_says WHERE is_same = ${isSame}
      AND ((face_id = ANY (${one}) AND other_face_id = ANY (${other})) OR (face_id = ANY (${other}) AND other_face_id = ANY (${one})))`.execute(
    db,
  );
}
