import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { photoCondition } from '../catalog/photo-filter.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { findSurvivor } from '../identity/people/find-survivor.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { PhotoFilter } from '../model/photo-filter.ts';
import type { SimilarFace, SimilarFacesOptions } from '../model/search.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { findNearestFaces, type NearestFilter } from './find-nearest-faces.ts';
import { resolveProbe } from './resolve-probe.ts';

const DEFAULT_LIMIT = 20;
export const LARGEST_ANSWER = 200;

const SIMILAR_OPTIONS: KnownNames<SimilarFacesOptions> = {
  faceId: true,
  embedding: true,
  space: true,
  limit: true,
  maxDistance: true,
  personId: true,
  labelled: true,
  shotFrom: true,
  shotTo: true,
  signal: true,
};

/** The faces nearest to a stored face or to an embedding, within its space. */
export async function findSimilarFaces(context: LibraryContext, options: SimilarFacesOptions): Promise<SimilarFace[]> {
  refuseUnknown<SimilarFacesOptions>(options, SIMILAR_OPTIONS, 'the options of search.similarFaces');
  const { maxDistance = Number.POSITIVE_INFINITY, shotFrom, shotTo, signal } = options;
  const limit = checkLimit(options.limit);
  if (typeof maxDistance !== 'number' || !(maxDistance >= 0)) {
    throw InvalidInputError.expected('a number from 0', 'maxDistance', maxDistance);
  }
  signal?.throwIfAborted();
  const probe = await resolveProbe(context, options);
  const filter = nearestFilter(context, { shotFrom, shotTo }, await labelConditions(context, options));
  const faces = await findNearestFaces(context, probe, { limit, filter, signal });
  return faces.filter(({ distance }) => distance <= maxDistance);
}

/** A filter on photos and labels, as the search for nearest faces takes it. */
export function nearestFilter(
  context: LibraryContext,
  photoFilter: PhotoFilter,
  labels: readonly RawBuilder<SqlBool>[] = [],
): NearestFilter {
  const selectsPhotos = Object.values(photoFilter).some((value) => value !== undefined);
  return { photos: photoCondition(context.libraryId, photoFilter), selectsPhotos, labels };
}

export function checkLimit(limit = DEFAULT_LIMIT): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_ANSWER) {
    throw InvalidInputError.expected(`a whole number from 1 to ${LARGEST_ANSWER}`, 'limit', limit);
  }
  return limit;
}

async function labelConditions(
  context: LibraryContext,
  { personId, labelled }: Pick<SimilarFacesOptions, 'personId' | 'labelled'>,
): Promise<RawBuilder<SqlBool>[]> {
  return [
    ...(personId === undefined ? [] : [sql<SqlBool>`label.person_id = ${(await findSurvivor(context, personId)).personId}`]),
    ...(labelled === undefined ? [] : [labelled ? sql<SqlBool>`label.face_id IS NOT NULL` : sql<SqlBool>`label.face_id IS NULL`]),
  ];
}
