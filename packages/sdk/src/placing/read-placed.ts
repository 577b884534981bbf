import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';

/** The `method` in the provenance of labels that were placed. */
export const PLACING_METHOD = 'names of photos';

/** Faces whose label an earlier placing set, and nobody touched since. */
export async function readPlacedFaces(context: LibraryContext): Promise<Set<string>> {
  const { rows } = await sql<{ faceId: string }>`
    SELECT label.face_id AS "faceId" FROM face_labels label JOIN identity_events event USING (event_id)
    WHERE label.library_id = ${context.libraryId} AND label.label_source <> 'human_confirmed'
      AND event.provenance ->> 'method' = ${PLACING_METHOD}`.execute(context.db);
  return new Set(rows.map(({ faceId }) => faceId));
}

/** By face, the people whose placed label somebody took off it: that is a person's word, but for an undo, which only takes back. */
export async function readTakenOff(context: LibraryContext): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ faceId: string; personId: string }>`
    SELECT DISTINCT cleared.face_id AS "faceId", cleared.person_id AS "personId" FROM identity_events cleared
    WHERE cleared.library_id = ${context.libraryId} AND cleared.kind = 'label_cleared' AND cleared.undoes IS NULL
      AND cleared.provenance = '{}' AND EXISTS (
        SELECT FROM identity_events event WHERE event.face_id = cleared.face_id AND event.person_id = cleared.person_id
          AND event.kind = 'label_set' AND event.seq < cleared.seq AND event.provenance ->> 'method' = ${PLACING_METHOD})`.execute(
    context.db,
  );
  const byFace = Map.groupBy(rows, ({ faceId }) => faceId);
  return new Map([...byFace].map(([faceId, taken]) => [faceId, new Set(taken.map(({ personId }) => personId))]));
}
