import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { PhotoFilter } from '../model/photo-filter.ts';
import type { GeoBox } from '../model/photo-places.ts';
import { isUuid } from '../values/is-uuid.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { firstShotMoment, lastShotMoment } from '../values/shot-bound.ts';
import { exposureConditions } from './exposure-filter.ts';
import { parseTextQuery, type TextQuery, type TextTerm, termQuery, wholeQuery } from './text-query.ts';

/** Names of what photos are filtered by. */
export const PHOTO_FILTER: KnownNames<PhotoFilter> = {
  q: true,
  shotFrom: true,
  shotTo: true,
  personId: true,
  withoutPersonId: true,
  exactPersonId: true,
  hasFaces: true,
  place: true,
  area: true,
  camera: true,
  lens: true,
  isoFrom: true,
  isoTo: true,
  exposureTimeFrom: true,
  exposureTimeTo: true,
  fNumberFrom: true,
  fNumberTo: true,
  focalLengthFrom: true,
  focalLengthTo: true,
  includeMissing: true,
};

/** The filter as one condition on `photos`, for the photos of one library. Throws InvalidInputError on an id, a date or a bound that is none. */
export function photoCondition(libraryId: string, filter: PhotoFilter): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`photos.library_id = ${libraryId}`, sql<SqlBool>`photos.deleted_ts IS NULL`];
  if (!filter.includeMissing) conditions.push(sql`photos.missing_since IS NULL`);
  if (filter.shotFrom) conditions.push(sql`photos.sort_ts >= ${firstShotMoment(filter.shotFrom, 'shotFrom')}::timestamp`);
  if (filter.shotTo) conditions.push(sql`photos.sort_ts <= ${lastShotMoment(filter.shotTo, 'shotTo')}::timestamp`);
  for (const id of personIds(filter.personId, 'personId')) conditions.push(shows(id));
  for (const id of personIds(filter.withoutPersonId, 'withoutPersonId')) conditions.push(sql`NOT ${shows(id)}`);
  if (filter.exactPersonId !== undefined) conditions.push(showsExactly(personIds(filter.exactPersonId, 'exactPersonId')));
  if (filter.hasFaces !== undefined) conditions.push(sql`(photos.faces_count > 0) = ${filter.hasFaces}`);
  if (filter.place !== undefined) conditions.push(placeCondition(filter.place));
  if (filter.area !== undefined) conditions.push(areaCondition(filter.area));
  if (filter.camera !== undefined) conditions.push(wordsCondition(filter.camera, 'A', CAMERA));
  if (filter.lens !== undefined) conditions.push(wordsCondition(filter.lens, 'B', LENS));
  conditions.push(...exposureConditions(filter));
  const query = parseTextQuery(filter.q ?? '');
  if (query) conditions.push(textCondition(libraryId, query));
  return sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`;
}

/** How well a photo's own words fit: for ranking. A word counts the same wherever it stands. */
export function textRank(query: TextQuery): RawBuilder<number> {
  return sql<number>`ts_rank('{0.1, 0.1, 0.1, 0.1}', photos.search, ${wholeQuery(query)})`;
}

function shows(personId: string): RawBuilder<SqlBool> {
  return sql`(EXISTS (SELECT FROM face_labels WHERE face_labels.photo_id = photos.photo_id AND face_labels.person_id = ${personId})
    OR EXISTS (SELECT FROM photo_labels WHERE photo_labels.photo_id = photos.photo_id AND photo_labels.person_id = ${personId}))`;
}

/** All of them, and nobody else who has a name. */
function showsExactly(people: readonly string[]): RawBuilder<SqlBool> {
  const others = (table: 'face_labels' | 'photo_labels') => sql`EXISTS (
    SELECT FROM ${sql.table(table)} AS other WHERE other.photo_id = photos.photo_id AND other.person_id <> ALL (${[...people]}::uuid[]))`;
  const conditions = [...people.map(shows), sql`NOT ${others('face_labels')}`, sql`NOT ${others('photo_labels')}`];
  return sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`;
}

/** Words that mean nothing are left out, and where no others were typed nothing is found. */
function textCondition(libraryId: string, query: TextQuery): RawBuilder<SqlBool> {
  const alternatives = query.map((terms) =>
    sql.join(
      terms.map((term) => termCondition(libraryId, term)),
      sql` AND `,
    ),
  );
  return sql`(numnode(${wholeQuery(query)}) > 0 AND (${sql.join(alternatives, sql` OR `)}))`;
}

/**
 * Each term stands in the photo's own text or in a name of somebody in it, so that "anna beach" finds Anna on a photo with the keyword
 * beach. PostgreSQL reads the photos of the people once and all words of all photos: rare words would be found faster by the index alone, but
 * that way takes five times as long for words that most photos have (50,000 photos, November 2026).
 */
function termCondition(libraryId: string, term: TextTerm): RawBuilder<SqlBool> {
  const query = termQuery(term);
  const stands = sql`(photos.search @@ ${query} OR photos.photo_id IN (
    SELECT face_labels.photo_id FROM people JOIN face_labels USING (person_id)
    WHERE people.library_id = ${libraryId} AND people.search @@ ${query}
    UNION ALL
    SELECT photo_labels.photo_id FROM people JOIN photo_labels USING (person_id)
    WHERE people.library_id = ${libraryId} AND people.search @@ ${query}))`;
  return term.isExcluded ? sql`(numnode(${query}) = 0 OR NOT ${stands})` : sql`(numnode(${query}) = 0 OR ${stands})`;
}

const PLACE = sql`concat_ws(' ', photos.place_city, photos.place_region, photos.place_country)`;
const CAMERA = sql`concat_ws(' ', photos.camera_make, photos.camera_model)`;
const LENS = sql`photos.lens`;
const COUNTRY_CODE = /^[A-Z]{2}$/;

function placeCondition(place: string): RawBuilder<SqlBool> {
  if (COUNTRY_CODE.test(place)) return sql`photos.place_country_code = ${place}`;
  if (!parseTextQuery(place)) return sql`photos.place_country_code IS NOT NULL`;
  return wordsCondition(place, 'C', PLACE);
}

/** Positions on the edge are inside. */
function areaCondition(area: GeoBox): RawBuilder<SqlBool> {
  refuseUnknown<GeoBox>(area, { south: true, west: true, north: true, east: true }, 'area');
  const { south, west, north, east } = area;
  const isWithin = (degrees: number, most: number) => Number.isFinite(degrees) && Math.abs(degrees) <= most;
  if (!(isWithin(south, 90) && isWithin(north, 90) && south <= north && isWithin(west, 180) && isWithin(east, 180))) {
    throw InvalidInputError.expected('degrees, south up to north', 'area', area);
  }
  const isBetween =
    west <= east
      ? sql`photos.longitude BETWEEN ${west} AND ${east}`
      : sql`(photos.longitude >= ${west} OR photos.longitude <= ${east})`;
  return sql`(photos.latitude BETWEEN ${south} AND ${north} AND ${isBetween})`;
}

/** The words stand in this part of a photo's text; without words, there is such a text. */
function wordsCondition(words: string, weight: 'A' | 'B' | 'C', text: RawBuilder<unknown>): RawBuilder<SqlBool> {
  const query = parseTextQuery(words);
  return query ? sql`photos.search @@ ${wholeQuery(query, weight)}` : sql`${text} <> ''`;
}

function personIds(value: string | string[] | undefined, name: string): string[] {
  const ids = value === undefined ? [] : Array.isArray(value) ? value : [value];
  for (const id of ids) if (!isUuid(id)) throw InvalidInputError.expected('the id of a person', name, id);
  return ids;
}
