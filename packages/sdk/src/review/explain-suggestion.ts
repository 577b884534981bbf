import { SUPPORT_REACH } from '../evidence/person-evidence.ts';
import type { RankedPerson } from './rank-people.ts';

/** Why this person, as a sentence: how near, how many agree, how far the next person is. */
export function explainSuggestion({ evidence, nextDistance }: Pick<RankedPerson, 'evidence' | 'nextDistance'>): string {
  const { distances, supportingFaces, confirmedFaces } = evidence;
  const nearest = `Nearest confirmed face at distance ${distances[0].toFixed(2)}`;
  const support = `${supportingFaces} of ${confirmedFaces} ${confirmedFaces === 1 ? 'face' : 'faces'} within ${SUPPORT_REACH}`;
  if (nextDistance === null) return `${nearest}, ${support}; nobody else near.`;
  const margin = nextDistance - distances[0];
  const next =
    margin < 0
      ? `somebody else is nearer, by ${Math.abs(margin).toFixed(2)}`
      : `the next person is at ${nextDistance.toFixed(2)}, a margin of ${margin.toFixed(2)}`;
  return `${nearest}, ${support}; ${next}.`;
}
