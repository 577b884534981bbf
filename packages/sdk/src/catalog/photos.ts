import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Page } from '../model/page.ts';
import type { PersonOfPhoto, Photo, PhotoFile, Photos } from '../model/photos.ts';
import { preparePhoto } from '../saving/rows/prepare-photo.ts';
import { savePhotos } from '../saving/save-photos.ts';
import { decodeCursor, encodeCursor, PAGE_OPTIONS, resolvePage } from '../values/cursor.ts';
import { isUuid } from '../values/is-uuid.ts';
import { joinPathBytes } from '../values/join-path-bytes.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { listFacesOfPhoto } from './faces.ts';
import { readPeopleOnPhotos } from './people-of-photos.ts';
import { PHOTO_FILTER, photoCondition } from './photo-filter.ts';
import { findMetadata } from './photo-metadata.ts';
import { readPlaces } from './photo-places.ts';
import { photoColumns, sortTimeText, toPhoto } from './photo-row.ts';
import { readTimeline } from './timeline.ts';

/** Rows per round trip of `iterate`. */
const ITERATE_BATCH = 200;
const SHA256_HEX = /^[0-9a-f]{64}$/i;

type ListOptions = NonNullable<Parameters<Photos['list']>[0]>;
type PhotoOrder = NonNullable<ListOptions['order']>;
type IterateOptions = NonNullable<Parameters<Photos['iterate']>[0]>;
type SaveOptions = NonNullable<Parameters<Photos['saveAnalyzed']>[1]>;

const LIST_OPTIONS: KnownNames<ListOptions> = { ...PAGE_OPTIONS, ...PHOTO_FILTER, order: true };
const ITERATE_OPTIONS: KnownNames<IterateOptions> = { ...PHOTO_FILTER, signal: true, batchSize: true };
const SAVE_OPTIONS: KnownNames<SaveOptions> = { runId: true, signal: true };

/** The photos of a library. */
export function createPhotos(context: LibraryContext): Photos {
  const find = (photoId: string) => findPhoto(context, photoId);
  const get = async (photoId: string) => (await find(photoId)) ?? notFound(photoId);
  return {
    find,
    get,
    findBySha256: (sha256) => findBySha256(context, sha256),
    async getWithFaces(photoId) {
      const photo = await get(photoId);
      return {
        ...photo,
        faces: await listFacesOfPhoto(context, photoId),
        people: await listPeopleOfPhoto(context, photoId),
        files: await listFiles(context, photoId),
      };
    },
    metadata: async (photoId) => (await findMetadata(context, photoId)) ?? notFound(photoId),
    list: (options = {}) => listPhotos(context, options),
    people: (photoIds, options = {}) => readPeopleOnPhotos(context, photoIds, options),
    places: (options) => readPlaces(context, options),
    timeline: (options = {}) => readTimeline(context, options),
    iterate: (options = {}) => iteratePhotos(context, options),
    async files(photoId) {
      await get(photoId);
      return listFiles(context, photoId);
    },
    async saveAnalyzed(batch, options = {}) {
      refuseUnknown<SaveOptions>(options, SAVE_OPTIONS, 'the options of photos.saveAnalyzed');
      options.signal?.throwIfAborted();
      const photos = batch.map((analyzed) => ({ photo: preparePhoto(analyzed) }));
      return savePhotos(context, photos, { runId: options.runId });
    },
  };
}

function notFound(photoId: string): never {
  throw new NotFoundError('photo', photoId);
}

function listPeopleOfPhoto(context: LibraryContext, photoId: string): Promise<PersonOfPhoto[]> {
  return context.db
    .selectFrom('photo_labels')
    .innerJoin('people', 'people.person_id', 'photo_labels.person_id')
    .select(['people.person_id as personId', 'display_name as displayName', 'photo_labels.event_id as eventId'])
    .where('photo_labels.photo_id', '=', photoId)
    .orderBy('display_name')
    .orderBy('people.person_id')
    .execute();
}

function selectPhotos(context: LibraryContext) {
  return context.db
    .selectFrom('photos')
    .select(photoColumns)
    .where('photos.library_id', '=', context.libraryId)
    .where('deleted_ts', 'is', null);
}

async function findPhoto(context: LibraryContext, photoId: string): Promise<Photo | null> {
  if (!isUuid(photoId)) return null;
  const row = await selectPhotos(context).where('photo_id', '=', photoId).executeTakeFirst();
  return row ? toPhoto(row) : null;
}

async function findBySha256(context: LibraryContext, sha256: Uint8Array | string): Promise<Photo | null> {
  const hex = typeof sha256 === 'string' ? sha256 : Buffer.from(sha256).toString('hex');
  if (!SHA256_HEX.test(hex)) throw InvalidInputError.expected('32 bytes or 64 hex digits', 'sha256', sha256);
  const row = await selectPhotos(context).where('sha256', '=', Buffer.from(hex, 'hex')).executeTakeFirst();
  return row ? toPhoto(row) : null;
}

async function listPhotos(context: LibraryContext, options: ListOptions): Promise<Page<Photo>> {
  refuseUnknown<ListOptions>(options, LIST_OPTIONS, 'the options of photos.list');
  const page = await fetchPage(context, options);
  const { total } = await context.db
    .selectFrom('photos')
    .select(sql<number>`count(*)::int`.as('total'))
    .where(photoCondition(context.libraryId, options))
    .executeTakeFirstOrThrow({ signal: options.signal, inflightQueryAbortStrategy: 'cancel query' });
  return { ...page, total };
}

async function fetchPage(context: LibraryContext, options: ListOptions): Promise<Page<Photo>> {
  const { limit, offset } = resolvePage(options);
  const { order = 'newest', cursor, signal } = options;
  if (!Object.hasOwn(ORDER_BY, order)) throw InvalidInputError.expected("'newest', 'oldest' or 'added'", 'order', order);
  const rows = await context.db
    .selectFrom('photos')
    .select([...photoColumns, sortTimeText.as('sort_key')])
    .where(photoCondition(context.libraryId, options))
    .$if(cursor !== undefined, (query) => query.where(afterCursor(order, cursor!)))
    .orderBy(ORDER_BY[order])
    .limit(limit + 1)
    .offset(offset)
    .execute({ signal, inflightQueryAbortStrategy: 'cancel query' });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toPhoto),
    nextCursor: rows.length > limit && last ? encodeCursor(order, cursorKeys(order, last)) : null,
  };
}

const ORDER_BY = {
  newest: sql`photos.sort_ts DESC, photos.photo_id DESC`,
  oldest: sql`photos.sort_ts, photos.photo_id`,
  // Ids are made in the order of time.
  added: sql`photos.photo_id DESC`,
} satisfies Record<PhotoOrder, unknown>;

function cursorKeys(order: PhotoOrder, row: { sort_key: string; photo_id: string }): string[] {
  return order === 'added' ? [row.photo_id] : [row.sort_key, row.photo_id];
}

function afterCursor(order: PhotoOrder, cursor: string) {
  if (order === 'added') {
    const [photoId] = decodeCursor(cursor, order, 1);
    return sql<boolean>`photos.photo_id < ${requireUuid(photoId!)}::uuid`;
  }
  const [sortTime, photoId] = decodeCursor(cursor, order, 2);
  const direction = order === 'newest' ? sql`<` : sql`>`;
  return sql<boolean>`(photos.sort_ts, photos.photo_id) ${direction} (${requireTime(sortTime!)}::timestamp, ${requireUuid(photoId!)}::uuid)`;
}

function requireUuid(text: string): string {
  if (!isUuid(text)) throw new InvalidInputError('The cursor was tampered with.');
  return text;
}

function requireTime(text: string): string {
  if (!/^\d{4,5}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d+)?$/.test(text)) throw new InvalidInputError('The cursor was tampered with.');
  return text;
}

async function* iteratePhotos(
  context: LibraryContext,
  options: NonNullable<Parameters<Photos['iterate']>[0]>,
): AsyncGenerator<Photo> {
  refuseUnknown<IterateOptions>(options, ITERATE_OPTIONS, 'the options of photos.iterate');
  const { batchSize = ITERATE_BATCH, ...filter } = options;
  let cursor: string | undefined;
  do {
    const page: Page<Photo> = await fetchPage(context, { ...filter, limit: batchSize, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
}

async function listFiles(context: LibraryContext, photoId: string): Promise<PhotoFile[]> {
  const rows = await context.db
    .selectFrom('photo_files')
    .innerJoin('roots', 'roots.root_id', 'photo_files.root_id')
    .select([
      'file_id',
      'roots.label',
      'roots.path_bytes as root_bytes',
      'path',
      'photo_files.path_bytes',
      'size',
      'mtime_ns',
      'kind',
      'missing_since',
    ])
    .where('photo_id', '=', photoId)
    .orderBy(sql`missing_since IS NOT NULL, kind <> 'original', roots.label COLLATE "C", path COLLATE "C"`)
    .execute();
  return rows.map((row) => ({
    fileId: row.file_id,
    root: row.label,
    path: row.path,
    absolutePath: joinPathBytes(row.root_bytes, row.path_bytes),
    size: Number(row.size),
    mtimeNs: row.mtime_ns,
    kind: row.kind,
    missingSince: row.missing_since,
  }));
}
