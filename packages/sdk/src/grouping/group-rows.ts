import { sql } from 'kysely';
import { gatherStatistics } from '../library/gather-statistics.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { FormerPlace } from './faces-to-group.ts';

/** Where each face stands, by its id. */
export type Places = ReadonlyMap<string, FormerPlace>;

/** Also in which embedding space that was found. */
export type StandingPlaces = ReadonlyMap<string, FormerPlace & { readonly spaceId: string }>;

export interface Says {
  readonly faceId: string;
  readonly otherFaceId: string;
  /** Whether the two are one person. */
  readonly isSame: boolean;
}

const ROWS_PER_STATEMENT = 5_000;

export async function readPlaces(context: LibraryContext, signal?: AbortSignal): Promise<StandingPlaces> {
  const { rows } = await sql<FormerPlace & { faceId: string; spaceId: string }>`
    SELECT face_id AS "faceId", group_id AS "groupId", part, log_crowding AS "logCrowding", space_id AS "spaceId"
    FROM face_group_members member JOIN face_groups USING (group_id)
    WHERE member.library_id = ${context.libraryId}`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return new Map(rows.map(({ faceId, ...place }) => [faceId, place]));
}

/** What people said of pairs of faces. */
export async function readSays(context: LibraryContext): Promise<Says[]> {
  const { rows } = await sql<Says>`
    SELECT face_id AS "faceId", other_face_id AS "otherFaceId", is_same AS "isSame" FROM face_group_says
    WHERE library_id = ${context.libraryId} ORDER BY face_id, other_face_id`.execute(context.db);
  return rows;
}

/** Whether there are faces to be placed: those of the active space that have no group in it. */
export async function hasUnplaced(context: LibraryContext): Promise<boolean> {
  const { rows } = await sql<{ isThere: boolean }>`
    SELECT EXISTS (
      SELECT FROM face_embeddings embedding JOIN faces USING (face_id) JOIN photos USING (photo_id)
        LEFT JOIN (face_group_members member JOIN face_groups place USING (group_id))
          ON member.face_id = embedding.face_id AND place.space_id = embedding.space_id
      WHERE embedding.library_id = ${context.libraryId} AND member.face_id IS NULL AND deleted_ts IS NULL
        AND embedding.space_id = (SELECT space_id FROM active_spaces WHERE library_id = ${context.libraryId})
    ) AS "isThere"`.execute(context.db);
  return rows[0]!.isThere;
}

/** Makes `places` what the library holds, where `former` is what it held. Faces that are gone meanwhile are left out. */
export async function writePlaces(context: LibraryContext, spaceId: string, former: Places, places: Places): Promise<void> {
  const { db, libraryId } = context;
  await sql`
    UPDATE face_groups SET space_id = ${spaceId} WHERE library_id = ${libraryId} AND space_id <> ${spaceId}`.execute(db);
  const known = new Set([...former.values()].map(({ groupId }) => groupId));
  const created = [...new Set([...places.values()].map(({ groupId }) => groupId))].filter((groupId) => !known.has(groupId));
  await sql`
    INSERT INTO face_groups (group_id, library_id, space_id)
    SELECT group_id, ${libraryId}, ${spaceId} FROM unnest(${created}::uuid[]) AS group_id`.execute(db);
  const changed = [...places]
    .filter(([faceId, place]) => !isSame(former.get(faceId), place))
    .map(([face_id, { groupId, part, logCrowding }]) => ({ face_id, group_id: groupId, part, log_crowding: logCrowding }));
  for (let start = 0; start < changed.length; start += ROWS_PER_STATEMENT) {
    await sql`
      INSERT INTO face_group_members (face_id, library_id, group_id, part, log_crowding)
      SELECT face_id, ${libraryId}, group_id, part, log_crowding
      FROM jsonb_to_recordset(${JSON.stringify(changed.slice(start, start + ROWS_PER_STATEMENT))}::jsonb)
        AS place (face_id uuid, group_id uuid, part integer, log_crowding float8)
        JOIN faces USING (face_id)
      ON CONFLICT (face_id) DO UPDATE
        SET group_id = excluded.group_id, part = excluded.part, log_crowding = excluded.log_crowding`.execute(db);
  }
  const gone = [...former.keys()].filter((faceId) => !places.has(faceId));
  await sql`DELETE FROM face_group_members WHERE face_id = ANY (${gone}::uuid[])`.execute(db);
  await deleteEmptyGroups(context);
  await gatherStatistics(context, 'groups', changed.length);
}

export async function deleteEmptyGroups({ db, libraryId }: LibraryContext): Promise<void> {
  await sql`
    DELETE FROM face_groups WHERE library_id = ${libraryId}
      AND NOT EXISTS (SELECT FROM face_group_members member WHERE member.group_id = face_groups.group_id)`.execute(db);
}

export function isSame(a: FormerPlace | undefined, b: FormerPlace | undefined): boolean {
  return a?.groupId === b?.groupId && a?.part === b?.part && a?.logCrowding === b?.logCrowding;
}
