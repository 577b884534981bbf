import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { l2Distance } from '../search/distance.ts';
import { encodeVector, readVector } from '../values/vector-codec.ts';
import { evidenceCondition } from './evidence-rules.ts';
import { EVIDENCE_REACH, NEIGHBOURS_PER_PERSON, type PersonEvidence, SUPPORT_REACH } from './person-evidence.ts';
import { type ScaledSpace, scaled } from './read-vectors.ts';

/** Distances are computed anew in double precision; the database's may differ in the seventh digit. */
const ROUNDING_SLACK = 1e-5;
const SURE_SUPPORT = SUPPORT_REACH - ROUNDING_SLACK;

export interface EvidenceQuery {
  readonly space: ScaledSpace;
  /** As it is stored, not scaled. */
  readonly vector: Float32Array;
  /** The stored face that it is, which says nothing about itself; null for an embedding. */
  readonly faceId: string | null;
  readonly excluded: ReadonlySet<string>;
}

interface Row {
  personId: string;
  faceId: string;
  vector: Uint8Array;
  /** Not among the supporting faces, unless its distance turns out to be below SUPPORT_REACH. */
  isAtLimit: boolean;
  /** Below SUPPORT_REACH, whatever the seventh digit says. */
  supportingFaces: number;
  confirmedFaces: number;
}

/**
 * What the faces that count as evidence say about one probe, in one exact scan: about each person with a face in reach who is not
 * excluded. Faces that the database cannot tell apart for sure are compared here.
 */
export async function findEvidence(
  context: LibraryContext,
  { space, vector, faceId, excluded }: EvidenceQuery,
  signal?: AbortSignal,
): Promise<PersonEvidence[]> {
  const { spaceId, scale } = space;
  const probe = scaled(vector, space);
  const { rows } = await sql<Row>`
    WITH compared AS MATERIALIZED (
      SELECT label.person_id, e.face_id, (e.embedding <-> ${encodeVector(vector)}::vector) * ${scale}::float8 AS distance
      FROM face_labels label JOIN face_embeddings e ON e.face_id = label.face_id
      WHERE label.library_id = ${context.libraryId} AND e.space_id = ${spaceId} AND ${evidenceCondition}
        AND label.face_id IS DISTINCT FROM ${faceId}::uuid AND label.person_id <> ALL (${[...excluded]}::uuid[])
    ), person AS (
      SELECT person_id, count(*)::int AS confirmed, (count(*) FILTER (WHERE distance < ${SURE_SUPPORT}))::int AS supporting
      FROM compared GROUP BY person_id HAVING min(distance) < ${EVIDENCE_REACH + ROUNDING_SLACK}
    ), neighbour AS (
      SELECT *, nth_value(distance, ${NEIGHBOURS_PER_PERSON}) OVER (PARTITION BY person_id ORDER BY distance
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last_distance
      FROM compared WHERE distance < ${EVIDENCE_REACH + ROUNDING_SLACK}
    )
    SELECT person_id AS "personId", face_id AS "faceId", supporting AS "supportingFaces", confirmed AS "confirmedFaces",
      distance >= ${SURE_SUPPORT} AS "isAtLimit",
      (SELECT vector_send(embedding) FROM face_embeddings e WHERE e.face_id = neighbour.face_id AND e.space_id = ${spaceId}) AS vector
    FROM neighbour JOIN person USING (person_id)
    WHERE distance <= coalesce(last_distance, 'infinity') + ${ROUNDING_SLACK}
      OR distance BETWEEN ${SURE_SUPPORT} AND ${SUPPORT_REACH + ROUNDING_SLACK}
    ORDER BY person_id`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });

  return [...Map.groupBy(rows, (row) => row.personId)].flatMap(([personId, neighbours]) => {
    const near = neighbours
      .map((row) => ({ ...row, distance: l2Distance(probe, scaled(readVector(row.vector), space)) }))
      .filter(({ distance }) => distance < EVIDENCE_REACH)
      .sort((a, b) => a.distance - b.distance || (a.faceId < b.faceId ? -1 : 1));
    const [first, ...others] = near.slice(0, NEIGHBOURS_PER_PERSON);
    if (!first) return [];
    const { supportingFaces, confirmedFaces } = neighbours[0]!;
    const alsoSupporting = near.filter(({ distance, isAtLimit }) => isAtLimit && distance < SUPPORT_REACH).length;
    const distances = [first.distance, ...others.map(({ distance }) => distance)] as const;
    return [
      { personId, nearestFaceId: first.faceId, distances, supportingFaces: supportingFaces + alsoSupporting, confirmedFaces },
    ];
  });
}
