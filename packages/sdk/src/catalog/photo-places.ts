import { type RawBuilder, sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { PhotoPlaces } from '../model/photo-places.ts';
import type { Photos } from '../model/photos.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { PHOTO_FILTER, photoCondition } from './photo-filter.ts';

type PlacesOptions = Parameters<Photos['places']>[0];

const PLACES_OPTIONS: KnownNames<PlacesOptions> = { ...PHOTO_FILTER, zoom: true, signal: true };

/** Of the web's maps: tiles of 256 pixels, 2^zoom of them around the world. */
const MOST_ZOOM = 22;
/** Cells along a tile: photos within 64 pixels lie together. */
const CELLS_PER_TILE = 4;
/** Degrees: beyond, the web's maps end. */
const LAST_LATITUDE = 85.05112877980659;

/** To a tenth of a millimetre: PostgreSQL refuses to reckon with the smallest numbers there are. */
function rounded(degrees: RawBuilder<unknown>): RawBuilder<number> {
  return sql`round(${degrees} * 1e9) / 1e9`;
}

/** See `Photos.places`. */
export async function readPlaces(context: LibraryContext, options: PlacesOptions): Promise<PhotoPlaces> {
  refuseUnknown<PlacesOptions>(options, PLACES_OPTIONS, 'the options of photos.places');
  const { zoom, signal } = options;
  if (!(Number.isInteger(zoom) && zoom >= 0 && zoom <= MOST_ZOOM)) {
    throw InvalidInputError.expected(`a whole number from 0 to ${MOST_ZOOM}`, 'zoom', zoom);
  }
  const cells = 2 ** zoom * CELLS_PER_TILE;
  const radians = sql`radians(least(greatest(${rounded(sql`latitude`)}, ${-LAST_LATITUDE}::float8), ${LAST_LATITUDE}::float8))`;
  const { rows: clusters } = await sql<PhotoPlaces['clusters'][0]>`
    SELECT avg(${rounded(sql`latitude`)}) AS latitude, avg(${rounded(sql`longitude`)}) AS longitude, count(*)::int AS photos,
      jsonb_build_object('south', min(latitude), 'west', min(longitude), 'north', max(latitude), 'east', max(longitude)) AS area,
      (array_agg(photo_id ORDER BY sort_ts DESC, photo_id DESC))[1] AS "photoId"
    FROM (
      SELECT latitude, longitude, photo_id, sort_ts,
        floor((${rounded(sql`longitude`)} + 180) / 360 * ${cells}::float8) AS x,
        floor((1 - ln(tan(${radians}) + 1 / cos(${radians})) / pi()) / 2 * ${cells}::float8) AS y
      FROM photos
      WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND ${photoCondition(context.libraryId, options)}
    ) AS placed GROUP BY x, y ORDER BY photos DESC, "photoId"`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return { total: clusters.reduce((sum, { photos }) => sum + photos, 0), clusters };
}
