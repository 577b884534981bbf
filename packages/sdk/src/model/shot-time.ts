/** One of the dates a photo carries, before a winner was chosen. */
export interface ShotTimeCandidate {
  /** Where it stood, e.g. `exif:DateTimeOriginal` or `file:mtime`. */
  source: string;
  local: string | null;
  at: Date | null;
  offsetMinutes: number | null;
}

/** When a photo was taken, as far as it is known, with nothing thrown away. */
export interface ShotTime {
  /** The instant; null when no offset from UTC is known. */
  at: Date | null;
  /** The wall clock at the place of the shot: `YYYY-MM-DDTHH:mm:ss[.fff]`. */
  local: string | null;
  offsetMinutes: number | null;
  /** What told the offset: `tag`, `gps`, `zone`, `takeout`, `rule`, or `neighbours`, photos of the same camera around it. */
  offsetSource?: string | null;
  /** IANA zone, e.g. `Asia/Tokyo`. */
  zone: string | null;
  source: string | null;
  /** sha256 of the date rules by which it was chosen; null for the usual ones. */
  rules?: string | null;
  precision: 'subsecond' | 'second' | 'minute' | 'day' | 'month' | 'year' | null;
  candidates: ShotTimeCandidate[];
}
