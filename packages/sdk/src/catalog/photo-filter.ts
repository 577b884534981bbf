import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { PhotoFilter } from '../model/photos.ts';
import { isUuid } from '../values/is-uuid.ts';
import type { KnownNames } from '../values/refuse-unknown.ts';
import { firstShotMoment, lastShotMoment } from '../values/shot-bound.ts';
import { exposureConditions } from './exposure-filter.ts';
import { parseTextQuery, type TextQuery } from './text-query.ts';

/** Names of what photos are filtered by. */
export const PHOTO_FILTER: KnownNames<PhotoFilter> = {
  q: true,
  shotFrom: true,
  shotTo: true,
  personId: true,
  withoutPersonId: true,
  hasFaces: true,
  place: true,
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
  if (filter.hasFaces !== undefined) conditions.push(sql`(photos.faces_count > 0) = ${filter.hasFaces}`);
  if (filter.place !== undefined) conditions.push(placeCondition(filter.place));
  if (filter.camera !== undefined) conditions.push(wordsCondition(filter.camera, CAMERA));
  if (filter.lens !== undefined) conditions.push(wordsCondition(filter.lens, LENS));
  conditions.push(...exposureConditions(filter));
  const query = parseTextQuery(filter.q ?? '');
  if (query) conditions.push(textCondition(libraryId, query));
  return sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`;
}

/** How well a photo's own words fit: for ranking. */
export function textRank(query: TextQuery): RawBuilder<number> {
  return sql<number>`ts_rank(photos.search, ${toTsquery(query)})`;
}

function shows(personId: string): RawBuilder<SqlBool> {
  return sql`EXISTS (SELECT FROM face_labels WHERE face_labels.photo_id = photos.photo_id AND face_labels.person_id = ${personId})`;
}

/**
 * The words are looked for in the photo's own text, and in that together with the names of the people in it, so that "anna beach"
 * finds Anna on a photo with the keyword beach. The second look is confined to photos of people whose name has one of the words.
 */
function textCondition(libraryId: string, query: TextQuery): RawBuilder<SqlBool> {
  const tsquery = toTsquery(query);
  const anyWord = query.words.map((word) => (word === query.unfinished ? `'${word}':*` : `'${word}'`)).join(' | ');
  if (anyWord === '') return sql`photos.search @@ ${tsquery}`;
  return sql`(photos.search @@ ${tsquery} OR (
    photos.photo_id IN (
      SELECT face_labels.photo_id FROM people JOIN face_labels USING (person_id)
      WHERE people.library_id = ${libraryId} AND ${namesVector} @@ to_tsquery('simple', ${anyWord}))
    AND (photos.search || (
      SELECT to_tsvector('simple', coalesce(string_agg(people.display_name || ' ' || photoorg_join(people.aliases), ' '), ''))
      FROM people JOIN face_labels USING (person_id) WHERE face_labels.photo_id = photos.photo_id)) @@ ${tsquery}))`;
}

const namesVector = sql`to_tsvector('simple', people.display_name || ' ' || photoorg_join(people.aliases))`;

const PLACE = sql`concat_ws(' ', photos.place_city, photos.place_region, photos.place_country)`;
const CAMERA = sql`concat_ws(' ', photos.camera_make, photos.camera_model)`;
const LENS = sql`concat_ws(' ', photos.lens)`;
const COUNTRY_CODE = /^[A-Z]{2}$/;

function placeCondition(place: string): RawBuilder<SqlBool> {
  if (COUNTRY_CODE.test(place)) return sql`photos.place_country_code = ${place}`;
  if (!parseTextQuery(place)) return sql`photos.place_country_code IS NOT NULL`;
  return wordsCondition(place, PLACE);
}

/** The words stand in this text of a photo; without words, there is such a text. */
function wordsCondition(words: string, text: RawBuilder<unknown>): RawBuilder<SqlBool> {
  const query = parseTextQuery(words);
  if (!query) return sql`${text} <> ''`;
  const tsquery = toTsquery(query);
  const stands = sql<SqlBool>`to_tsvector('simple', regexp_replace(${text}, '[!-/:-@[-^{-~_\`]+', ' ', 'g')) @@ ${tsquery}`;
  // The index over all of a photo's words finds the few rows to look at; a word that must not stand here may well stand elsewhere.
  return query.phrase.includes('-') ? stands : sql`(photos.search @@ ${tsquery} AND ${stands})`;
}

function toTsquery({ phrase, unfinished }: TextQuery): RawBuilder<unknown> {
  if (unfinished === null) return sql`websearch_to_tsquery('simple', ${phrase})`;
  const prefix = sql`to_tsquery('simple', ${`'${unfinished}':*`})`;
  // An empty phrase is an empty query, which && leaves out.
  return sql`(websearch_to_tsquery('simple', ${phrase}) && ${prefix})`;
}

function personIds(value: string | string[] | undefined, name: string): string[] {
  const ids = value === undefined ? [] : Array.isArray(value) ? value : [value];
  for (const id of ids) if (!isUuid(id)) throw InvalidInputError.expected('the id of a person', name, id);
  return ids;
}
