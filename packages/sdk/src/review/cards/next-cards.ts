import { setImmediate as nextTurn } from 'node:timers/promises';
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
import type { Answers } from '../answers.ts';
import type { RankingNow } from '../prepare-ranking.ts';
import { type RankedPerson, rankPeople } from '../rank-people.ts';
import type { Ranking } from '../ranking.ts';
import type { ReviewMemory } from '../review-memory.ts';
import { readPeopleShown, toSuggestions } from '../suggest.ts';
import { type CardSubject, toCardId } from './card-id.ts';
import { FACES_OF_PAIR, findQuestions, gainOf, MOST_FACES, type OpenQuestion } from './find-questions.ts';

const OPTIONS: KnownNames<NextCardsOptions> = { limit: true, later: true, signal: true };

const MOST_CARDS = 20;
/** Likelihood, on the mean of those faces, from which on two people are asked about. */
const LIKELY_ONE = 0.5;

/** A card without the names of people: places in the bank, and who they could be. */
interface Draft {
  readonly subject: CardSubject;
  readonly personId: string | null;
  readonly otherId: string | null;
  readonly faces: readonly { readonly index: number; readonly first: RankedPerson | null }[];
  readonly more: number;
  readonly gain: number;
}

/** What is most useful to ask now, and where the library stands. */
export async function nextCards(
  context: LibraryContext,
  { memory, ranking: rankingNow, groups }: { memory: ReviewMemory; ranking: RankingNow; groups: UnnamedGroups },
  options: NextCardsOptions,
): Promise<ReviewNext> {
  refuseUnknown<NextCardsOptions>(options, OPTIONS, 'the options of review.next');
  const { limit = 1, later = [], signal } = options;
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= MOST_CARDS)) {
    throw InvalidInputError.expected(`a whole number from 1 to ${MOST_CARDS}`, 'limit', limit);
  }
  const putOff = new Set(later);
  const answers = await memory.current(signal);
  if (!answers) return { cards: [], progress: NO_FACES };
  const { bank } = answers.known;
  const unnamed = await groups.current(bank, signal);
  const ranking = await rankingNow(answers.known, signal);
  const drafts = new Map<string, Draft>();
  const shown = new Set<number>();
  for (const question of findQuestions(answers.known, await answers.open(signal), unnamed)) {
    if (drafts.size === limit) break;
    await nextTurn();
    signal?.throwIfAborted();
    const draft = draftCard(context, answers, ranking, question);
    if (!draft || draft.faces.some(({ index }) => shown.has(index))) continue;
    if (!putOff.has(toCardId(draft.subject))) drafts.set(toCardId(draft.subject), draft);
    // What a card is about is not asked face by face, be it put off or not.
    for (const { index } of draft.faces) shown.add(index);
    for (const index of coveredBy(question)) shown.add(index);
  }
  return { cards: await readCards(context, bank, drafts), progress: progressOf(bank) };
}

/** Faces that wait behind those of a card. */
function coveredBy(question: OpenQuestion): readonly number[] {
  if (question.kind === 'group') return question.group.places;
  return question.kind === 'person' ? question.all.map(({ index }) => index) : [];
}

/** null for what turns out to be no question. */
function draftCard(context: LibraryContext, answers: Answers, ranking: Ranking, question: OpenQuestion): Draft | null {
  const { bank } = answers.known;
  const { confirmThreshold } = context.settings;
  const look = (index: number) => ({ index, first: answers.rank(index, ranking)[0] ?? null });
  const isLikely = ({ first }: ReturnType<typeof look>) => first !== null && first.confidence >= confirmThreshold;
  // What is no question is known by the scores, which are kept for every face.
  const isLikelySomebody = (index: number) => (answers.likeliest(index, ranking)?.confidence ?? 0) >= confirmThreshold;
  switch (question.kind) {
    case 'group': {
      const { groupId, places } = question.group;
      const faces = places.slice(0, MOST_FACES).map(look);
      const person = agreedBy(faces.map((face) => (isLikely(face) ? face.first!.evidence.personId : null)));
      const subject: CardSubject = { kind: 'group', ids: [groupId] };
      return { subject, personId: person, otherId: null, faces, more: places.length - faces.length, gain: question.gain };
    }
    case 'person': {
      const byPerson = Map.groupBy(
        question.faces.filter(({ index }) => isLikelySomebody(index)).map(({ index }) => look(index)),
        ({ first }) => first!.evidence.personId,
      );
      const [most] = [...byPerson].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
      if (!most) return null;
      const [personId, all] = most;
      const surest = all.toSorted((a, b) => b.first!.confidence - a.first!.confidence || a.index - b.index);
      const faces = oncePerPhoto(bank, surest);
      const subject: CardSubject =
        faces.length > 1 ? { kind: 'person', ids: [personId] } : { kind: 'face', ids: [bank.faces[faces[0]!.index]!.faceId] };
      const gain = gainOf(faces.map(({ first }) => first!.confidence));
      return { subject, personId, otherId: null, faces, more: surest.length - faces.length, gain };
    }
    case 'pair': {
      const { person, other } = question;
      const places = answers.known.gallery.rows.slice(other.start, other.end).slice(0, FACES_OF_PAIR);
      const faces = places.map((index) => {
        const asked = answers.question(index);
        const [first] = rankPeople(
          { ...asked, candidates: asked.candidates.filter(({ personId }) => personId !== other.personId) },
          ranking,
        );
        return { index, first: first ?? null };
      });
      const confidences = faces.map(({ first }) => (first?.evidence.personId === person.personId ? first.confidence : 0));
      const likelihood = confidences.reduce((sum, confidence) => sum + confidence, 0) / confidences.length;
      if (likelihood < LIKELY_ONE) return null;
      const subject: CardSubject = { kind: 'pair', ids: [person.personId, other.personId] };
      const more = other.end - other.start - faces.length;
      return { subject, personId: person.personId, otherId: other.personId, faces, more, gain: question.gain * likelihood };
    }
    case 'face': {
      const face = look(question.index);
      const subject: CardSubject = { kind: 'face', ids: [bank.faces[face.index]!.faceId] };
      const personId = isLikely(face) ? face.first!.evidence.personId : null;
      return { subject, personId, otherId: null, faces: [face], more: 0, gain: question.gain };
    }
  }
}

/** Whom more than half of them say. */
function agreedBy(personIds: readonly (string | null)[]): string | null {
  const counts = Map.groupBy(personIds, (personId) => personId);
  const [most] = [...counts].sort(([, x], [, y]) => y.length - x.length);
  return most && most[1].length * 2 > personIds.length ? most[0] : null;
}

function oncePerPhoto<Item extends { readonly index: number }>(bank: FaceBank, faces: readonly Item[]): Item[] {
  const photos = new Set<string>();
  return faces.filter(({ index }) => {
    const { photoId } = bank.faces[index]!;
    return photos.has(photoId) ? false : photos.add(photoId);
  });
}

async function readCards(context: LibraryContext, bank: FaceBank, drafts: ReadonlyMap<string, Draft>): Promise<ReviewCard[]> {
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
