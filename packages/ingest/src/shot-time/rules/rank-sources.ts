import type { DateRules } from './date-rules.ts';

export interface RankedSources<Candidate> {
  /** Most trusted first. */
  eligible: Candidate[];
  /** Never to be chosen. */
  ignored: Candidate[];
}

/** Puts candidates into the order that the rules want; those that no rule names keep their order, behind those that one does. */
export function rankSources<Candidate extends { source: string }>(
  candidates: readonly Candidate[],
  { order = [], ignore = [] }: DateRules,
): RankedSources<Candidate> {
  const isIgnored = ({ source }: Candidate) => ignore.some((pattern) => fits(pattern, source));
  const rankOf = ({ source }: Candidate) => {
    const rank = order.findIndex((pattern) => fits(pattern, source));
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
