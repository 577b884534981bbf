import type { WallClock } from './wall-clock.ts';

/** A wall clock and where it was read. */
export interface Reading extends WallClock {
  source: string;
  /** What told its offset, as far as that stands in the reading itself. */
  offsetSource: 'tag' | 'rule' | null;
}
