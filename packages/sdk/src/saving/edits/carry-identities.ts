import { sql } from 'kysely';
import { changeIdentity } from '../../identity/change-identity.ts';
import { type IdentityChange, PRESENT, REJECTED } from '../../identity/identity-change.ts';
import { PROGRAM } from '../../identity/labelling/create-labels.ts';
import { importLabels } from '../../identity/labelling/import-labels.ts';
import { readLabelling } from '../../identity/read-labelling.ts';
import { scaleOf } from '../../library/active-space.ts';
import type { LibraryContext } from '../../library/library-context.ts';

/**
 * L2 distance, scaled to be like dlib's, below which two faces of one shot are one face. Cutting, turning and recolouring a picture
 * moves a face by 0.1 to 0.3; two people in one picture are rarely nearer than 0.5.
 */
const MOST_DISTANCE = 0.4;

/** A photo, and another state of it. */
export interface PhotoStates {
  readonly from: string;
  readonly to: string;
}

interface FacePair {
  readonly from: string;
  readonly to: string;
}

/**
 * Takes over what people and other programs said of the faces of a photo to the same faces of another state of it, which is a photo of
 * its own: labels as imported, with where they came from; rejections and ignored faces as they are. Guesses are made anew.
 *
 * Faces of which anybody said anything are left alone, so whoever clears or undoes what was taken over is not told it again. Call it
 * within a transaction that holds the identity lock.
 */
export async function carryIdentities(context: LibraryContext, photos: readonly PhotoStates[]): Promise<void> {
  const pairs = await matchFaces(context, photos);
  if (pairs.length === 0) return;
  const { faces } = await readLabelling(
    context,
    pairs.map(({ from }) => from),
  );
  const byId = new Map(faces.map((face) => [face.faceId, face]));
  const labels = pairs.flatMap(({ from, to }) => {
    const { label, photoId } = byId.get(from)!;
    if (label === null || label.source === 'model_guess') return [];
    const { personId, confidence, source } = label;
    return [{ faceId: to, personId, confidence, provenance: { carriedFrom: { photoId, faceId: from, source } } }];
  });
  const others = pairs.flatMap(({ from, to }): IdentityChange[] => {
    const { photoId, rejected, ignored } = byId.get(from)!;
    const provenance = { carriedFrom: { photoId, faceId: from } };
    return [
      ...[...rejected].map((personId) => ({
        subject: 'rejection' as const,
        faceId: to,
        personId,
        before: null,
        after: REJECTED,
        provenance,
      })),
      ...(ignored.ignored
        ? [{ subject: 'ignored' as const, faceId: to, before: { ignored: false }, after: ignored, provenance }]
        : []),
    ];
  });
  await changeIdentity(context, PROGRAM, async () => others);
  await importLabels(context, labels, PROGRAM);
}

/**
 * Takes over who is on a photo without a face to another state of it. Whoever was said to be on that one before, or not, is left alone.
 * Call it within a transaction that holds the identity lock.
 */
export async function carryPhotoLabels(context: LibraryContext, photos: readonly PhotoStates[]): Promise<void> {
  if (photos.length === 0) return;
  const { rows } = await sql<PhotoStates & { personId: string }>`
    SELECT DISTINCT states."from", states."to", person_id AS "personId"
    FROM jsonb_to_recordset(${JSON.stringify(photos)}::jsonb) AS states ("from" uuid, "to" uuid)
      JOIN photo_labels label ON label.photo_id = states."from" AND label.library_id = ${context.libraryId}
    WHERE NOT EXISTS (
      SELECT FROM identity_events event WHERE event.photo_id = states."to" AND event.person_id = label.person_id
    ) ORDER BY 2, 3`.execute(context.db);
  await changeIdentity(context, PROGRAM, async () =>
    rows.map(({ from, to, personId }) => ({
      subject: 'photo',
      photoId: to,
      personId,
      before: null,
      after: PRESENT,
      provenance: { carriedFrom: { photoId: from } },
    })),
  );
}

/** Nearest faces first, each at most once; only those of which something was said and that nobody said anything of yet. */
async function matchFaces(context: LibraryContext, photos: readonly PhotoStates[]): Promise<FacePair[]> {
  if (photos.length === 0) return [];
  const distance = sql`(old_vector.embedding <-> new_vector.embedding) * ${scaleOf(context)}`;
  const { rows } = await sql<FacePair & { isNews: boolean }>`
    SELECT old.face_id AS "from", new.face_id AS "to", (
        old.ignored
        OR EXISTS (SELECT FROM face_labels label WHERE label.face_id = old.face_id AND label.label_source <> 'model_guess')
        OR EXISTS (SELECT FROM face_rejections rejection WHERE rejection.face_id = old.face_id)
      ) AND NOT EXISTS (SELECT FROM identity_events event WHERE event.face_id = new.face_id) AS "isNews"
    FROM jsonb_to_recordset(${JSON.stringify(photos)}::jsonb) AS states ("from" uuid, "to" uuid)
      JOIN faces old ON old.photo_id = states."from" JOIN face_embeddings old_vector ON old_vector.face_id = old.face_id
      JOIN faces new ON new.photo_id = states."to" JOIN face_embeddings new_vector
        ON new_vector.face_id = new.face_id AND new_vector.space_id = old_vector.space_id
      JOIN embedding_spaces space ON space.space_id = old_vector.space_id
    WHERE ${distance} <= ${MOST_DISTANCE}
    ORDER BY ${distance}, old.face_id, new.face_id`.execute(context.db);
  const taken = new Set<string>();
  return rows.filter(({ from, to, isNews }) => {
    if (taken.has(from) || taken.has(to)) return false;
    taken.add(from).add(to);
    return isNews;
  });
}
