import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { l2Distance } from '../search/distance.ts';
import type { Probe } from '../search/resolve-probe.ts';
import { encodeVector, readVector } from '../values/vector-codec.ts';
import { EVIDENCE_REACH, NEIGHBOURS_PER_PERSON, type PersonEvidence, SUPPORT_REACH } from './person-evidence.ts';

/** Distances are computed anew in double precision; the database's may differ in the seventh digit. */
const ROUNDING_SLACK = 1e-5;

interface Row {
  personId: string;
  faceId: string;
  vector: Uint8Array;
  supportingFaces: number;
  confirmedFaces: number;
}

/**
 * What the confirmed faces (by a person, or imported) say about one probe, in one exact scan: about each person with a face in
 * reach. Left out are people that the probe is not, and those who stand in its photo by another face. Hidden people are not left
 * out: hidden from lists, they are still who they are.
 */
export async function findEvidence(context: LibraryContext, probe: Probe, signal?: AbortSignal): Promise<PersonEvidence[]> {
  const excluded = probe.faceId === null ? sql`` : sql`AND label.person_id NOT IN (${excludedPeople(probe.faceId)})`;
  const { rows } = await sql<Row>`
    WITH compared AS MATERIALIZED (
      SELECT label.person_id, e.face_id, (e.embedding <-> ${encodeVector(probe.vector)}::vector) + 0 AS distance
      FROM face_labels label JOIN face_embeddings e ON e.face_id = label.face_id
      WHERE label.library_id = ${context.libraryId} AND label.label_source IN ('human_confirmed', 'imported')
        AND e.space_id = ${probe.spaceId} AND label.face_id IS DISTINCT FROM ${probe.faceId}::uuid ${excluded}
    ), person AS (
      SELECT person_id, count(*)::int AS confirmed, (count(*) FILTER (WHERE distance < ${SUPPORT_REACH}))::int AS supporting
      FROM compared GROUP BY person_id HAVING min(distance) < ${EVIDENCE_REACH + ROUNDING_SLACK}
    ), neighbour AS (
      SELECT *, row_number() OVER (PARTITION BY person_id ORDER BY distance, face_id) AS place
      FROM compared WHERE distance < ${EVIDENCE_REACH + ROUNDING_SLACK}
    )
    SELECT person_id AS "personId", face_id AS "faceId", supporting AS "supportingFaces", confirmed AS "confirmedFaces",
      (SELECT vector_send(embedding) FROM face_embeddings e
       WHERE e.face_id = neighbour.face_id AND e.space_id = ${probe.spaceId}) AS vector
    FROM neighbour JOIN person USING (person_id)
    WHERE place <= ${NEIGHBOURS_PER_PERSON}
    ORDER BY person_id`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });

  return [...Map.groupBy(rows, (row) => row.personId)].flatMap(([personId, neighbours]) => {
    const nearest = neighbours
      .map(({ faceId, vector }) => ({ faceId, distance: l2Distance(probe.vector, readVector(vector)) }))
      .filter(({ distance }) => distance < EVIDENCE_REACH)
      .sort((a, b) => a.distance - b.distance || (a.faceId < b.faceId ? -1 : 1));
    const [first, ...others] = nearest;
    if (!first) return [];
    const { supportingFaces, confirmedFaces } = neighbours[0]!;
    const distances = [first.distance, ...others.map(({ distance }) => distance)] as const;
    return [{ personId, nearestFaceId: first.faceId, distances, supportingFaces, confirmedFaces }];
  });
}

function excludedPeople(faceId: string) {
  return sql`
    SELECT person_id FROM face_rejections WHERE face_id = ${faceId}
    UNION ALL
    SELECT other.person_id FROM face_labels other JOIN faces probe ON probe.photo_id = other.photo_id
    WHERE probe.face_id = ${faceId} AND other.face_id <> ${faceId} AND other.label_source IN ('human_confirmed', 'imported')`;
}
