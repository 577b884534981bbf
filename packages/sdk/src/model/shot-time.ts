/** How exact a shot time is. */
export type ShotTimePrecision = 'subsecond' | 'second' | 'minute' | 'day' | 'month' | 'year';

/**
 * What told the offset of a wall clock from UTC: a tag beside it, the GPS fix of the same moment, the zone at the position, the instant in a
 * Google Takeout, a person's date rule, or photos around it: of the same camera, or of any around an instant.
 */
export type OffsetSource = 'tag' | 'gps' | 'zone' | 'takeout' | 'rule' | 'neighbours';

/** One of the dates a photo carries, before a winner was chosen. */
export interface ShotTimeCandidate {
  /** Where it stood, e.g. `exif:DateTimeOriginal` or `file:mtime`. */
  source: string;
  local: string | null;
  at: Date | null;
  offsetMinutes: number | null;
  offsetSource?: OffsetSource | null;
  /** Why it is not believed, such as `unset-clock`; absent where it is. */
  doubt?: string;
}

/** When a photo was taken, as far as it is known, with nothing thrown away. */
export interface ShotTime {
  /** The instant; null when no offset from UTC is known. */
  at: Date | null;
  /** The wall clock at the place of the shot: `YYYY-MM-DDTHH:mm:ss[.fff]`. */
  local: string | null;
  offsetMinutes: number | null;
  offsetSource?: OffsetSource | null;
  /** IANA zone, e.g. `Asia/Tokyo`. */
  zone: string | null;
  source: string | null;
  /** sha256 of the date rules by which it was chosen; null for the usual ones. */
  rules?: string | null;
  precision: ShotTimePrecision | null;
  candidates: ShotTimeCandidate[];
}
