import { sql } from 'kysely';
import { ConflictError } from '../errors/conflict-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { changeIdentity, type InBatch } from '../identity/change-identity.ts';
import type { IdentityChange } from '../identity/identity-change.ts';
import type { PairProvenance } from '../identity/project-pairs.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { ChangeGroupsOptions, MergedGroups } from '../model/groups.ts';
import type { LabelChange } from '../model/labels.ts';
import { isUuid } from '../values/is-uuid.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { deleteEmptyGroups } from './group-rows.ts';
import { requireGroups } from './list-groups.ts';

/** Of the faces that stay, so many are said to be somebody else: enough to keep a face away however the group is made anew. */
const MOST_LEFT_BEHIND = 200;
/** Of many that leave each is said so of fewer, in all about so many: 4,000 entries take a second and a half, December 2026. */
const MOST_PAIRS = 4_000;
const FEWEST_LEFT_BEHIND = 20;

interface Member {
  readonly faceId: string;
  readonly photoId: string;
  readonly groupId: string;
  readonly spaceId: string;
  readonly part: number;
  readonly logCrowding: number;
  /** Who it is said to be; null for a face without a name. */
  readonly personId: string | null;
}

/** Takes faces out of their groups for good; they are placed anew at the next refresh. */
export async function takeOut(
  context: LibraryContext,
  faceIds: readonly string[],
  { actor, batchId }: ChangeGroupsOptions & InBatch,
): Promise<LabelChange> {
  const wanted = new Set(faceIds.map((faceId) => String(faceId).toLowerCase()));
  const decide = async (transaction: LibraryContext) => {
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
    const said = await readSaid(transaction, members);
    const changes = [...Map.groupBy(members, ({ groupId }) => groupId).values()].flatMap((group) => {
      const leaving = group.filter(({ faceId }) => wanted.has(faceId));
      const staying = group.filter(({ faceId }) => !wanted.has(faceId));
      if (staying.length === 0) throw new InvalidInputError(`Nobody would be left in group ${group[0]!.groupId}.`);
      const each = Math.max(FEWEST_LEFT_BEHIND, Math.min(MOST_LEFT_BEHIND, Math.floor(MOST_PAIRS / leaving.length)));
      const others = evenly(staying, each);
      return [
        ...said.forgetting(leaving, staying, true),
        ...leaving.flatMap((face) => others.map((other) => said.saying(face, other, { isSame: false, moves: 'face' }))),
      ];
    });
    await sql`DELETE FROM face_group_members WHERE face_id = ANY (${[...wanted]}::uuid[])`.execute(transaction.db);
    return changes;
  };
  return changeIdentity(context, actor, decide, batchId);
}

/** Makes one group of several: the largest, or of equal ones the oldest, takes in the others. */
export async function mergeGroups(
  context: LibraryContext,
  groupIds: readonly string[],
  options: ChangeGroupsOptions,
): Promise<MergedGroups> {
  refuseUnknown<ChangeGroupsOptions>(options, { actor: true }, 'the options of groups.merge');
  let keptId = '';
  const change = await changeIdentity(context, options.actor, async (transaction) => {
    const wanted = [...new Set(await requireGroups(transaction, groupIds))];
    if (wanted.length < 2) throw InvalidInputError.expected('two groups or more', 'groupIds', groupIds);
    const members = await readMembers(transaction, wanted);
    refuseApart(members);
    const groups = [...Map.groupBy(members, ({ groupId }) => groupId).values()];
    groups.sort((a, b) => b.length - a.length || (a[0]!.groupId < b[0]!.groupId ? -1 : 1));
    const [kept, ...others] = groups as [Member[], ...Member[][]];
    keptId = kept[0]!.groupId;
    const said = await readSaid(transaction, members);
    let parts = 1 + kept.reduce((highest, { part }) => Math.max(highest, part), Number.NEGATIVE_INFINITY);
    const changes: IdentityChange[] = [];
    for (const other of others) {
      const firsts = [...Map.groupBy(other, ({ part }) => part).values()].map(([first]) => first!);
      const rest = members.filter(({ groupId }) => groupId !== other[0]!.groupId);
      changes.push(
        ...said.forgetting(other, rest, false),
        ...firsts.map((face) => said.saying(face, kept[0]!, { isSame: true, moves: 'part' })),
      );
      await sql`
        UPDATE face_group_members SET group_id = ${keptId}, part = part + ${parts}
        WHERE group_id = ${other[0]!.groupId}`.execute(transaction.db);
      parts += 1 + other.reduce((highest, { part }) => Math.max(highest, part), Number.NEGATIVE_INFINITY);
    }
    await deleteEmptyGroups(transaction);
    return changes;
  });
  return { ...change, groupId: keptId };
}

function evenly<Item>(items: readonly Item[], most: number): Item[] {
  const taken = Math.min(items.length, most);
  return Array.from({ length: taken }, (_, place) => items[Math.floor((place * items.length) / taken)]!);
}

async function readMembers(context: LibraryContext, groupIds: readonly string[]): Promise<Member[]> {
  const { rows } = await sql<Member>`
    SELECT member.face_id AS "faceId", photo_id AS "photoId", group_id AS "groupId", space_id AS "spaceId", part,
      log_crowding AS "logCrowding",
      (SELECT person_id FROM face_labels label
        WHERE label.face_id = member.face_id AND label_source <> 'model_guess') AS "personId"
    FROM face_group_members member JOIN face_groups USING (group_id) JOIN faces ON faces.face_id = member.face_id
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

/** What was said of pairs of these faces so far, as changes begin with it. */
class Said {
  readonly #isSame = new Map<string, boolean>();

  constructor(pairs: readonly { faceId: string; otherFaceId: string; isSame: boolean }[]) {
    for (const { faceId, otherFaceId, isSame } of pairs) this.#isSame.set(`${faceId} ${otherFaceId}`, isSame);
  }

  /** The first of two faces is moved; `moves` says whether alone or with its part. */
  saying(
    face: Member,
    other: Member,
    { isSame, moves }: { isSame: boolean } & Pick<PairProvenance['place'], 'moves'>,
  ): IdentityChange {
    const { faceId, groupId, part, logCrowding, spaceId } = face;
    const provenance: PairProvenance = { place: { faceId, groupId, part, logCrowding, spaceId, moves } };
    return { ...this.#pair(faceId, other.faceId), after: { isSame }, provenance: { ...provenance } };
  }

  /** What was said of pairs between the two lists, one way or the other, is no longer so. */
  forgetting(faces: readonly Member[], others: readonly Member[], isSame: boolean): IdentityChange[] {
    const [one, other] = [faces, others].map((members) => new Set(members.map(({ faceId }) => faceId))) as [
      Set<string>,
      Set<string>,
    ];
    return [...this.#isSame].flatMap(([pair, said]): IdentityChange[] => {
      const [a, b] = pair.split(' ') as [string, string];
      const isBetween = (one.has(a) && other.has(b)) || (one.has(b) && other.has(a));
      return said === isSame && isBetween ? [{ ...this.#pair(a, b), after: null }] : [];
    });
  }

  #pair(a: string, b: string) {
    const [faceId, otherFaceId] = a < b ? [a, b] : [b, a];
    const isSame = this.#isSame.get(`${faceId} ${otherFaceId}`);
    return { subject: 'pair' as const, faceId, otherFaceId, before: isSame === undefined ? null : { isSame } };
  }
}

async function readSaid({ db }: LibraryContext, members: readonly Member[]): Promise<Said> {
  const faceIds = members.map(({ faceId }) => faceId);
  const { rows } = await sql<{ faceId: string; otherFaceId: string; isSame: boolean }>`
    SELECT face_id AS "faceId", other_face_id AS "otherFaceId", is_same AS "isSame" FROM face_group_says
    WHERE face_id = ANY (${faceIds}::uuid[]) AND other_face_id = ANY (${faceIds}::uuid[])`.execute(db);
  return new Said(rows);
}
