import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpace } from '../model/embedding-space.ts';
import { readVector } from '../values/vector-codec.ts';
import type { ConfirmedVectors } from './separation.ts';

/** The confirmed faces of people who have at least two, with their vectors in two spaces. */
export interface ConfirmedFaces {
  readonly faceIds: readonly string[];
  /** Ids by the number that the vectors name them with. */
  readonly people: readonly string[];
  readonly vectors: readonly [ConfirmedVectors, ConfirmedVectors];
}

/** Vectors of both spaces, some 2.5 KB a face, in memory; of more, so many are drawn evenly. */
const MOST_FACES = 20_000;
const FACES_PER_READ = 2_000;

interface Row {
  faceId: string;
  personId: string;
  first: Uint8Array;
  second: Uint8Array;
}

type Space = Pick<EmbeddingSpace, 'spaceId' | 'dimension'>;

export async function readConfirmedFaces(
  context: LibraryContext,
  [first, second]: readonly [Space, Space],
  signal: AbortSignal | undefined,
): Promise<ConfirmedFaces> {
  const { rows: chosen } = await sql<{ faceId: string }>`
    WITH both_spaces AS (
      SELECT label.face_id, label.person_id, count(*) OVER (PARTITION BY label.person_id) AS faces
      FROM face_labels label JOIN people USING (person_id)
        JOIN face_embeddings one ON one.face_id = label.face_id AND one.space_id = ${first.spaceId}
        JOIN face_embeddings other ON other.face_id = label.face_id AND other.space_id = ${second.spaceId}
      WHERE label.library_id = ${context.libraryId} AND label_source <> 'model_guess' AND merged_into IS NULL
    ), numbered AS (
      SELECT face_id, row_number() OVER (ORDER BY person_id, face_id) - 1 AS place, count(*) OVER () AS total
      FROM both_spaces WHERE faces >= 2
    )
    SELECT face_id AS "faceId" FROM numbered
    WHERE total <= ${MOST_FACES} OR place * ${MOST_FACES} / total > (place - 1) * ${MOST_FACES} / total OR place = 0
    ORDER BY place`.execute(context.db);
  const faceIds = chosen.map((row) => row.faceId);
  const people = new Map<string, number>();
  const owners: number[] = [];
  const read: string[] = [];
  const vectors = [
    new Float32Array(faceIds.length * first.dimension),
    new Float32Array(faceIds.length * second.dimension),
  ] as const;
  for (let start = 0; start < faceIds.length; start += FACES_PER_READ) {
    signal?.throwIfAborted();
    for (const row of await readRows(context, faceIds.slice(start, start + FACES_PER_READ), [first, second])) {
      if (!people.has(row.personId)) people.set(row.personId, people.size);
      vectors[0].set(readVector(row.first), read.length * first.dimension);
      vectors[1].set(readVector(row.second), read.length * second.dimension);
      owners.push(people.get(row.personId)!);
      read.push(row.faceId);
    }
  }
  const inSpace = ({ dimension }: Space, values: Float32Array): ConfirmedVectors => ({
    dimension,
    vectors: values,
    people: owners,
    personCount: people.size,
  });
  return { faceIds: read, people: [...people.keys()], vectors: [inSpace(first, vectors[0]), inSpace(second, vectors[1])] };
}

async function readRows(context: LibraryContext, faceIds: string[], [first, second]: readonly [Space, Space]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    SELECT label.face_id AS "faceId", label.person_id AS "personId",
      vector_send(one.embedding) AS first, vector_send(other.embedding) AS second
    FROM face_labels label
      JOIN face_embeddings one ON one.face_id = label.face_id AND one.space_id = ${first.spaceId}
      JOIN face_embeddings other ON other.face_id = label.face_id AND other.space_id = ${second.spaceId}
    WHERE label.face_id = ANY (${faceIds}::uuid[]) AND label.library_id = ${context.libraryId}
    ORDER BY label.person_id, label.face_id`.execute(context.db);
  return rows;
}
