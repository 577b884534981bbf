/** Which data named a photo's place, and what told the offset of its clock. */
export const placesAndOffsets: readonly string[] = [
  `ALTER TABLE photos ADD COLUMN place_country_code text CHECK (place_country_code ~ '^[A-Z]{2}$')`,
  `ALTER TABLE photos ADD COLUMN place_source text`,
  `ALTER TABLE photos ADD COLUMN shot_offset_source text`,
  `COMMENT ON COLUMN photos.place_city IS 'The town or city that the position lies in or by.'`,
  `COMMENT ON COLUMN photos.place_region IS 'State, province, Land or prefecture.'`,
  `COMMENT ON COLUMN photos.place_country IS 'English name.'`,
  `COMMENT ON COLUMN photos.place_country_code IS 'ISO 3166-1 alpha-2; null on the high seas.'`,
  `COMMENT ON COLUMN photos.place_source IS 'The data that named the place, e.g. geonames-1.1.64; null: not looked up.'`,
  `COMMENT ON COLUMN photos.shot_offset_source IS
    'What told the offset: tag, gps, zone, takeout, rule, or neighbours: photos of the same camera around it.'`,
];
