import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Suggestion } from '../model/review.ts';
import { type ProbeOptions, resolveProbe } from '../search/resolve-probe.ts';
import { decideAction } from './decide-action.ts';
import { explainSuggestion } from './explain-suggestion.ts';
import { findEvidence } from './find-evidence.ts';
import { type RankedPerson, rankPeople } from './rank-people.ts';

export const DEFAULT_SUGGESTIONS = 5;
const MOST_SUGGESTIONS = 50;

/** Who a stored face or an embedding could be: candidates from the confirmed faces, ranked, with what to do about each. */
export async function suggestPeople(
  context: LibraryContext,
  options: ProbeOptions & { limit?: number; signal?: AbortSignal },
): Promise<Suggestion[]> {
  const { limit = DEFAULT_SUGGESTIONS, signal } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SUGGESTIONS) {
    throw InvalidInputError.expected(`a whole number from 1 to ${MOST_SUGGESTIONS}`, 'limit', limit);
  }
  signal?.throwIfAborted();
  const probe = await resolveProbe(context, options);
  const ranked = rankPeople(await findEvidence(context, probe, signal)).slice(0, limit);
  const people = await readSuggestedPeople(context, ranked);
  return toSuggestions(context, ranked, people);
}

type SuggestedPeople = ReadonlyMap<string, Suggestion['person']>;

/** What a suggestion shows of its person. */
export async function readSuggestedPeople(context: LibraryContext, ranked: readonly RankedPerson[]): Promise<SuggestedPeople> {
  const personIds = [...new Set(ranked.map(({ evidence }) => evidence.personId))];
  if (personIds.length === 0) return new Map();
  const rows = await context.db
    .selectFrom('people')
    .select(['person_id', 'display_name', 'cover_face_id'])
    .where('person_id', 'in', personIds)
    .execute();
  return new Map(
    rows.map((row) => [
      row.person_id,
      { personId: row.person_id, displayName: row.display_name, coverFaceId: row.cover_face_id },
    ]),
  );
}

export function toSuggestions(
  { settings }: Pick<LibraryContext, 'settings'>,
  ranked: readonly RankedPerson[],
  people: SuggestedPeople,
): Suggestion[] {
  return ranked.map((candidate, i) => {
    const { evidence, confidence } = candidate;
    return {
      person: people.get(evidence.personId)!,
      rank: i + 1,
      confidence,
      distance: evidence.distances[0],
      supportingFaces: evidence.supportingFaces,
      nearestFaceId: evidence.nearestFaceId,
      reason: explainSuggestion(candidate),
      action: decideAction(confidence, settings),
    };
  });
}
