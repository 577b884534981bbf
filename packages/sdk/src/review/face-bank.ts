import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { LabelSource } from '../model/labels.ts';
import { readVector } from '../values/vector-codec.ts';

/** What a face is, as far as reviewing goes. */
export interface BankFace {
  readonly faceId: string;
  readonly photoId: string;
  readonly ignored: boolean;
  readonly personId: string | null;
  readonly source: LabelSource | null;
  /** People that this face is not. */
  readonly rejected: readonly string[];
}

/** When two reads of the database give the same stamp, a bank of the first is still true. */
export interface BankStamp {
  readonly spaceId: string;
  /** Number of the library's last journal entry. */
  readonly journalSeq: bigint;
  /** How many vectors there are, and when the last one came. */
  readonly vectors: string;
}

/**
 * Every face of one embedding space in memory, with its vector: 50,000 faces take 26 MB and are compared a hundred times faster than
 * by one query per face. `vectors` holds the face at `faces[i]` from `i * dimension` on.
 */
export interface FaceBank {
  readonly stamp: BankStamp;
  readonly dimension: number;
  readonly faces: readonly BankFace[];
  readonly vectors: Float32Array;
}

const FACES_PER_READ = 5_000;

/** null for a library whose active space has no vectors. */
export async function readStamp(context: LibraryContext): Promise<(BankStamp & { dimension: number }) | null> {
  const { rows } = await sql<BankStamp & { dimension: number }>`
    SELECT space_id AS "spaceId", dimension, count(*) || ' until ' || max(created_ts) AS vectors,
      (SELECT coalesce(max(seq), 0) FROM identity_events WHERE library_id = ${context.libraryId}) AS "journalSeq"
    FROM face_embeddings
    WHERE library_id = ${context.libraryId}
      AND space_id = (SELECT space_id FROM active_spaces WHERE library_id = ${context.libraryId})
    GROUP BY space_id, dimension`.execute(context.db);
  return rows[0] ?? null;
}

/** Reads everything. The stamp comes first: what changes meanwhile is read again next time. */
export async function readBank(
  context: LibraryContext,
  { dimension, ...stamp }: BankStamp & { dimension: number },
  signal?: AbortSignal,
): Promise<FaceBank> {
  const faces: BankFace[] = [];
  const parts: Float32Array[] = [];
  for (let isMore = true; isMore; ) {
    const rows = await readFaces(context, stamp.spaceId, { after: faces.at(-1)?.faceId ?? null }, signal);
    const part = new Float32Array(rows.length * dimension);
    rows.forEach(({ vector, ...face }, row) => {
      faces.push(face);
      part.set(readVector(vector), row * dimension);
    });
    parts.push(part);
    isMore = rows.length === FACES_PER_READ;
  }
  const vectors = new Float32Array(faces.length * dimension);
  let filled = 0;
  for (const part of parts) {
    vectors.set(part, filled);
    filled += part.length;
  }
  return { stamp, dimension, faces, vectors };
}

/** The bank as of `stamp`, when only the journal went on: the faces it speaks of are read again. */
export async function updateBank(context: LibraryContext, bank: FaceBank, stamp: BankStamp): Promise<FaceBank> {
  const { rows: changed } = await sql<{ face_id: string }>`
    SELECT DISTINCT face_id FROM identity_events
    WHERE library_id = ${context.libraryId} AND seq > ${bank.stamp.journalSeq.toString()}::bigint AND face_id IS NOT NULL`.execute(
    context.db,
  );
  const faceIds = changed.map((row) => row.face_id);
  const current = new Map<string, BankFace>();
  for (let start = 0; start < faceIds.length; start += FACES_PER_READ) {
    const rows = await readFaces(context, stamp.spaceId, { faceIds: faceIds.slice(start, start + FACES_PER_READ) });
    for (const { vector: _, ...face } of rows) current.set(face.faceId, face);
  }
  return { ...bank, stamp, faces: bank.faces.map((face) => current.get(face.faceId) ?? face) };
}

type Selection = { after: string | null } | { faceIds: string[] };

async function readFaces(
  context: LibraryContext,
  spaceId: string,
  selection: Selection,
  signal?: AbortSignal,
): Promise<(BankFace & { vector: Uint8Array })[]> {
  const condition =
    'faceIds' in selection
      ? sql`e.face_id = ANY (${selection.faceIds}::uuid[])`
      : sql`(${selection.after}::uuid IS NULL OR e.face_id > ${selection.after}::uuid)`;
  const { rows } = await sql<BankFace & { vector: Uint8Array }>`
    SELECT e.face_id AS "faceId", face.photo_id AS "photoId", face.ignored, label.person_id AS "personId",
      label.label_source AS source, vector_send(e.embedding) AS vector,
      ARRAY(SELECT person_id::text FROM face_rejections rejection WHERE rejection.face_id = e.face_id) AS rejected
    FROM face_embeddings e
    JOIN faces face ON face.face_id = e.face_id
    LEFT JOIN face_labels label ON label.face_id = e.face_id
    WHERE e.space_id = ${spaceId} AND e.library_id = ${context.libraryId} AND ${condition}
    ORDER BY e.face_id LIMIT ${FACES_PER_READ}`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows;
}
