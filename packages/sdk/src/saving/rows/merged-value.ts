import type { FactRules } from '../../schema/photo-column.ts';

/**
 * A new reading replaces the shot time, unless it did not look into the metadata that the stored one came from, or both are dates of
 * copies of the file, of which the earliest is nearest to the shot. One by other date rules replaces it even so.
 */
const NEW_SHOT_WINS = `(NOT (excluded.exif IS NULL AND photos.exif IS NOT NULL)
  AND (excluded.shot_rules IS DISTINCT FROM photos.shot_rules OR (excluded.shot_ts_source IS NOT NULL
    AND NOT (excluded.shot_ts_source LIKE 'file:%' AND photos.shot_ts_source LIKE 'file:%' AND photos.shot_local <= excluded.shot_local))))`;

/** A reading without a place in words leaves the stored one, unless that is the place of another position. */
const STORED_PLACE_STAYS = `(excluded.latitude IS NULL OR (excluded.place_source IS NULL
  AND (excluded.latitude, excluded.longitude) IS NOT DISTINCT FROM (photos.latitude, photos.longitude)))`;

const MERGE: Readonly<Record<FactRules['merge'], (column: string) => string>> = {
  add: (column) => `coalesce(excluded.${column}, photos.${column})`,
  'add-list': (column) => `coalesce(nullif(excluded.${column}, '{}'), photos.${column})`,
  replace: (column) => `excluded.${column}`,
  smallest: (column) => `least(excluded.${column}, photos.${column})`,
  shot: (column) => `CASE WHEN ${NEW_SHOT_WINS} THEN excluded.${column} ELSE photos.${column} END`,
  place: (column) => `CASE WHEN ${STORED_PLACE_STAYS} THEN photos.${column} ELSE excluded.${column} END`,
};

/** What a column of `photos` holds after a row of the same content came in: SQL of an `ON CONFLICT DO UPDATE`. */
export function mergedValue({ name, merge }: FactRules & { readonly name: string }): string {
  return MERGE[merge](name);
}
