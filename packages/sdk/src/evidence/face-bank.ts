import { type RawBuilder, sql } from 'kysely';
import type { ActiveSpace } from '../library/active-space.ts';
import type { LibraryStamp } from '../library/library-changes.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { coarseAxes } from './coarse-vectors.ts';
import { type Birth, isNamed } from './evidence-rules.ts';
import { type FaceFacts, readFacts } from './face-facts.ts';
import { readVectors } from './read-vectors.ts';

const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Every face of one embedding space in memory, with its vector: 50,000 faces take 26 MB and are compared a hundred times faster than
 * by one query per face. `vectors` holds the face at `faces[i]` from `i * dimension` on. A later bank of the same library has the same
 * faces at the same places, and new ones after them.
 */
export interface FaceBank {
  /** Number of the last journal entry that it knows of. */
  readonly journalSeq: bigint;
  readonly spaceId: string;
  /** Its name. */
  readonly space: string;
  /** What the vectors were multiplied with when they were read. */
  readonly scale: number;
  readonly dimension: number;
  readonly faces: readonly FaceFacts[];
  readonly vectors: Float32Array;
  /** Along which vectors are compared coarsely first; null where that does not pay. The same in a later bank, once there are some. */
  readonly axes: Float64Array | null;
  /** Faces with a name but without a vector in this space, by id: whoever stands in a photo stands there without one, too. */
  readonly withoutVector: ReadonlyMap<string, FaceFacts>;
  /** Of the people whose birth date is known, the youngest first. The same list in a later bank as long as nothing of it changed. */
  readonly births: readonly Birth[];
}

/** Facts are joined from whole tables, however few are read at once. */
const FACTS_PER_READ = 20_000;
const VECTORS_PER_READ = 5_000;

/** Reads everything, after `stamp` was read. */
export async function readBank(
  context: LibraryContext,
  space: ActiveSpace,
  { journalSeq }: LibraryStamp,
  signal?: AbortSignal,
): Promise<FaceBank> {
  const { spaceId, name, scale, dimension } = space;
  const unmatched = new Map<string, FaceFacts>();
  await partByPart(FACTS_PER_READ, async (next) => {
    const facts = await readFacts(context, next, signal);
    for (const face of facts) unmatched.set(face.faceId, face);
    return facts.map(({ faceId }) => faceId);
  });
  const faces: FaceFacts[] = [];
  const parts: Float32Array[] = [];
  await partByPart(VECTORS_PER_READ, async (next) => {
    const vectors = await readVectors(context, space, next, signal);
    const part = new Float32Array(vectors.length * dimension);
    let filled = 0;
    for (const { faceId, vector } of vectors) {
      const face = unmatched.get(faceId);
      // It came since the facts were read: the next reading tells.
      if (!face) continue;
      unmatched.delete(faceId);
      faces.push(face);
      part.set(vector, filled);
      filled += dimension;
    }
    parts.push(part.subarray(0, filled));
    return vectors.map(({ faceId }) => faceId);
  });
  const withoutVector = new Map([...unmatched].filter(([, face]) => isNamed(face)));
  const births = await readBirths(context);
  const vectors = concatenated(parts);
  const axes = await coarseAxes(vectors, dimension, signal);
  return { journalSeq, spaceId, space: name, scale, dimension, faces, vectors, axes, withoutVector, births };
}

/** Of the people whose birth date is known, the youngest first. */
export async function readBirths(context: LibraryContext): Promise<Birth[]> {
  const { rows } = await sql<Birth>`
    SELECT person_id AS "personId", birth_date::text AS date FROM people
    WHERE library_id = ${context.libraryId} AND birth_date IS NOT NULL ORDER BY birth_date DESC, person_id`.execute(context.db);
  return rows;
}

/** Calls `read` with SQL for the next so many faces by id, until it gives fewer ids than that. */
async function partByPart(size: number, read: (next: RawBuilder<unknown>) => Promise<string[]>): Promise<void> {
  let after = LOWEST_ID;
  for (let isMore = true; isMore; ) {
    const faceIds = await read(sql`face_id > ${after}::uuid ORDER BY face_id LIMIT ${size}`);
    after = faceIds.at(-1) ?? after;
    isMore = faceIds.length === size;
  }
}

export function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}

/** Place of each face by its id. A later bank has the same faces at the same places. */
const placesOfBanks = new WeakMap<readonly FaceFacts[], ReadonlyMap<string, number>>();

/** Where a face stands in the bank; null when it has no vector in this space. */
export function placeOf({ faces }: FaceBank, faceId: string): number | null {
  const known = placesOfBanks.get(faces) ?? new Map(faces.map((face, i) => [face.faceId, i]));
  placesOfBanks.set(faces, known);
  return known.get(faceId) ?? null;
}

/** The vector of a face of the bank. */
export function vectorOf({ vectors, dimension }: FaceBank, index: number): Float32Array {
  return vectors.subarray(index * dimension, (index + 1) * dimension);
}
