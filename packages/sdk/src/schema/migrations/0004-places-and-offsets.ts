/** Which data named a photo's place, what told the offset of its clock, and whose clocks are to be compared with their neighbours' again. */
export const placesAndOffsets: readonly string[] = [
  `ALTER TABLE photos ADD COLUMN place_country_code text CHECK (place_country_code ~ '^[A-Z]{2}$')`,
  `ALTER TABLE photos ADD COLUMN place_source text`,
  `ALTER TABLE photos ADD COLUMN shot_offset_source text`,
  `ALTER TABLE photos ADD COLUMN shot_rules text`,
  `COMMENT ON COLUMN photos.place_city IS 'The town or city that the position lies in or by.'`,
  `COMMENT ON COLUMN photos.place_region IS 'State, province, Land or prefecture.'`,
  `COMMENT ON COLUMN photos.place_country IS 'English name.'`,
  `COMMENT ON COLUMN photos.place_country_code IS 'ISO 3166-1 alpha-2; null on the high seas.'`,
  `COMMENT ON COLUMN photos.place_source IS 'The data that named the place, e.g. geonames-1.1.64; null: not looked up.'`,
  `COMMENT ON COLUMN photos.shot_offset_source IS
    'What told the offset: tag, gps, zone, takeout, rule, or neighbours: photos of the same camera around it.'`,
  `COMMENT ON COLUMN photos.shot_rules IS 'sha256 of the date rules by which the time was chosen; null: the usual ones.'`,

  `CREATE TABLE unsettled_spans (
    span_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    camera_make text NOT NULL,
    camera_model text NOT NULL,
    first_local timestamp NOT NULL,
    last_local timestamp NOT NULL
  )`,
  `CREATE INDEX unsettled_spans_by_camera ON unsettled_spans (library_id, camera_make, camera_model)`,
  `COMMENT ON TABLE unsettled_spans IS
    'Stretches of a camera''s time in which photos came or changed: their neighbours'' offsets are to be looked at again.'`,
  `COMMENT ON COLUMN unsettled_spans.camera_make IS 'Empty for photos that do not say.'`,
  `COMMENT ON COLUMN unsettled_spans.first_local IS 'Wall clock of the first such photo.'`,
  `COMMENT ON COLUMN unsettled_spans.last_local IS 'Wall clock of the last such photo.'`,
  `INSERT INTO unsettled_spans (library_id, camera_make, camera_model, first_local, last_local)
    SELECT library_id, coalesce(camera_make, ''), camera_model, min(shot_local), max(shot_local) FROM photos
    WHERE camera_model IS NOT NULL AND shot_local IS NOT NULL GROUP BY 1, 2, 3`,
];
