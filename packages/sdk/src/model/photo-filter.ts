import type { GeoBox } from './photo-places.ts';

/** Every condition must hold. */
export interface PhotoFilter {
  /** Words over path, title, caption, keywords, place, camera and names of labelled people; the last word may be unfinished. */
  q?: string;
  /**
   * Shot (else the file changed, where nothing tells when) from then on, by the camera's clock on the wall: from the first moment of a year, month or day (`2024`,
   * `2024-05`, `2024-05-17`), or from a time (`2024-05-17T18:20`). A zone is no part of it; a Date means its reading in UTC.
   */
  shotFrom?: Date | string;
  /** Up to and including that: all of a year, month or day, or up to a time. */
  shotTo?: Date | string;
  /** All of these people are in the photo. */
  personId?: string | string[];
  /** None of these people is in the photo. */
  withoutPersonId?: string | string[];
  /**
   * These people are in the photo, and nobody else who has a name, by a guess either. Faces without a name do not count, set aside or not:
   * there may be strangers. Without people, `[]`: photos of nobody who has a name.
   */
  exactPersonId?: string | string[];
  hasFaces?: boolean;
  /** Words of city, region or country, or the two-letter code of a country; the last word may be unfinished. */
  place?: string;
  /** Taken in this part of the map; a photo without a position is in none. */
  area?: GeoBox;
  /** Words of the camera's make and model; the last word may be unfinished. */
  camera?: string;
  /** Words of the lens; the last word may be unfinished. */
  lens?: string;
  /** From this ISO on, and up to this one; as all bounds, included. A photo that does not say is not found by any. */
  isoFrom?: number;
  isoTo?: number;
  /** Seconds: `1 / 250`. */
  exposureTimeFrom?: number;
  exposureTimeTo?: number;
  /** The 2.8 of f/2.8: from the widest aperture to the narrowest. */
  fNumberFrom?: number;
  fNumberTo?: number;
  /** Millimetres, of the lens itself. */
  focalLengthFrom?: number;
  focalLengthTo?: number;
  /** Also photos whose files are all gone. Default false. */
  includeMissing?: boolean;
}
