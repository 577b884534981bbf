import type { SuggestionResource } from '@photoorg/example-api/schemas';

/** Below it a suggestion is noise: of twenty such, at most one is right. Typing the name is faster than reading it. */
const leastShownConfidence = 0.05;

/** The suggestions a person should see, best first; those in `ruledOut` are not among them. */
export function worthShowing(suggestions: readonly SuggestionResource[], ruledOut: readonly string[] = []): SuggestionResource[] {
  return suggestions.filter(
    ({ person, confidence }) => confidence >= leastShownConfidence && !ruledOut.includes(person.personId),
  );
}
