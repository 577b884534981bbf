import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { isNamed, membersOf } from './list-groups.ts';

/** Faces that seem to show one person, none of whom has a name, not even by a guess. */
export interface UnnamedGroup {
  readonly groupId: string;
  readonly faces: number;
  /** The clearest first, up to as many as asked for. */
  readonly faceIds: readonly string[];
}

/** The largest groups of two and more faces without a label in which nobody is named. */
export async function listUnnamedGroups(
  context: LibraryContext,
  { groups, facesEach, signal }: { groups: number; facesEach: number; signal?: AbortSignal },
): Promise<UnnamedGroup[]> {
  const isUnlabelled = sql`label.face_id IS NULL AND NOT face.ignored AND photo.deleted_ts IS NULL`;
  const { rows } = await sql<UnnamedGroup>`
    SELECT member.group_id AS "groupId", (count(*) FILTER (WHERE ${isUnlabelled}))::integer AS faces,
      ((array_agg(face.face_id::text ORDER BY detector_score DESC NULLS LAST, bbox_w * bbox_h DESC, face.face_id)
        FILTER (WHERE ${isUnlabelled}))[1:${facesEach}]) AS "faceIds"
    FROM ${membersOf(context)}
    GROUP BY member.group_id
    HAVING count(*) FILTER (WHERE ${isUnlabelled}) > 1 AND count(*) FILTER (WHERE ${isNamed}) = 0
    ORDER BY faces DESC, "groupId" LIMIT ${groups}`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return rows;
}
