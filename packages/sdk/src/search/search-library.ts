import { sql } from 'kysely';
import { PHOTO_FILTER, photoCondition, textRank } from '../catalog/photo-filter.ts';
import { photoColumns, toPhoto } from '../catalog/photo-row.ts';
import { parseTextQuery } from '../catalog/text-query.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { listPeople } from '../identity/people/list-people.ts';
import { DLIB_SAME_PERSON_DISTANCE, spaceInUse } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Person } from '../model/people.ts';
import type { PhotoFilter } from '../model/photo-filter.ts';
import type { Photo } from '../model/photos.ts';
import type { SearchHit, SearchOptions, SimilarFace } from '../model/search.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { findNearestFaces } from './find-nearest-faces.ts';
import { checkLimit, LARGEST_ANSWER, nearestFilter } from './find-similar-faces.ts';
import { fuseRanks } from './fuse-ranks.ts';
import { resolveProbe } from './resolve-probe.ts';

const SEARCH_OPTIONS: KnownNames<SearchOptions> = {
  q: true,
  faceId: true,
  embedding: true,
  space: true,
  limit: true,
  filter: true,
  signal: true,
};

/**
 * People and photos by words, photos by a face near the given one, mixed by reciprocal rank fusion: what both ways find comes before
 * what one way finds. A photo found by its words is a `photo` hit (with the near face, if it has one), a photo found by its face
 * alone a `face` hit.
 */
export async function searchLibrary(context: LibraryContext, options: SearchOptions): Promise<SearchHit[]> {
  refuseUnknown<SearchOptions>(options, SEARCH_OPTIONS, 'the options of search.search');
  refuseUnknown<PhotoFilter>(options.filter ?? {}, PHOTO_FILTER, 'the filter of search.search');
  const { q = '', faceId, embedding, filter = {}, signal } = options;
  const limit = checkLimit(options.limit);
  const words = q.trim();
  const hasProbe = faceId !== undefined || embedding !== undefined;
  if (words === '' && !hasProbe) throw InvalidInputError.expected('words or a face', 'the search', q);
  signal?.throwIfAborted();

  const people =
    words === '' ? [] : (await listPeople(context, { q: words, limit: LARGEST_ANSWER, order: 'faces', signal })).items;
  const byWords = words === '' ? [] : await findPhotosByWords(context, words, filter, signal);
  const byFace = hasProbe ? await findPhotosByFace(context, options) : [];
  const photos = await readPhotos(context, [...byWords, ...byFace.map(({ face }) => face.photoId)]);
  const nearFaces = new Map(byFace.map((similar) => [similar.face.photoId, similar]));

  const scores = fuseRanks([people.map(({ personId }) => personId), byWords, byFace.map(({ face }) => face.photoId)]);
  const hits = [
    ...people.map((person) => personHit(person, words, scores.get(person.personId)!)),
    ...[...photos.values()].map((photo) =>
      photoHit(
        photo,
        byWords.includes(photo.photoId) ? words : null,
        nearFaces.get(photo.photoId) ?? null,
        scores.get(photo.photoId)!,
      ),
    ),
  ];
  return hits.sort((a, b) => b.score - a.score || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)).slice(0, limit);
}

/** Of equal places, people come first: they are few, and a name is what was typed. */
const ORDER: readonly SearchHit['kind'][] = ['person', 'photo', 'face'];

/** Ids, the best fitting first. Words that only a person's name has rank a photo below those of its own text. */
async function findPhotosByWords(
  context: LibraryContext,
  words: string,
  filter: PhotoFilter,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const query = parseTextQuery(words);
  if (!query) return [];
  const rows = await context.db
    .selectFrom('photos')
    .select('photo_id')
    .where(photoCondition(context.libraryId, { ...filter, q: words }))
    .orderBy(sql`${textRank(query)} DESC, photos.sort_ts DESC, photos.photo_id DESC`)
    .limit(LARGEST_ANSWER)
    .execute({ signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows.map((row) => row.photo_id);
}

/** The nearest face of each photo that has one as near as faces of one person are, nearest first. */
async function findPhotosByFace(context: LibraryContext, options: SearchOptions): Promise<SimilarFace[]> {
  const probe = await resolveProbe(context, options);
  const faces = await findNearestFaces(context, probe, {
    limit: LARGEST_ANSWER,
    filter: nearestFilter(context, options.filter ?? {}),
    signal: options.signal,
  });
  const { scale } = (await spaceInUse(context, probe.spaceId))!;
  const nearestOf = new Map<string, SimilarFace>();
  for (const similar of faces) {
    if (similar.distance * scale <= DLIB_SAME_PERSON_DISTANCE && !nearestOf.has(similar.face.photoId))
      nearestOf.set(similar.face.photoId, similar);
  }
  return [...nearestOf.values()];
}

async function readPhotos(context: LibraryContext, photoIds: readonly string[]): Promise<Map<string, Photo>> {
  if (photoIds.length === 0) return new Map();
  const rows = await context.db
    .selectFrom('photos')
    .select(photoColumns)
    .where(sql<boolean>`photo_id = ANY (${[...photoIds]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.photo_id, toPhoto(row)]));
}

function personHit(person: Person, words: string, score: number): SearchHit {
  return { kind: 'person', photo: null, face: null, person, score, reason: `name has "${words}"` };
}

function photoHit(photo: Photo, words: string | null, near: SimilarFace | null, score: number): SearchHit {
  const reasons = [
    ...(words === null ? [] : [`words "${words}"`]),
    ...(near === null ? [] : [`a face at distance ${near.distance.toFixed(3)}`]),
  ];
  return {
    kind: words === null ? 'face' : 'photo',
    photo,
    face: near?.face ?? null,
    person: null,
    score,
    reason: reasons.join(' and '),
  };
}
