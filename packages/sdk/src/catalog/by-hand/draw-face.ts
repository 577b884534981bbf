import { sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { NotFoundError } from '../../errors/not-found-error.ts';
import { changeIdentity, lockIdentity } from '../../identity/change-identity.ts';
import type { FaceState } from '../../identity/identity-change.ts';
import { confirmFaces } from '../../identity/labelling/confirm-faces.ts';
import { readFacesToChange } from '../../identity/read-faces.ts';
import { revisionOf } from '../../identity/revisions.ts';
import { unlessRelabelled } from '../../identity/unless-changed.ts';
import { gatherStatistics } from '../../library/gather-statistics.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FaceBox } from '../../model/face-box.ts';
import type { Faces } from '../../model/faces.ts';
import type { LabelChange } from '../../model/labels.ts';
import { prepareBox } from '../../saving/rows/prepare-photo.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { newId } from '../../values/new-id.ts';
import { type DrawnPhoto, type FaceLook, lookAtFace, saveLook } from './look-at-face.ts';

/** A change of one face, which is made by it or was there. */
export interface DrawnFace extends LabelChange {
  readonly faceId: string;
}

/** Draws a face, looks at it, and names it: one batch of one transaction. */
export async function createFace(context: LibraryContext, options: Parameters<Faces['create']>[0]): Promise<DrawnFace> {
  const { photoId, personId, allowSamePhoto, actor } = options;
  const photo = await readPhoto(context, photoId);
  const box = prepareBox(options.box, photo);
  const look = await lookAtFace(context, photo, box, options);
  const [faceId, batchId] = [newId(), newId()];
  return context.transaction(async (transaction) => {
    const decide = async () => {
      const { width, height } = await lockPhoto(transaction, photo);
      await refuseTaken(transaction, { photoId: photo.photoId, box, faceId });
      const after: FaceState = { photoId: photo.photoId, source: 'manual', box, image: { width, height } };
      return [{ subject: 'face' as const, faceId, before: null, after }];
    };
    let { events } = await changeIdentity(transaction, actor, decide, batchId);
    await finish(transaction, faceId, look);
    if (personId !== undefined) {
      const confirmed = await confirmFaces(transaction, { faceIds: [faceId], personId, allowSamePhoto, actor, batchId });
      events += confirmed.events;
    }
    return { faceId, batchId, events };
  });
}

/** Moves a face to another box, where it stays in every later run. */
export async function moveFace(context: LibraryContext, options: Parameters<Faces['move']>[0]): Promise<DrawnFace> {
  const { actor, revision } = options;
  const faceId = String(options.faceId).toLowerCase();
  const photo = await readPhotoOf(context, faceId);
  const box = prepareBox(options.box, photo);
  const look = await lookAtFace(context, photo, box, options);
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const { width, height } = await lockPhoto(transaction, photo);
    const decide = async (inner: LibraryContext) => {
      const before = (await readFacesToChange(inner, [faceId])).get(faceId);
      if (!before) throw new NotFoundError('face', faceId);
      if (isSameBox(before.box, box)) return [];
      await refuseTaken(inner, { photoId: photo.photoId, box, faceId });
      const after: FaceState = { ...before, source: 'manual', box, image: { width, height } };
      return [{ subject: 'face' as const, faceId, before, after }];
    };
    const change = await changeIdentity(transaction, actor, unlessRelabelled(revisionOf(faceId, revision), decide));
    if (change.events > 0) await finish(transaction, faceId, look);
    return { ...change, faceId };
  });
}

async function finish(context: LibraryContext, faceId: string, look: FaceLook | null): Promise<void> {
  if (look) await saveLook(context, faceId, look);
  await gatherStatistics(context, 'photos', 1);
}

async function readPhoto({ db, libraryId }: LibraryContext, photoId: string): Promise<DrawnPhoto> {
  const photo = isUuid(photoId)
    ? await db
        .selectFrom('photos')
        .select(['photo_id as photoId', 'mime', 'width', 'height'])
        .where('library_id', '=', libraryId)
        .where('photo_id', '=', photoId)
        .where('deleted_ts', 'is', null)
        .executeTakeFirst()
    : undefined;
  if (!photo) throw new NotFoundError('photo', photoId);
  return photo;
}

async function readPhotoOf(context: LibraryContext, faceId: string): Promise<DrawnPhoto> {
  const face = isUuid(faceId)
    ? await context.db
        .selectFrom('faces')
        .select('photo_id')
        .where('library_id', '=', context.libraryId)
        .where('face_id', '=', faceId)
        .executeTakeFirst()
    : undefined;
  if (!face) throw new NotFoundError('face', faceId);
  return readPhoto(context, face.photo_id);
}

/** Throws InvalidInputError for a picture that has another size by now: the box was drawn on another one. */
async function lockPhoto({ db }: LibraryContext, { photoId, width, height }: DrawnPhoto): Promise<DrawnPhoto> {
  const { rows } = await sql<DrawnPhoto>`
    SELECT photo_id AS "photoId", mime, width, height FROM photos WHERE photo_id = ${photoId} FOR NO KEY UPDATE`.execute(db);
  const [now] = rows;
  if (!now) throw new NotFoundError('photo', photoId);
  if (now.width === width && now.height === height) return now;
  throw new InvalidInputError(`Photo ${photoId} is of ${now.width} x ${now.height} pixels now, not ${width} x ${height}.`, {
    remedy: 'Draw the box on the photo as it is.',
  });
}

async function refuseTaken(
  { db }: LibraryContext,
  { photoId, box, faceId }: { photoId: string; box: FaceBox; faceId: string },
): Promise<void> {
  const other = await db
    .selectFrom('faces')
    .select('face_id')
    .where('photo_id', '=', photoId)
    .where('face_id', '<>', faceId)
    .where('bbox_x', '=', box.x)
    .where('bbox_y', '=', box.y)
    .where('bbox_w', '=', box.width)
    .where('bbox_h', '=', box.height)
    .executeTakeFirst();
  if (other) throw new InvalidInputError(`Face ${other.face_id} stands in this very box already.`);
}

export function isSameBox(a: FaceBox, b: FaceBox): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
