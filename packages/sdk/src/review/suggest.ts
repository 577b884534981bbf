import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { decideAction } from './decide-action.ts';
import { explainSuggestion } from './explain-suggestion.ts';
import type { Candidates } from './find-candidates.ts';
import type { RankingNow } from './prepare-ranking.ts';
import { type RankedPerson, rankPeople } from './rank-people.ts';

export const DEFAULT_SUGGESTIONS = 5;
const MOST_SUGGESTIONS = 50;

interface SuggestOptions {
  readonly ranking: RankingNow;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Who a face could be: its candidates from the faces that count as evidence, ranked, with what to do about each. */
export async function suggestPeople(
  context: LibraryContext,
  findCandidates: (signal?: AbortSignal) => Promise<Candidates>,
  { ranking, limit = DEFAULT_SUGGESTIONS, signal }: SuggestOptions,
): Promise<Suggestion[]> {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SUGGESTIONS) {
    throw InvalidInputError.expected(`a whole number from 1 to ${MOST_SUGGESTIONS}`, 'limit', limit);
  }
  signal?.throwIfAborted();
  const { question, known } = await findCandidates(signal);
  const ranked = rankPeople(question, await ranking(known, signal)).slice(0, limit);
  const people = await readSuggestedPeople(context, ranked);
  return toSuggestions(context, question.space, ranked, people);
}

type SuggestedPeople = ReadonlyMap<string, Suggestion['person']>;

/** What a suggestion shows of its person. */
export async function readSuggestedPeople(context: LibraryContext, ranked: readonly RankedPerson[]): Promise<SuggestedPeople> {
  return readPeopleShown(
    context,
    ranked.map(({ evidence }) => evidence.personId),
  );
}

/** By id; without those who are gone. */
export async function readPeopleShown(context: LibraryContext, ids: readonly string[]): Promise<SuggestedPeople> {
  const personIds = [...new Set(ids)];
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

/** Without those who were removed since they were ranked. */
export function toSuggestions(
  { settings }: Pick<LibraryContext, 'settings'>,
  space: string,
  ranked: readonly RankedPerson[],
  people: SuggestedPeople,
): Suggestion[] {
  const known = ranked.filter(({ evidence }) => people.has(evidence.personId));
  return known.map((candidate, i) => {
    const { evidence, confidence, faceConfidence, score, terms, interval } = candidate;
    return {
      person: people.get(evidence.personId)!,
      rank: i + 1,
      confidence,
      interval: interval(),
      faceConfidence,
      score,
      terms: terms(),
      distance: evidence.distances[0],
      space,
      supportingFaces: evidence.supportingFaces,
      nearestFaceId: evidence.nearestFaceId,
      reason: explainSuggestion(candidate),
      action: decideAction(candidate, settings),
    };
  });
}
