import { selectFaces, toFace } from '../../catalog/face-row.ts';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { isNamed } from '../../evidence/evidence-rules.ts';
import type { FaceBank } from '../../evidence/face-bank.ts';
import type { UnnamedGroups } from '../../grouping/unnamed-groups.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { Face } from '../../model/faces.ts';
import type { NextCardsOptions, ReviewCard, ReviewNext, ReviewProgress } from '../../model/review-cards.ts';
import type { Suggestion } from '../../model/suggestion.ts';
import { type KnownNames, refuseUnknown } from '../../values/refuse-unknown.ts';
import type { RankingNow } from '../prepare-ranking.ts';
import type { RankedPerson } from '../rank-people.ts';
import type { ReviewMemory } from '../review-memory.ts';
import { readPeopleShown, toSuggestions } from '../suggest.ts';
import { type CardDraft, draftCards } from './draft-cards.ts';
import type { LookAhead } from './look-ahead.ts';

const OPTIONS: KnownNames<NextCardsOptions> = { limit: true, later: true, signal: true };

const MOST_CARDS = 20;
interface Asked {
  readonly memory: ReviewMemory;
  readonly ranking: RankingNow;
  readonly groups: UnnamedGroups;
  readonly ahead: LookAhead;
}

/** What is most useful to ask now, and where the library stands. */
export async function nextCards(
  context: LibraryContext,
  { memory, ranking: rankingNow, groups, ahead }: Asked,
  options: NextCardsOptions,
): Promise<ReviewNext> {
  refuseUnknown<NextCardsOptions>(options, OPTIONS, 'the options of review.next');
  const { limit = 1, later = [], signal } = options;
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= MOST_CARDS)) {
    throw InvalidInputError.expected(`a whole number from 1 to ${MOST_CARDS}`, 'limit', limit);
  }
  ahead.end();
  const answers = await memory.current(signal);
  if (!answers) return { cards: [], progress: NO_FACES };
  const { bank } = answers.known;
  const unnamed = await groups.current(bank, signal);
  const ranking = await rankingNow(answers.known, signal);
  const state = { ranking, groups: unnamed, settings: context.settings };
  const drafts = await draftCards(answers, state, { limit, later, signal });
  const cards = await readCards(context, bank, drafts);
  ahead.begin(answers, state, { limit, later });
  return { cards, progress: progressOf(bank) };
}

async function readCards(context: LibraryContext, bank: FaceBank, drafts: ReadonlyMap<string, CardDraft>): Promise<ReviewCard[]> {
  if (drafts.size === 0) return [];
  const all = [...drafts.values()];
  const faceIds = all.flatMap(({ faces }) => faces.map(({ index }) => bank.faces[index]!.faceId));
  const rows = await selectFaces(context).where('faces.face_id', 'in', faceIds).execute();
  const faces = new Map<string, Face>(rows.map((row) => [row.face_id, toFace(row)]));
  const ranked = all.flatMap(({ faces }) => faces.flatMap(({ first }) => first ?? []));
  const claimed = all.flatMap(({ personId, otherId }) => [personId, otherId].filter((id) => id !== null));
  const people = await readPeopleShown(context, [...ranked.map(({ evidence }) => evidence.personId), ...claimed]);
  const suggestionOf = (first: RankedPerson | null): Suggestion | null =>
    (first && toSuggestions(context, bank.space, [first], people)[0]) ?? null;
  return [...drafts].flatMap(([cardId, { subject, personId, otherId, faces: drafted, more, gain }]): ReviewCard[] => {
    // Of faces and people that are gone by now nothing is asked.
    const standing = drafted.flatMap(({ index, first }) => {
      const face = faces.get(bank.faces[index]!.faceId);
      return face ? [{ face, suggestion: suggestionOf(first) }] : [];
    });
    const person = personId === null ? null : (people.get(personId) ?? null);
    const other = otherId === null ? null : (people.get(otherId) ?? null);
    if (standing.length === 0 || (subject.kind === 'pair' && !(person && other))) return [];
    return [{ cardId, kind: subject.kind, person, other, faces: standing, more, gain }];
  });
}

const NO_FACES: ReviewProgress = { faces: 0, named: 0, guessed: 0, ignored: 0, waiting: 0 };

function progressOf({ faces }: FaceBank): ReviewProgress {
  const progress = { ...NO_FACES };
  for (const face of faces) {
    if (face.isPhotoDeleted) continue;
    progress.faces++;
    if (isNamed(face)) progress.named++;
    else if (face.ignored) progress.ignored++;
    else if (face.personId !== null) progress.guessed++;
    else progress.waiting++;
  }
  return progress;
}
