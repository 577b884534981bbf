import type { ShotTimeDoubt } from '../../model/scanned-photo.ts';
import type { DateRules } from './date-rules.ts';

export interface RankedSources<Candidate> {
  /** Most trusted first. */
  eligible: Candidate[];
  /** Never to be chosen. */
  ignored: Candidate[];
}

/**
 * Puts candidates into the order that the rules want; those that no rule names keep their order, behind those that one does. A rule trusts a source,
 * not what is implausible in it: such a candidate stays where it is.
 */
export function rankSources<Candidate extends { source: string; doubt?: ShotTimeDoubt }>(
  candidates: readonly Candidate[],
  { order = [], ignore = [] }: DateRules,
): RankedSources<Candidate> {
  const isIgnored = ({ source }: Candidate) => ignore.some((pattern) => fits(pattern, source));
  const rankOf = ({ source, doubt }: Candidate) => {
    const rank = doubt === undefined ? order.findIndex((pattern) => fits(pattern, source)) : -1;
    return rank < 0 ? order.length : rank;
  };
  return {
    eligible: candidates.filter((candidate) => !isIgnored(candidate)).sort((a, b) => rankOf(a) - rankOf(b)),
    ignored: candidates.filter(isIgnored),
  };
}

function fits(pattern: string, source: string): boolean {
  return pattern.endsWith('*') ? source.startsWith(pattern.slice(0, -1)) : source === pattern;
}
