import type { Photo } from '@photoorg/sdk';

/** What the licence of place names asks to be said where they are shown. */
export const PLACE_CREDIT = 'Place names: GeoNames (https://www.geonames.org), CC BY 4.0.';

/** Where a photo was taken, as short as it can be told from others: city and country, else what is known of them. */
export function formatPlace(photo: Pick<Photo, 'placeCity' | 'placeRegion' | 'placeCountry'>): string | null {
  const { placeCity, placeRegion, placeCountry } = photo;
  return [placeCity ?? placeRegion, placeCountry].filter(Boolean).join(', ') || null;
}
