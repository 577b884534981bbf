import type { Facts } from './reading.ts';

/** Columns of the place in words, which a gazetteer fills in where the file's reading did not look it up. */
const PLACE = ['place_city', 'place_region', 'place_country', 'place_country_code', 'place_source'] as const;
/** Columns that the offset of neighbouring photos is written to. */
const OFFSET = ['shot_ts', 'shot_offset_min', 'shot_offset_source', 'shot_candidates'] as const;

/** What a photo's offset is called when neighbours told it; as the source of a candidate too. */
export const NEIGHBOURS = 'neighbours';

/** A date that was found, as it is stored. */
export interface StoredCandidate {
  source: string;
  local?: string | null;
  at?: string | null;
  offsetMinutes?: number | null;
  offsetSource?: string | null;
}

/** The dates that a photo's own files tell, and the one that was chosen of them. */
export function ownDates(candidates: readonly StoredCandidate[], chosen: string | null | undefined) {
  const own = candidates.filter(({ source }) => source !== NEIGHBOURS);
  return { own, reading: own.find(({ source }) => source === chosen) };
}

/** What the file of a row says without what the library has added to it: the offset of neighbouring photos. */
export function withoutFillings(row: Facts): Facts {
  if (row.shot_offset_source !== NEIGHBOURS) return row;
  const { own, reading } = ownDates(row.shot_candidates as unknown as StoredCandidate[], row.shot_ts_source);
  return {
    ...row,
    shot_ts: reading?.at ?? null,
    shot_offset_min: reading?.offsetMinutes ?? null,
    shot_offset_source: reading?.offsetSource ?? null,
    shot_candidates: own,
  } as Facts;
}

/** What the library has added to a row stays where the facts that it was added to are the same. */
export function keepFillings(facts: Facts, row: Facts): Facts {
  const samePosition = facts.latitude === row.latitude && facts.longitude === row.longitude;
  const keepPlace = facts.place_source == null && facts.latitude != null && samePosition;
  const sameClock = facts.shot_ts_source === row.shot_ts_source && clockOf(facts) === clockOf(row);
  const keepOffset = row.shot_offset_source === NEIGHBOURS && facts.shot_offset_min == null && sameClock;
  const kept = [...(keepPlace ? PLACE : []), ...(keepOffset ? OFFSET : [])];
  return { ...facts, ...Object.fromEntries(kept.map((name) => [name, row[name]])) };
}

/** Milliseconds of the clock on the wall, else of the instant; the database leaves out zeros at the end. */
function clockOf({ shot_local, shot_ts }: Facts): number | null {
  if (shot_local != null) return Date.parse(`${String(shot_local).replace(' ', 'T')}Z`);
  return shot_ts == null ? null : Date.parse(String(shot_ts));
}
