import { faceTerm } from './face-term.ts';
import type { RankingTerm } from './ranking-term.ts';

/** Everything that ranks people, in any order. */
export const RANKING_TERMS: readonly RankingTerm[] = [faceTerm];
