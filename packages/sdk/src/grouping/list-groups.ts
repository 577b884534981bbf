import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { selectFaces, toFace } from '../catalog/face-row.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Face } from '../model/faces.ts';
import type { FaceGroup, Groups, GroupsRefresh } from '../model/groups.ts';
import type { Page } from '../model/page.ts';
import { decodeCursor, encodeCursor, resolvePage } from '../values/cursor.ts';
import { isUuid } from '../values/is-uuid.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { requireInteger } from '../values/require-value.ts';

type ListOptions = NonNullable<Parameters<Groups['list']>[0]>;
type FacesOptions = NonNullable<Parameters<Groups['faces']>[1]>;

const FACES_OPTIONS: KnownNames<FacesOptions> = { limit: true, cursor: true, signal: true };
const LIST_OPTIONS: KnownNames<ListOptions> = { ...FACES_OPTIONS, minSize: true };

const DEFAULT_MIN_SIZE = 2;
const COVERS = 4;

/** About rows `face`, `photo` and `label` of one face: whether it waits for a name. */
const isWaiting: RawBuilder<SqlBool> = sql<SqlBool>`
  NOT face.ignored AND photo.deleted_ts IS NULL AND (label.face_id IS NULL OR label.label_source = 'model_guess')`;

/** Members of groups of the active space, with what tells whether they wait. */
const membersOf = ({ libraryId }: LibraryContext) => sql`
  face_group_members member JOIN face_groups place USING (group_id)
    JOIN faces face ON face.face_id = member.face_id JOIN photos photo ON photo.photo_id = face.photo_id
    LEFT JOIN face_labels label ON label.face_id = member.face_id
  WHERE member.library_id = ${libraryId} AND place.space_id = (SELECT space_id FROM active_spaces WHERE library_id = ${libraryId})`;

interface Row {
  groupId: string;
  faces: number;
  photos: number;
  namedFaces: number;
  personId: string | null;
  displayName: string | null;
}

/** The groups as they were last brought up to date. */
export async function listGroups(context: LibraryContext, options: ListOptions): Promise<Page<FaceGroup>> {
  refuseUnknown<ListOptions>(options, LIST_OPTIONS, 'the options of groups.list');
  const { limit } = resolvePage(options);
  const { cursor, minSize = DEFAULT_MIN_SIZE, signal } = options;
  const least = requireInteger(minSize, 'minSize', 1);
  const [faces, groupId] = cursor === undefined ? [] : decodeCursor(cursor, 'groups', 2);
  const after = faces === undefined ? sql`true` : sql`(-faces, "groupId") > (-${faces}::integer, ${groupId}::uuid)`;
  const { rows } = await sql<Row>`
    SELECT counted.*, display_name AS "displayName" FROM (
      SELECT member.group_id AS "groupId", (count(*) FILTER (WHERE ${isWaiting}))::integer AS faces,
        (count(DISTINCT face.photo_id) FILTER (WHERE ${isWaiting}))::integer AS photos,
        (count(*) FILTER (WHERE ${isNamed}))::integer AS "namedFaces",
        (array_agg(label.person_id ORDER BY member.face_id) FILTER (WHERE ${isNamed}))[1] AS "personId"
      FROM ${membersOf(context)} GROUP BY member.group_id
    ) AS counted LEFT JOIN people ON people.person_id = "personId"
    WHERE faces >= ${least} AND ${after}
    ORDER BY faces DESC, "groupId" LIMIT ${limit + 1}`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  const shown = rows.slice(0, limit);
  const covers = await readCovers(context, shown);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      groupId: row.groupId,
      faces: row.faces,
      photos: row.photos,
      coverFaceIds: covers.get(row.groupId) ?? [],
      namedFaces: row.namedFaces,
      person: row.personId === null ? null : { personId: row.personId, displayName: row.displayName! },
    })),
    nextCursor: rows.length > limit && last ? encodeCursor('groups', [String(last.faces), last.groupId]) : null,
  };
}

const isNamed: RawBuilder<SqlBool> = sql<SqlBool>`label.label_source IN ('human_confirmed', 'imported')`;

async function readCovers(context: LibraryContext, groups: readonly Row[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ groupId: string; faceIds: string[] }>`
    SELECT "groupId", array_agg("faceId" ORDER BY rank)::text[] AS "faceIds" FROM (
      SELECT member.group_id AS "groupId", member.face_id AS "faceId", row_number() OVER (
        PARTITION BY member.group_id ORDER BY detector_score DESC NULLS LAST, bbox_w * bbox_h DESC, member.face_id) AS rank
      FROM ${membersOf(context)} AND member.group_id = ANY (${groups.map(({ groupId }) => groupId)}::uuid[]) AND ${isWaiting}
    ) AS ranked WHERE rank <= ${COVERS} GROUP BY "groupId"`.execute(context.db);
  return new Map(rows.map(({ groupId, faceIds }) => [groupId, faceIds]));
}

/** As a refresh counts when there was nothing to do. */
export async function countGroups(context: LibraryContext): Promise<GroupsRefresh> {
  const { rows } = await sql<{ faces: number; groups: number }>`
    SELECT coalesce(sum(size), 0)::integer AS faces, (count(*) FILTER (WHERE size > 1))::integer AS groups FROM (
      SELECT count(*) AS size FROM face_group_members WHERE library_id = ${context.libraryId} GROUP BY group_id
    ) AS sized`.execute(context.db);
  return { ...rows[0]!, newFaces: 0, movedFaces: 0 };
}

export async function listFacesOfGroup(context: LibraryContext, groupId: string, options: FacesOptions): Promise<Page<Face>> {
  refuseUnknown<FacesOptions>(options, FACES_OPTIONS, 'the options of groups.faces');
  const { limit } = resolvePage(options);
  const { cursor, signal } = options;
  await requireGroups(context, [groupId]);
  const after = cursor === undefined ? undefined : decodeCursor(cursor, 'group', 1)[0];
  const waiting = await readWaiting(context, groupId);
  const wanted = waiting.map(({ faceId }) => faceId).filter((faceId) => after === undefined || faceId > after);
  const shown = wanted.slice(0, limit);
  const rows = await selectFaces(context)
    .where(sql<boolean>`faces.face_id = ANY (${shown}::uuid[])`)
    .orderBy('faces.face_id')
    .execute({ signal, inflightQueryAbortStrategy: 'cancel query' });
  return { items: rows.map(toFace), nextCursor: wanted.length > limit ? encodeCursor('group', [shown.at(-1)!]) : null };
}

export interface WaitingFace {
  readonly faceId: string;
  readonly photoId: string;
}

/** The faces of a group that wait for a name, by id. */
export async function readWaiting(context: LibraryContext, groupId: string): Promise<WaitingFace[]> {
  const { rows } = await sql<WaitingFace>`
    SELECT member.face_id AS "faceId", face.photo_id AS "photoId" FROM ${membersOf(context)}
      AND member.group_id = ${groupId} AND ${isWaiting} ORDER BY member.face_id`.execute(context.db);
  return rows;
}

/** The ids in lower case. Throws NotFoundError (GROUP_NOT_FOUND) for the first that is no group of the library. */
export async function requireGroups(context: LibraryContext, groupIds: readonly string[]): Promise<string[]> {
  const wanted = groupIds.map((groupId) => String(groupId).toLowerCase());
  const { rows } = await sql<{ groupId: string }>`
    SELECT group_id AS "groupId" FROM face_groups
    WHERE library_id = ${context.libraryId} AND group_id = ANY (${wanted.filter(isUuid)}::uuid[])`.execute(context.db);
  const found = new Set(rows.map(({ groupId }) => groupId));
  const unknown = wanted.find((groupId) => !found.has(groupId));
  if (unknown === undefined) return wanted;
  throw new NotFoundError('group', unknown, { remedy: 'List the groups again: one that was joined with another is gone.' });
}
