import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { FoundGazetteerLike, GazetteerLike } from '../model/index-photos.ts';

/** Photos per statement. Writing takes 0.2 ms a photo, for its words are indexed anew; a look-up a tenth of it. */
const BATCH = 1_000;

/**
 * Names the places of photos that have a position and no place by this gazetteer: those of a library from before there were places, and
 * all of them when the gazetteer's data is new. Reads no file. Gives the number of photos whose place was written.
 */
export async function fillPlaces(
  context: LibraryContext,
  gazetteer: GazetteerLike | FoundGazetteerLike,
  options: { signal?: AbortSignal } = {},
): Promise<number> {
  let filled = 0;
  let opened: GazetteerLike | undefined;
  for (let last: string | null = null; ; ) {
    options.signal?.throwIfAborted();
    const photos: Located[] = await photosToFill(context, gazetteer.source, last);
    if (photos.length === 0) return filled;
    opened ??= 'open' in gazetteer ? await gazetteer.open() : gazetteer;
    await savePlaces(context, opened, photos);
    filled += photos.length;
    last = photos.at(-1)!.photo_id;
  }
}

interface Located {
  photo_id: string;
  latitude: number;
  longitude: number;
}

/** In the order of their ids, so that a photo is looked at once a run, whatever happens to it meanwhile. */
async function photosToFill(context: LibraryContext, source: string, after: string | null): Promise<Located[]> {
  const { rows } = await sql<Located>`
    SELECT photo_id, latitude, longitude FROM photos
    WHERE library_id = ${context.libraryId} AND latitude IS NOT NULL AND longitude IS NOT NULL
      AND place_source IS DISTINCT FROM ${source} AND (${after}::uuid IS NULL OR photo_id > ${after}::uuid)
    ORDER BY photo_id LIMIT ${BATCH}`.execute(context.db);
  return rows;
}

/** A position that changed since it was read keeps the place that came with the change. */
async function savePlaces(context: LibraryContext, gazetteer: GazetteerLike, photos: readonly Located[]): Promise<void> {
  const places = photos.map((photo) => ({ ...photo, ...gazetteer.placeAt(photo.latitude, photo.longitude) }));
  await sql`
    UPDATE photos SET place_city = place.city, place_region = place.region, place_country = place.country,
      place_country_code = place."countryCode", place_source = place.source
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS place(photo_id uuid, latitude double precision,
      longitude double precision, city text, region text, country text, "countryCode" text, source text)
    WHERE photos.photo_id = place.photo_id
      AND (photos.latitude, photos.longitude) = (place.latitude, place.longitude)`.execute(context.db);
}
