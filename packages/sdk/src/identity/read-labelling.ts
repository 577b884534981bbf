import { sql } from 'kysely';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IgnoredReason } from '../model/ignored-reason.ts';
import { isUuid } from '../values/is-uuid.ts';
import { type IgnoredState, ignoredState, type LabelState } from './identity-change.ts';

/** One face as far as identities go. */
export interface LabelledFace {
  readonly faceId: string;
  readonly photoId: string;
  readonly ignored: IgnoredState;
  readonly label: LabelState | null;
  /** People that this face is not. */
  readonly rejected: ReadonlySet<string>;
}

/** The asked-for faces, and all faces of their photos. */
export interface Labelling {
  /** In the order asked for, each once. */
  readonly faces: readonly LabelledFace[];
  readonly byPhoto: ReadonlyMap<string, readonly LabelledFace[]>;
}

interface Row {
  faceId: string;
  photoId: string;
  ignored: boolean;
  ignoredReason: IgnoredReason | null;
  personId: string | null;
  source: LabelState['source'];
  confidence: number;
  samePhotoAllowed: boolean;
  rejected: string[];
}

/** What is known about the faces and their photos, in one query. Throws NotFoundError (FACE_NOT_FOUND) for the first unknown one. */
export async function readLabelling(context: LibraryContext, faceIds: readonly string[]): Promise<Labelling> {
  const wanted = [...new Set(faceIds.map((faceId) => faceId.toLowerCase()))];
  const malformed = wanted.find((faceId) => !isUuid(faceId));
  if (malformed !== undefined) throw new NotFoundError('face', malformed);
  const { rows } = await sql<Row>`
    SELECT face.face_id AS "faceId", face.photo_id AS "photoId", face.ignored, face.ignored_reason AS "ignoredReason",
      label.person_id AS "personId",
      label.label_source AS source, label.confidence, label.same_photo_allowed AS "samePhotoAllowed",
      ARRAY(SELECT person_id::text FROM face_rejections rejection WHERE rejection.face_id = face.face_id) AS rejected
    FROM faces face LEFT JOIN face_labels label USING (face_id)
    WHERE face.photo_id IN (
      SELECT photo_id FROM faces WHERE library_id = ${context.libraryId} AND face_id = ANY (${wanted}::uuid[])
    )
    ORDER BY face.face_id`.execute(context.db);
  const byId = new Map(rows.map((row) => [row.faceId, labelledFace(row)]));
  const faces = wanted.map((faceId) => {
    const face = byId.get(faceId);
    if (!face) throw new NotFoundError('face', faceId);
    return face;
  });
  return { faces, byPhoto: Map.groupBy(byId.values(), (face) => face.photoId) };
}

function labelledFace({ faceId, photoId, ignored, ignoredReason, rejected, ...label }: Row): LabelledFace {
  const { personId, source, confidence, samePhotoAllowed } = label;
  return {
    faceId,
    photoId,
    ignored: ignoredState(ignored, ignoredReason),
    label: personId === null ? null : { personId, source, confidence, samePhotoAllowed },
    rejected: new Set(rejected),
  };
}
