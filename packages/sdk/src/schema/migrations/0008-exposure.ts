/** What EXIF keeps in 16 bits of a higher ISO; the real number is in a younger tag. */
const ISO_BEYOND_FIELD = 65_535;

const tag = (group: 'exif' | 'xmp', name: string) => `photoorg_positive(exif #> '{${group},${name}}')`;
const either = (name: string) => `coalesce(${tag('exif', name)}, ${tag('xmp', `exif:${name}`)})`;

/** How the camera was set, of stored photos as far as their stored tags say so. */
export const exposure: readonly string[] = [
  `ALTER TABLE photos
    ADD COLUMN iso integer CHECK (iso > 0),
    ADD COLUMN exposure_seconds double precision CHECK (exposure_seconds > 0),
    ADD COLUMN f_number double precision CHECK (f_number > 0),
    ADD COLUMN focal_length_mm double precision CHECK (focal_length_mm > 0)`,
  `COMMENT ON COLUMN photos.iso IS 'Sensitivity.'`,
  `COMMENT ON COLUMN photos.exposure_seconds IS 'How long the shutter was open.'`,
  `COMMENT ON COLUMN photos.f_number IS 'Focal length by aperture: 2.8 for f/2.8.'`,
  `COMMENT ON COLUMN photos.focal_length_mm IS 'Millimetres, of the lens itself.'`,

  // A number, the first of a list, or text of XMP: 0.004 or 1/250. Lenses without contacts tell 0.
  `CREATE FUNCTION photoorg_positive(tag jsonb) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value > 0 THEN value END
    FROM (SELECT CASE jsonb_typeof(tag) WHEN 'array' THEN tag ->> 0 ELSE tag #>> '{}' END) AS written (text), LATERAL (
      SELECT CASE
        WHEN text ~ '^[0-9]{1,15}([.][0-9]{1,200})?$' THEN text::double precision
        WHEN text ~ '^[0-9]{1,15}/[0-9]{1,15}$' THEN split_part(text, '/', 1)::double precision / nullif(split_part(text, '/', 2)::double precision, 0)
      END) AS number (value)
  $$`,
  `UPDATE photos SET iso = told.iso, exposure_seconds = told.exposure_seconds, f_number = told.f_number, focal_length_mm = told.focal_length_mm
    FROM (
      SELECT photo_id, exposure_seconds, f_number, focal_length_mm, CASE WHEN iso BETWEEN 1 AND 2147483647 THEN iso::integer END AS iso
      FROM (
        SELECT photo_id, ${either('ExposureTime')} AS exposure_seconds, ${either('FNumber')} AS f_number,
          ${either('FocalLength')} AS focal_length_mm,
          coalesce(nullif(${tag('exif', 'ISOSpeedRatings')}, ${ISO_BEYOND_FIELD}), ${tag('exif', 'RecommendedExposureIndex')},
            ${tag('exif', 'ISOSpeedRatings')}, ${tag('xmp', 'exif:ISOSpeedRatings')}, ${tag('xmp', 'exifEX:PhotographicSensitivity')}) AS iso
        FROM photos WHERE exif ?| ARRAY['exif', 'xmp']
      ) AS tags
    ) AS told
    WHERE photos.photo_id = told.photo_id AND coalesce(told.iso, told.exposure_seconds, told.f_number, told.focal_length_mm) IS NOT NULL`,
  `DROP FUNCTION photoorg_positive`,
];
