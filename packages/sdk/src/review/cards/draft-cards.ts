import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FaceBank } from '../../evidence/face-bank.ts';
import type { UnnamedGroup } from '../../grouping/unnamed-groups.ts';
import type { LibrarySettings } from '../../library/library-context.ts';
import type { Answers } from '../answers.ts';
import { type RankedPerson, rankPeople } from '../rank-people.ts';
import type { Ranking } from '../ranking.ts';
import { type CardSubject, toCardId } from './card-id.ts';
import { FACES_OF_PAIR, findQuestions, gainOf, MOST_FACES, type OpenQuestion } from './find-questions.ts';

/** Likelihood, on the mean of those faces, from which on two people are asked about. */
const LIKELY_ONE = 0.5;

/** A card without the names of people: places in the bank, and who they could be. */
export interface CardDraft {
  readonly subject: CardSubject;
  readonly personId: string | null;
  readonly otherId: string | null;
  readonly faces: readonly { readonly index: number; readonly first: RankedPerson | null }[];
  readonly more: number;
  readonly gain: number;
}

/** What faces are looked at closely by. */
export interface DraftingState {
  readonly ranking: Ranking;
  readonly groups: readonly UnnamedGroup[];
  readonly settings: Pick<LibrarySettings, 'confirmThreshold'>;
}

export interface DraftingOptions {
  readonly limit: number;
  /** Ids of cards that were put off. */
  readonly later?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The most useful cards by their ids, leaving the event loop free in between. Rejects with the signal's reason when it is aborted. */
export async function draftCards(
  answers: Answers,
  state: DraftingState,
  { limit, later = [], signal }: DraftingOptions,
): Promise<Map<string, CardDraft>> {
  const putOff = new Set(later);
  const drafts = new Map<string, CardDraft>();
  const shown = new Set<number>();
  for (const question of findQuestions(answers.known, await answers.open(signal), state.groups)) {
    if (drafts.size === limit) break;
    for (const index of shownBy(question)) {
      await nextTurn();
      signal?.throwIfAborted();
      answers.glance(index, state.ranking);
    }
    await nextTurn();
    signal?.throwIfAborted();
    const draft = draftCard(answers, state, question);
    if (!draft || draft.faces.some(({ index }) => shown.has(index))) continue;
    if (!putOff.has(toCardId(draft.subject))) drafts.set(toCardId(draft.subject), draft);
    // What a card is about is not asked face by face, be it put off or not.
    for (const { index } of draft.faces) shown.add(index);
    for (const index of coveredBy(question)) shown.add(index);
  }
  return drafts;
}

/** Faces of which a card shows those that are likely enough: looking at each takes some milliseconds. */
function shownBy(question: OpenQuestion): readonly number[] {
  if (question.kind === 'group') return question.group.places.slice(0, MOST_FACES);
  return question.kind === 'person' ? question.faces.map(({ index }) => index) : [];
}

/** Faces that wait behind those of a card. */
function coveredBy(question: OpenQuestion): readonly number[] {
  if (question.kind === 'group') return question.group.places;
  return question.kind === 'person' ? question.all.map(({ index }) => index) : [];
}

/** null for what turns out to be no question. */
function draftCard(answers: Answers, { ranking, settings }: DraftingState, question: OpenQuestion): CardDraft | null {
  const { bank } = answers.known;
  const { confirmThreshold } = settings;
  const look = (index: number) => ({ index, first: answers.rank(index, ranking)[0] ?? null });
  const isLikely = ({ first }: ReturnType<typeof look>) => first !== null && first.confidence >= confirmThreshold;
  // What is no question is known by the scores, which are kept for every face.
  const isLikelySomebody = (index: number) => (answers.glance(index, ranking)?.confidence ?? 0) >= confirmThreshold;
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
