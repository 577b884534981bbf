import { type Selectable, sql } from 'kysely';
import type { Photo } from '../model/photos.ts';
import type { PhotosTable } from '../schema/tables.ts';

/** The columns that a Photo is made of: all but the wide ones. */
export const photoColumns = [
  'photo_id',
  'path',
  'sha256',
  'phash',
  'filesize',
  'ext',
  'mime',
  'width',
  'height',
  'orientation',
  'photos.created_ts',
  'modified_ts',
  'shot_ts',
  'shot_local',
  'shot_offset_min',
  'shot_offset_source',
  'shot_tz',
  'shot_ts_source',
  'shot_ts_precision',
  'latitude',
  'longitude',
  'altitude',
  'place_city',
  'place_region',
  'place_country',
  'place_country_code',
  'camera_make',
  'camera_model',
  'lens',
  'title',
  'caption',
  'keywords',
  'rating',
  'thumbhash',
  'faces_count',
  'faces_detected_ts',
  'added_ts',
  'missing_since',
] as const;

type PhotoRow = Omit<
  Selectable<PhotosTable>,
  | 'library_id'
  | 'shot_candidates'
  | 'shot_rules'
  | 'regions_read_ts'
  | 'place_source'
  | 'exif'
  | 'run_id'
  | 'deleted_ts'
  | 'sort_ts'
  | 'search'
>;

export function toPhoto(row: PhotoRow): Photo {
  return {
    photoId: row.photo_id,
    path: row.path,
    sha256: Buffer.from(row.sha256).toString('hex'),
    phash: row.phash === null ? null : BigInt(`0b${row.phash}`).toString(16).padStart(16, '0'),
    filesize: Number(row.filesize),
    ext: row.ext,
    mime: row.mime,
    width: row.width,
    height: row.height,
    orientation: row.orientation,
    createdAt: row.created_ts,
    modifiedAt: row.modified_ts,
    shotAt: row.shot_ts,
    shotLocal: row.shot_local === null ? null : row.shot_local.replace(' ', 'T'),
    shotOffsetMinutes: row.shot_offset_min,
    shotOffsetSource: row.shot_offset_source,
    shotZone: row.shot_tz,
    shotSource: row.shot_ts_source,
    shotPrecision: row.shot_ts_precision,
    latitude: row.latitude,
    longitude: row.longitude,
    altitude: row.altitude,
    placeCity: row.place_city,
    placeRegion: row.place_region,
    placeCountry: row.place_country,
    placeCountryCode: row.place_country_code,
    cameraMake: row.camera_make,
    cameraModel: row.camera_model,
    lens: row.lens,
    title: row.title,
    caption: row.caption,
    keywords: row.keywords,
    rating: row.rating,
    thumbhash: row.thumbhash && Buffer.from(row.thumbhash).toString('base64'),
    facesCount: row.faces_count,
    facesDetectedAt: row.faces_detected_ts,
    addedAt: row.added_ts,
    missing: row.missing_since !== null,
  };
}

/** The sort key as text: a cursor must come back exactly, down to the microsecond. */
export const sortTimeText = sql<string>`photos.sort_ts::text`;
