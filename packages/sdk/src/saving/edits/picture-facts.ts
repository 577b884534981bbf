import { sql } from 'kysely';
import type { PreparedPhoto } from '../rows/prepare-photo.ts';
import type { PictureFacts } from './same-picture.ts';

/** Columns of `PictureFacts` of the table `photo`. */
export const pictureFacts = sql`photo.phash::text AS phash, encode(photo.thumbhash, 'hex') AS thumbhash, photo.width, photo.height,
  photo.picture_error IS NOT NULL AND photo.picture_error IN ('IMAGE_TRUNCATED', 'IMAGE_CORRUPT') AS "isDamaged",
  nullif(concat_ws(' ', photo.camera_make, photo.camera_model), '') AS camera,
  CASE WHEN photo.shot_ts_precision IN ('second', 'subsecond') AND photo.shot_ts_source NOT LIKE 'file:%'
    THEN floor(extract(epoch FROM photo.shot_local))::float8 END AS "shotSeconds"`;

const CAMERA_PRECISIONS: readonly unknown[] = ['second', 'subsecond'];

/** The same of a photo about to be saved. */
export function factsOf({ columns, width, height }: PreparedPhoto): PictureFacts {
  const { phash, thumbhash, picture_error, camera_make, camera_model, shot_local, shot_ts_source, shot_ts_precision } = columns;
  const isOfCamera = CAMERA_PRECISIONS.includes(shot_ts_precision) && shot_ts_source?.startsWith('file:') === false;
  return {
    phash,
    thumbhash: thumbhash?.slice('\\x'.length) ?? null,
    width,
    height,
    isDamaged: picture_error === 'IMAGE_TRUNCATED' || picture_error === 'IMAGE_CORRUPT',
    camera: [camera_make, camera_model].filter((part) => part !== null).join(' ') || null,
    shotSeconds: isOfCamera && shot_local !== null ? Math.floor(Date.parse(`${shot_local}Z`) / MILLIS) : null,
  };
}

const MILLIS = 1_000;
