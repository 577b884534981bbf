import { sql } from 'kysely';
import { isDatabaseError } from '../database/common/database-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { gatherStatistics } from '../library/gather-statistics.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpaceToSave } from '../model/embedding-space.ts';
import type { Face, FaceFilter, Faces, FaceToSave, LookAtFace } from '../model/faces.ts';
import type { Page } from '../model/page.ts';
import { copyFaces } from '../saving/rows/copy-faces.ts';
import { prepareFace } from '../saving/rows/prepare-photo.ts';
import { refreshPhotos } from '../saving/rows/refresh-photos.ts';
import { ensureSpace } from '../saving/rows/spaces.ts';
import { decodeCursor, encodeCursor, PAGE_OPTIONS, resolvePage } from '../values/cursor.ts';
import { isUuid } from '../values/is-uuid.ts';
import { newId } from '../values/new-id.ts';
import { type KnownNames, refuseUnknown, takingOptions } from '../values/refuse-unknown.ts';
import { readVector } from '../values/vector-codec.ts';
import { createFace, type DrawnFace, moveFace } from './by-hand/draw-face.ts';
import { removeFaces } from './by-hand/remove-faces.ts';
import { selectFaces, toFace } from './face-row.ts';

const ITERATE_BATCH = 200;
const UNIQUE_VIOLATION = '23505';

type ListOptions = NonNullable<Parameters<Faces['list']>[0]>;
type IterateOptions = NonNullable<Parameters<Faces['iterate']>[0]>;
type EmbeddingOptions = NonNullable<Parameters<Faces['embedding']>[1]>;

const FACE_FILTER: KnownNames<FaceFilter> = { photoId: true, personId: true, labelled: true };
const LIST_OPTIONS: KnownNames<ListOptions> = { ...PAGE_OPTIONS, ...FACE_FILTER, ignored: true };
const LOOK_OPTIONS: KnownNames<LookAtFace> = { analyzer: true, image: true, signal: true };
const CREATE_OPTIONS: KnownNames<Parameters<Faces['create']>[0]> = {
  photoId: true,
  box: true,
  personId: true,
  allowSamePhoto: true,
  actor: true,
  ...LOOK_OPTIONS,
};
const MOVE_OPTIONS: KnownNames<Parameters<Faces['move']>[0]> = {
  faceId: true,
  box: true,
  actor: true,
  revision: true,
  ...LOOK_OPTIONS,
};
const ITERATE_OPTIONS: KnownNames<IterateOptions> = { ...FACE_FILTER, signal: true, batchSize: true };

/** The faces of a library. */
export function createFaces(context: LibraryContext): Faces {
  const find = (faceId: string) => findFace(context, faceId);
  const get = async (faceId: string) => (await find(faceId)) ?? notFound(faceId);
  const changed = async ({ faceId, ...change }: DrawnFace) => ({ ...(await get(faceId)), ...change });
  return {
    find,
    get,
    async embedding(faceId, options = {}) {
      refuseUnknown<EmbeddingOptions>(options, { space: true }, 'the options of faces.embedding');
      return getEmbedding(context, faceId, options.space);
    },
    crop: (faceId) => getCrop(context, faceId),
    list: (options = {}) => listFaces(context, options),
    iterate: (options = {}) => iterateFaces(context, options),
    saveMany: (rows, space) => saveManyFaces(context, rows, space),
    create: takingOptions('faces.create', CREATE_OPTIONS, async (options) => changed(await createFace(context, options))),
    move: takingOptions('faces.move', MOVE_OPTIONS, async (options) => changed(await moveFace(context, options))),
    remove: takingOptions('faces.remove', { faceIds: true, revisions: true, actor: true }, (options) =>
      removeFaces(context, options),
    ),
  };
}

/** The faces of one photo, from left to right. */
export async function listFacesOfPhoto(context: LibraryContext, photoId: string): Promise<Face[]> {
  const rows = await selectFaces(context)
    .where('faces.photo_id', '=', photoId)
    .orderBy(sql`bbox_x, bbox_y, faces.face_id`)
    .execute();
  return rows.map(toFace);
}

function notFound(faceId: string): never {
  throw new NotFoundError('face', faceId);
}

async function findFace(context: LibraryContext, faceId: string): Promise<Face | null> {
  if (!isUuid(faceId)) return null;
  const row = await selectFaces(context).where('faces.face_id', '=', faceId).executeTakeFirst();
  return row ? toFace(row) : null;
}

async function getEmbedding(context: LibraryContext, faceId: string, space: string | undefined) {
  if (!isUuid(faceId)) notFound(faceId);
  const row = await context.db
    .selectFrom('face_embeddings')
    .innerJoin('embedding_spaces', 'embedding_spaces.space_id', 'face_embeddings.space_id')
    .select(['face_embeddings.space_id', 'embedding_spaces.name', sql<Uint8Array>`vector_send(embedding)`.as('bytes')])
    .where('face_id', '=', faceId)
    .where('face_embeddings.library_id', '=', context.libraryId)
    .where(isSpace(context, space))
    .executeTakeFirst();
  if (row) return { spaceId: row.space_id, space: row.name, embedding: readVector(row.bytes) };
  if (!(await findFace(context, faceId))) notFound(faceId);
  throw new NotFoundError('space', space ?? 'active', {
    message: `Face ${faceId} has no vector in ${space === undefined ? 'the active space' : `space '${space}'`}.`,
    remedy: 'Fill the space (spaces.fill), or name another one.',
  });
}

/** By name or id; without one, the active space. */
function isSpace({ libraryId }: LibraryContext, space: string | undefined) {
  if (space === undefined) {
    return sql<boolean>`face_embeddings.space_id = (SELECT space_id FROM active_spaces WHERE library_id = ${libraryId})`;
  }
  return isUuid(space) ? sql<boolean>`face_embeddings.space_id = ${space}` : sql<boolean>`embedding_spaces.name = ${space}`;
}

async function getCrop(context: LibraryContext, faceId: string): Promise<{ bytes: Uint8Array; mime: string } | null> {
  if (!isUuid(faceId)) notFound(faceId);
  const row = await context.db
    .selectFrom('faces')
    .select('bitmap')
    .where('face_id', '=', faceId)
    .where('library_id', '=', context.libraryId)
    .executeTakeFirst();
  if (!row) notFound(faceId);
  return row.bitmap && { bytes: row.bitmap, mime: imageMime(row.bitmap) };
}

/** Crops are WebP, JPEG or PNG: their first bytes tell. */
function imageMime(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png';
  return 'image/webp';
}

async function listFaces(context: LibraryContext, options: ListOptions): Promise<Page<Face>> {
  refuseUnknown<ListOptions>(options, LIST_OPTIONS, 'the options of faces.list');
  const { limit, offset } = resolvePage(options);
  const { photoId, personId, labelled, ignored, cursor } = options;
  const after = cursor === undefined ? undefined : requireUuid(decodeCursor(cursor, 'faces', 1)[0]!, 'cursor');
  const rows = await selectFaces(context, { after })
    .$if(photoId !== undefined, (query) => query.where('faces.photo_id', '=', requireUuid(photoId!, 'photoId')))
    .$if(personId !== undefined, (query) => query.where('label.person_id', '=', requireUuid(personId!, 'personId')))
    .$if(labelled !== undefined, (query) => query.where('label.face_id', labelled ? 'is not' : 'is', null))
    .$if(ignored !== undefined, (query) => query.where('ignored', '=', ignored!))
    .orderBy('faces.face_id')
    .limit(limit + 1)
    .offset(offset)
    .execute({ signal: options.signal, inflightQueryAbortStrategy: 'cancel query' });
  const items = rows.slice(0, limit).map(toFace);
  return { items, nextCursor: rows.length > limit ? encodeCursor('faces', [items.at(-1)!.faceId]) : null };
}

async function* iterateFaces(
  context: LibraryContext,
  options: FaceFilter & { signal?: AbortSignal; batchSize?: number },
): AsyncGenerator<Face> {
  refuseUnknown<IterateOptions>(options, ITERATE_OPTIONS, 'the options of faces.iterate');
  const { batchSize = ITERATE_BATCH, ...filter } = options;
  let cursor: string | undefined;
  do {
    const page: Page<Face> = await listFaces(context, { ...filter, limit: batchSize, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

async function saveManyFaces(
  context: LibraryContext,
  rows: readonly { photoId: string; face: FaceToSave }[],
  space: EmbeddingSpaceToSave | null,
): Promise<string[]> {
  return context.transaction(async (transaction) => {
    const photoIds = [...new Set(rows.map((row) => requireUuid(row.photoId, 'photoId')))];
    const photos = await transaction.db
      .selectFrom('photos')
      .select(['photo_id', 'width', 'height'])
      .where('library_id', '=', context.libraryId)
      .where(sql<boolean>`photo_id = ANY (${photoIds}::uuid[])`)
      .orderBy('photo_id')
      .forUpdate()
      .execute();
    const sizes = new Map(photos.map((photo) => [photo.photo_id, photo]));
    const vectorSpace = space && { spaceId: await ensureSpace(transaction, space), dimension: space.dimension };
    const prepared = rows.map(({ photoId, face }) => {
      const photo = sizes.get(photoId) ?? notFoundPhoto(photoId);
      return { faceId: newId(), photoId, face: prepareFace(face, photo, space), space: vectorSpace };
    });
    try {
      await copyFaces(transaction, prepared, null);
    } catch (error) {
      if (!isDatabaseError(error, UNIQUE_VIOLATION)) throw error;
      throw new InvalidInputError('One of the faces is stored already, with the same box and detector.', { cause: error });
    }
    await refreshPhotos(transaction, photoIds);
    await gatherStatistics(transaction, 'photos', prepared.length);
    return prepared.map(({ faceId }) => faceId);
  });
}

function notFoundPhoto(photoId: string): never {
  throw new NotFoundError('photo', photoId);
}

function requireUuid(text: string, name: string): string {
  if (!isUuid(text)) throw InvalidInputError.expected('an id', name, text);
  return text;
}
