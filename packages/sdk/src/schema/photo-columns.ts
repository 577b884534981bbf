import { requireInteger, requireText } from '../values/require-value.ts';
import { cleanDate, cleanInteger, cleanJsonValue, cleanKeywords, cleanNumber, cleanWallClock } from '../values/sanitise.ts';
import type { PhotoColumn, ReadValue, StoredValue } from './photo-column.ts';
import {
  asIs,
  hexOfBits,
  hexOfBytes,
  isDated,
  isoLocal,
  placeOf,
  positionOf,
  positive,
  text,
  toBase64,
  toBits,
  toBytea,
  toCandidates,
  toCountryCode,
  toIso,
  toOffsetSource,
  toPeopleShown,
  toPrecision,
} from './photo-values.ts';

/** The widest offsets from UTC are +14:00 and -12:00; cameras are set wrongly by a few hours more. */
const WIDEST_OFFSET_MINUTES = 1080;

/** Characters of all levels of a keyword. */
const LONGEST_PATH = 1000;

/**
 * Every column of `photos`, once, in the order of the fields of `Photo`. What is saved of a scanned file, how the readings of several files make one,
 * what kysely knows of the table and what `Photo` is made of follow from it.
 */
export const PHOTO_COLUMNS = {
  photo_id: { field: 'photoId' },
  library_id: { read: asIs<string> },
  path: { field: 'path' },
  sha256: { field: 'sha256', read: hexOfBytes },
  phash: { from: 'phash', save: toBits, fact: 'look', field: 'phash', read: hexOfBits },
  filesize: {
    from: 'filesize',
    save: (bytes) => requireInteger(bytes, 'filesize', 0, Number.MAX_SAFE_INTEGER),
    fact: 'content',
    field: 'filesize',
    read: (bytes: bigint) => Number(bytes),
  },
  ext: { from: 'ext', save: (ext) => requireText(ext, 'ext'), fact: 'file', field: 'ext' },
  mime: { from: 'mime', save: (mime) => requireText(mime, 'mime'), fact: 'content', field: 'mime' },
  width: { from: 'width', save: (pixels) => requireInteger(pixels, 'width', 1), fact: 'content', field: 'width' },
  height: { from: 'height', save: (pixels) => requireInteger(pixels, 'height', 1), fact: 'content', field: 'height' },
  orientation: { from: 'orientation', save: (turn) => cleanInteger(turn, 1, 8) ?? 1, fact: 'content', field: 'orientation' },
  created_ts: { from: 'createdAt', save: cleanDate, fact: 'file', field: 'createdAt' },
  modified_ts: { from: 'modifiedAt', save: cleanDate, fact: 'file', field: 'modifiedAt' },
  shot_ts: { from: 'shot', save: ({ at }) => cleanDate(at), fact: 'shot', field: 'shotAt' },
  shot_local: { from: 'shot', save: ({ local }) => cleanWallClock(local), fact: 'shot', field: 'shotLocal', read: isoLocal },
  shot_offset_min: {
    from: 'shot',
    save: ({ offsetMinutes }) => cleanInteger(offsetMinutes, -WIDEST_OFFSET_MINUTES, WIDEST_OFFSET_MINUTES),
    fact: 'shot',
    field: 'shotOffsetMinutes',
  },
  shot_offset_source: {
    from: 'shot',
    save: ({ offsetMinutes, offsetSource }) => (offsetMinutes === null ? null : toOffsetSource(offsetSource)),
    fact: 'shot',
    field: 'shotOffsetSource',
    read: (source: string | null) => toOffsetSource(source),
  },
  shot_tz: { from: 'shot', save: ({ zone }) => text(zone), fact: 'shot', field: 'shotZone' },
  shot_ts_source: {
    from: 'shot',
    save: (shot) => (isDated(shot) ? text(shot.source) : null),
    fact: 'shot',
    field: 'shotSource',
  },
  shot_ts_precision: {
    from: 'shot',
    save: (shot) => (isDated(shot) ? toPrecision(shot.precision) : null),
    fact: 'shot',
    field: 'shotPrecision',
  },
  shot_candidates: {
    from: 'shot',
    save: ({ candidates }) => cleanJsonValue(candidates),
    fact: 'shot',
    detail: 'shotCandidates',
    read: toCandidates,
  },
  shot_rules: { from: 'shot', save: ({ rules }) => text(rules), fact: 'shot', detail: 'shotRules' },
  latitude: { from: 'latitude', save: (_, photo) => positionOf(photo)?.latitude ?? null, fact: 'position', field: 'latitude' },
  longitude: {
    from: 'longitude',
    save: (_, photo) => positionOf(photo)?.longitude ?? null,
    fact: 'position',
    field: 'longitude',
  },
  altitude: { from: 'altitude', save: (metres) => cleanNumber(metres), fact: 'position', field: 'altitude' },
  gps_direction_deg: {
    from: 'gpsDirection',
    save: (degrees) => cleanNumber(degrees, 0, 360),
    fact: 'position',
    field: 'gpsDirection',
  },
  gps_accuracy_m: { from: 'gpsAccuracy', save: (metres) => cleanNumber(metres, 0), fact: 'position', field: 'gpsAccuracy' },
  place_city: { from: 'place', save: (_, photo) => text(placeOf(photo)?.city), fact: 'position', field: 'placeCity' },
  place_region: { from: 'place', save: (_, photo) => text(placeOf(photo)?.region), fact: 'position', field: 'placeRegion' },
  place_country: { from: 'place', save: (_, photo) => text(placeOf(photo)?.country), fact: 'position', field: 'placeCountry' },
  place_country_code: {
    from: 'place',
    save: (_, photo) => toCountryCode(placeOf(photo)?.countryCode),
    fact: 'position',
    field: 'placeCountryCode',
  },
  place_source: { from: 'place', save: (_, photo) => text(placeOf(photo)?.source), fact: 'position', detail: 'placeSource' },
  camera_make: { from: 'cameraMake', save: text, fact: 'metadata', field: 'cameraMake' },
  camera_model: { from: 'cameraModel', save: text, fact: 'metadata', field: 'cameraModel' },
  lens: { from: 'lens', save: text, fact: 'metadata', field: 'lens' },
  iso: { from: 'iso', save: toIso, fact: 'metadata', field: 'exposure.iso' },
  exposure_seconds: { from: 'exposureTime', save: positive, fact: 'metadata', field: 'exposure.exposureTime' },
  f_number: { from: 'fNumber', save: positive, fact: 'metadata', field: 'exposure.fNumber' },
  focal_length_mm: { from: 'focalLength', save: positive, fact: 'metadata', field: 'exposure.focalLength' },
  title: { from: 'title', save: text, fact: 'metadata', field: 'title' },
  caption: { from: 'caption', save: text, fact: 'metadata', field: 'caption' },
  keywords: { from: 'keywords', save: (words) => cleanKeywords(words), fact: 'words', field: 'keywords' },
  keyword_paths: {
    from: 'keywordPaths',
    save: (paths) => cleanKeywords(paths ?? [], LONGEST_PATH),
    fact: 'words',
    field: 'keywordPaths',
  },
  people_shown: { from: 'peopleShown', save: toPeopleShown, fact: 'entries', field: 'peopleShown' },
  rating: { from: 'rating', save: (stars) => cleanInteger(stars, -1, 5), fact: 'metadata', field: 'rating' },
  exif: {
    from: 'exif',
    save: (tags) => tags && cleanJsonValue(tags),
    fact: 'metadata',
    detail: 'exif',
  },
  thumbhash: { from: 'thumbhash', save: toBytea, fact: 'look', field: 'thumbhash', read: toBase64 },
  picture_error: { from: 'pictureError', save: text, fact: 'content', field: 'pictureError' },
  faces_count: { field: 'facesCount' },
  faces_detected_ts: { field: 'facesDetectedAt' },
  regions_read_ts: { read: asIs<Date | null> },
  run_id: { read: asIs<string | null> },
  added_ts: { field: 'addedAt' },
  missing_since: { field: 'missing', read: (since: Date | null) => since !== null },
  deleted_ts: { read: asIs<Date | null> },
  /** Wall-clock time of the shot, else its instant, else the modification time: what a timeline is sorted by. */
  sort_ts: { read: asIs<string> },
  search: { read: asIs<string> },
} as const satisfies Record<string, PhotoColumn>;

type Columns = typeof PHOTO_COLUMNS;
export type PhotoColumnName = keyof Columns;

type NameOfColumnsWith<Key extends string> = {
  [Name in PhotoColumnName]: Columns[Name] extends { readonly [Required in Key]: unknown } ? Name : never;
}[PhotoColumnName];

/** Columns that come from a scanned file. */
export type SavedColumnName = NameOfColumnsWith<'save'>;
/** Columns that `Photo` is made of. */
export type ShownColumnName = NameOfColumnsWith<'field'>;
/** Columns that `StoredMetadata` is made of. */
export type DetailColumnName = NameOfColumnsWith<'detail'>;

/** What the database gives for a column. */
export type Stored<Name extends PhotoColumnName> = StoredValue<Columns[Name]>;
/** What a program sees of it. */
export type Read<Name extends PhotoColumnName> = ReadValue<Columns[Name]>;
/** What is saved in it. */
export type Saved<Name extends SavedColumnName> = ReturnType<Columns[Name]['save']>;
/** The field of `Photo` that it makes. */
export type FieldOf<Name extends ShownColumnName> = Columns[Name]['field'];
/** The field of `StoredMetadata` that it makes. */
export type DetailOf<Name extends DetailColumnName> = Columns[Name]['detail'];
