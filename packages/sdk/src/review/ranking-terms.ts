import { priorTerm } from './priors/prior-term.ts';
import { faceTerm } from './terms/face-term.ts';
import type { RankingTerm } from './terms/ranking-term.ts';

/** Everything that ranks people, in any order. */
export const RANKING_TERMS: readonly RankingTerm[] = [faceTerm, priorTerm];
