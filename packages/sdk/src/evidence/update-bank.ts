import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { LibraryChanges } from '../library/library-changes.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { coarseAxes } from './coarse-vectors.ts';
import { isNamed } from './evidence-rules.ts';
import { concatenated, type FaceBank, readBirths, vectorOf } from './face-bank.ts';
import { type FaceFacts, readFacts } from './face-facts.ts';
import { readVectors, type ScaledSpace } from './read-vectors.ts';

const FACES_PER_READ = 5_000;

/** What was read again of changed faces, by id. A changed face without facts is gone. */
interface News {
  readonly facts: ReadonlyMap<string, FaceFacts>;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/**
 * The bank as of the changes: only the faces they speak of are read again. Faces about which something else is known now, or whose
 * vector is another, are other objects than before; all others are the same.
 */
export async function updateBank(context: LibraryContext, bank: FaceBank, changes: LibraryChanges): Promise<FaceBank> {
  const births = await readBirths(context);
  const isSameBirths = isDeepStrictEqual(births, bank.births);
  const later = withNews(bank, changes, await readNews(context, bank, changes));
  const axes = bank.axes ?? (await coarseAxes(later.vectors, later.dimension));
  return { ...later, axes, births: isSameBirths ? bank.births : births };
}

async function readNews(context: LibraryContext, space: ScaledSpace, changes: LibraryChanges): Promise<News> {
  const facts = new Map<string, FaceFacts>();
  const vectors = new Map<string, Float32Array>();
  const [faceIds, photoIds] = [[...changes.faceIds], [...changes.photoIds]];
  for (let start = 0; start < Math.max(faceIds.length, photoIds.length); start += FACES_PER_READ) {
    const [faces, photos] = [faceIds, photoIds].map((ids) => ids.slice(start, start + FACES_PER_READ));
    const read = await readFacts(context, sql`(face_id = ANY (${faces}::uuid[]) OR photo_id = ANY (${photos}::uuid[]))`);
    for (const face of read) facts.set(face.faceId, face);
    const which = sql`face_id = ANY (${read.map(({ faceId }) => faceId)}::uuid[])`;
    for (const { faceId, vector } of await readVectors(context, space, which)) vectors.set(faceId, vector);
  }
  return { facts, vectors };
}

function withNews(bank: FaceBank, { stamp, faceIds }: LibraryChanges, { facts, vectors: read }: News): FaceBank {
  const { dimension } = bank;
  const [changedVectors, known] = [new Map<number, Float32Array>(), new Set<string>()];
  const faces = bank.faces.map((former, index) => {
    const face = facts.get(former.faceId);
    const vector = read.get(former.faceId);
    if (!face || !vector) return face || faceIds.has(former.faceId) ? gone(former) : former;
    known.add(former.faceId);
    if (!isSame(vector, vectorOf(bank, index))) changedVectors.set(index, vector);
    return face;
  });
  const added = [...read.keys()].filter((faceId) => !known.has(faceId)).sort();
  const isSameVectors = changedVectors.size === 0 && added.length === 0;
  // Whoever still works with the former bank keeps its vectors.
  const vectors = isSameVectors ? bank.vectors : concatenated([bank.vectors, ...added.map((faceId) => read.get(faceId)!)]);
  for (const [index, vector] of changedVectors) vectors.set(vector, index * dimension);

  const withoutVector = new Map(bank.withoutVector);
  for (const faceId of faceIds) withoutVector.delete(faceId);
  for (const [faceId, face] of facts) {
    if (isNamed(face) && !read.has(faceId)) withoutVector.set(faceId, face);
    else withoutVector.delete(faceId);
  }
  return {
    ...bank,
    journalSeq: stamp.journalSeq,
    faces: [...faces, ...added.map((faceId) => facts.get(faceId)!)],
    vectors,
    withoutVector,
  };
}

/** A face that was deleted, or has no vector in this space any more, keeps its place: it speaks for nobody and is not asked about. */
function gone(face: FaceFacts): FaceFacts {
  return { ...face, isPhotoDeleted: true, personId: null, source: null, rejected: [] };
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => value === b[i]);
}
