import { sql } from 'kysely';
import { activeSpace } from '../../library/active-space.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { SplitProposal } from '../../model/people.ts';
import { readVector } from '../../values/vector-codec.ts';
import { cutInTwo, type FacesToCut } from './cut-in-two.ts';
import { findSurvivor } from './find-survivor.ts';

/**
 * Mean silhouettes of the best cuts, dlib's vectors of Labeled Faces in the Wild, December 2026 (`bench/identity/measure-split.ts`): 95 %
 * of 315 people are below 0.26, and 1 % of 300 mixtures with but three faces of the second; 99 % of the people are below 0.33, and 5 %
 * of the mixtures.
 */
const ONE_PERSON_BELOW = 0.26;
const TWO_PEOPLE_FROM = 0.33;

export async function proposeSplit(
  context: LibraryContext,
  givenId: string,
  options: { signal?: AbortSignal },
): Promise<SplitProposal | null> {
  const { personId } = await findSurvivor(context, givenId);
  const faces = await readFacesOf(context, personId, options.signal);
  const cut = faces && cutInTwo(faces);
  if (!faces || !cut) return null;
  const [one, other] = [0, 1].map((half) => faces.faceIds.filter((_, row) => cut.halves[row] === half)) as [string[], string[]];
  const { silhouette } = cut;
  return { parts: other.length > one.length ? [other, one] : [one, other], silhouette, looksLike: whatItLooksLike(silhouette) };
}

function whatItLooksLike(silhouette: number): SplitProposal['looksLike'] {
  if (silhouette < ONE_PERSON_BELOW) return 'one_person';
  return silhouette < TWO_PEOPLE_FROM ? 'unclear' : 'two_people';
}

/** What was said to be the person, by vectors of the active space; null for a library without one. */
async function readFacesOf(
  context: LibraryContext,
  personId: string,
  signal: AbortSignal | undefined,
): Promise<(FacesToCut & { faceIds: string[] }) | null> {
  const space = await activeSpace(context);
  if (!space) return null;
  const { rows } = await sql<{ faceId: string; photoId: string; vector: Uint8Array }>`
    SELECT face_id AS "faceId", photo_id AS "photoId", vector_send(embedding) AS vector
    FROM face_labels label JOIN face_embeddings USING (face_id)
    WHERE person_id = ${personId} AND label_source <> 'model_guess' AND space_id = ${space.spaceId}
    ORDER BY face_id`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  const { dimension } = space;
  const vectors = new Float32Array(rows.length * dimension);
  for (const [row, { vector }] of rows.entries()) vectors.set(readVector(vector), row * dimension);
  return { faceIds: rows.map(({ faceId }) => faceId), photoIds: rows.map(({ photoId }) => photoId), vectors, dimension };
}
