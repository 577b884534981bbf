import { type RawBuilder, sql } from 'kysely';

/** Where a face stood in its group before something was said of it: undoing that brings it back there. */
export interface PairProvenance {
  readonly place: {
    /** The one of the two that was moved. */
    readonly faceId: string;
    readonly groupId: string;
    readonly part: number;
    readonly logCrowding: number;
    readonly spaceId: string;
    /** Taken out of a group it is moved alone; by a merge its whole part comes along. */
    readonly moves: 'face' | 'part';
  };
}

/** Entries by which an earlier one is taken back, with the face that it moves and where that stood. */
const undoing = (events: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  SELECT event.*, place.*, CASE WHEN place.moved_id = event.face_id THEN event.other_face_id ELSE event.face_id END AS beside_id
  FROM ${events} CROSS JOIN LATERAL (
    SELECT (provenance->'place'->>'faceId')::uuid AS moved_id, (provenance->'place'->>'groupId')::uuid AS group_id,
      (provenance->'place'->>'part')::integer AS part, (provenance->'place'->>'logCrowding')::float8 AS log_crowding,
      (provenance->'place'->>'spaceId')::uuid AS space_id, provenance->'place'->>'moves' AS moves
  ) AS place WHERE undoes IS NOT NULL AND provenance ? 'place') AS event`;

/** Whether the part in which `moved` stands shows a photo that the faces of a group show, too: they are different people. */
const standsBeside = (groupId: RawBuilder<unknown>): RawBuilder<unknown> => sql`EXISTS (
  SELECT FROM face_group_members of_part JOIN faces face ON face.face_id = of_part.face_id
    JOIN faces other ON other.photo_id = face.photo_id AND other.face_id <> face.face_id
    JOIN face_group_members of_group ON of_group.face_id = other.face_id
  WHERE of_part.group_id = moved.group_id AND of_part.part = moved.part AND of_group.group_id = ${groupId})`;

/** Groups that somebody merged or took faces out of stand as they did before, or do so again; the next refresh places what is left over. */
export const regrouping: readonly ((events: RawBuilder<unknown>) => RawBuilder<unknown>)[] = [
  (events) => sql`
    INSERT INTO face_groups (group_id, library_id, space_id)
    SELECT DISTINCT group_id, event.library_id, space_id FROM ${undoing(events)} JOIN embedding_spaces USING (space_id)
    WHERE after->>'isSame' IS DISTINCT FROM (moves = 'part')::text ON CONFLICT DO NOTHING`,
  // A merge is undone: whole parts go back. They are found by a face that was there when they came.
  (events) => sql`
    UPDATE face_group_members member SET group_id = event.group_id, part = event.part
    FROM ${undoing(events)} JOIN face_group_members moved ON moved.face_id = moved_id
      JOIN face_groups place ON place.group_id = event.group_id
    WHERE moves = 'part' AND after->>'isSame' IS DISTINCT FROM 'true' AND member.group_id = moved.group_id AND member.part = moved.part
      AND EXISTS (SELECT FROM face_group_members beside WHERE beside.face_id = beside_id AND beside.group_id = moved.group_id)
      AND NOT ${standsBeside(sql`event.group_id`)}`,
  // Faces were taken out: each goes back, unless somebody else of its photo stands there by now.
  (events) => sql`
    INSERT INTO face_group_members (face_id, library_id, group_id, part, log_crowding)
    SELECT DISTINCT ON (moved_id) moved_id, event.library_id, event.group_id, part, log_crowding
    FROM ${undoing(events)} JOIN face_groups place ON place.group_id = event.group_id JOIN faces face ON face.face_id = moved_id
    WHERE moves = 'face' AND after->>'isSame' IS DISTINCT FROM 'false' AND NOT EXISTS (
      SELECT FROM face_group_members member JOIN faces other ON other.face_id = member.face_id
      WHERE member.group_id = event.group_id AND other.photo_id = face.photo_id AND other.face_id <> moved_id)
    ON CONFLICT (face_id) DO UPDATE SET group_id = excluded.group_id, part = excluded.part`,
  // Said anew to be one person: the part joins the other's group, as a part of its own.
  (events) => sql`
    UPDATE face_group_members member SET group_id = joining.to_group, part = joining.highest + joining.place
    FROM (
      SELECT moved.group_id AS from_group, moved.part AS from_part, beside.group_id AS to_group,
        (SELECT max(part) FROM face_group_members last WHERE last.group_id = beside.group_id) AS highest,
        dense_rank() OVER (PARTITION BY beside.group_id ORDER BY moved.group_id, moved.part) AS place
      FROM ${undoing(events)} JOIN face_group_members moved ON moved.face_id = moved_id
        JOIN face_group_members beside ON beside.face_id = beside_id
      WHERE moves = 'part' AND after->>'isSame' = 'true' AND moved.group_id <> beside.group_id
        AND NOT ${standsBeside(sql`beside.group_id`)}
    ) AS joining WHERE member.group_id = joining.from_group AND member.part = joining.from_part`,
  // Said anew to be two: it leaves.
  (events) => sql`
    DELETE FROM face_group_members member USING ${undoing(events)}
    WHERE moves = 'face' AND after->>'isSame' = 'false' AND member.face_id = moved_id AND EXISTS (
      SELECT FROM face_group_members beside WHERE beside.face_id = beside_id AND beside.group_id = member.group_id)`,
  (events) => sql`
    DELETE FROM face_groups place
    WHERE library_id = (SELECT library_id FROM ${undoing(events)} LIMIT 1) AND NOT EXISTS (
      SELECT FROM face_group_members member WHERE member.group_id = place.group_id)`,
];
