/** What EXIF keeps in 16 bits of a higher ISO; the real number is in a younger tag. */
const ISO_BEYOND_FIELD = 65_535;

const tag = (group: 'exif' | 'xmp', name: string) => `photoorg_number(exif #> '{${group},${name}}')`;
const either = (name: string) => `coalesce(${tag('exif', name)}, ${tag('xmp', `exif:${name}`)})`;

/** Lenses without contacts tell 0, which means unknown. */
const positive = (group: 'exif' | 'xmp', name: string) => `nullif(${tag(group, name)}, 0)`;
const eitherPositive = (name: string) => `coalesce(${positive('exif', name)}, ${positive('xmp', `exif:${name}`)})`;

/** How the camera was set and where it looked: of stored photos as far as their stored tags say so. */
export const exposureAndDirection: readonly string[] = [
  `ALTER TABLE photos
    ADD COLUMN iso integer CHECK (iso > 0),
    ADD COLUMN exposure_seconds double precision CHECK (exposure_seconds > 0),
    ADD COLUMN f_number double precision CHECK (f_number > 0),
    ADD COLUMN focal_length_mm double precision CHECK (focal_length_mm > 0),
    ADD COLUMN gps_direction_deg double precision CHECK (gps_direction_deg BETWEEN 0 AND 360),
    ADD COLUMN gps_accuracy_m double precision CHECK (gps_accuracy_m >= 0)`,
  `COMMENT ON COLUMN photos.iso IS 'Sensitivity.'`,
  `COMMENT ON COLUMN photos.exposure_seconds IS 'How long the shutter was open.'`,
  `COMMENT ON COLUMN photos.f_number IS 'Focal length by aperture: 2.8 for f/2.8.'`,
  `COMMENT ON COLUMN photos.focal_length_mm IS 'Millimetres, of the lens itself.'`,
  `COMMENT ON COLUMN photos.gps_direction_deg IS 'Degrees clockwise from north that the camera looked to.'`,
  `COMMENT ON COLUMN photos.gps_accuracy_m IS 'Metres that the position may be off.'`,

  // A number, the first of a list, or text of XMP: 0.004 or 1/250; null below 0.
  `CREATE FUNCTION photoorg_number(tag jsonb) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
      WHEN text ~ '^[0-9]{1,15}([.][0-9]{1,200})?$' THEN text::double precision
      WHEN text ~ '^[0-9]{1,15}/[0-9]{1,15}$' THEN split_part(text, '/', 1)::double precision / nullif(split_part(text, '/', 2)::double precision, 0)
    END
    FROM (SELECT CASE jsonb_typeof(tag) WHEN 'array' THEN tag ->> 0 ELSE tag #>> '{}' END) AS written (text)
  $$`,
  `UPDATE photos SET iso = told.iso, exposure_seconds = told.exposure_seconds, f_number = told.f_number,
      focal_length_mm = told.focal_length_mm, gps_direction_deg = told.gps_direction_deg, gps_accuracy_m = told.gps_accuracy_m
    FROM (
      SELECT photo_id, exposure_seconds, f_number, focal_length_mm, gps_accuracy_m,
        CASE WHEN iso BETWEEN 1 AND 2147483647 THEN iso::integer END AS iso,
        CASE WHEN gps_direction_deg <= 360 THEN gps_direction_deg END AS gps_direction_deg
      FROM (
        SELECT photo_id, ${eitherPositive('ExposureTime')} AS exposure_seconds, ${eitherPositive('FNumber')} AS f_number,
          ${eitherPositive('FocalLength')} AS focal_length_mm, ${either('GPSImgDirection')} AS gps_direction_deg,
          ${either('GPSHPositioningError')} AS gps_accuracy_m,
          coalesce(nullif(${positive('exif', 'ISOSpeedRatings')}, ${ISO_BEYOND_FIELD}), ${positive('exif', 'RecommendedExposureIndex')},
            ${positive('exif', 'ISOSpeedRatings')}, ${positive('xmp', 'exif:ISOSpeedRatings')}, ${positive('xmp', 'exifEX:PhotographicSensitivity')}) AS iso
        FROM photos WHERE exif ?| ARRAY['exif', 'xmp']
      ) AS tags
    ) AS told
    WHERE photos.photo_id = told.photo_id
      AND num_nonnulls(told.iso, told.exposure_seconds, told.f_number, told.focal_length_mm, told.gps_direction_deg, told.gps_accuracy_m) > 0`,
  `DROP FUNCTION photoorg_number`,
];
