import type { StoredCandidate } from '../saving/readings/fillings.ts';

/** A photo whose stored offset is not what its neighbours say. */
export interface UnsettledPhoto {
  photo_id: string;
  shot_ts_source: string;
  shot_candidates: StoredCandidate[];
  /** Offset that both neighbours have; null when they do not agree. */
  offset_minutes: number | null;
}
