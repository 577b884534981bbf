import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { selectFaces, toFace } from '../catalog/face-row.ts';
import { photoColumns, toPhoto } from '../catalog/photo-row.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { FaceBank } from '../evidence/face-bank.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Page } from '../model/page.ts';
import type { Review, ReviewItem } from '../model/review.ts';
import { decodeCursor, encodeCursor, resolvePage } from '../values/cursor.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import type { Answers } from './answers.ts';
import { compareKeys, orderQuestions, type Question, type QuestionKey } from './order-questions.ts';
import type { RankingNow } from './prepare-ranking.ts';
import type { RankedPerson } from './rank-people.ts';
import type { Ranking } from './ranking.ts';
import type { ReviewMemory } from './review-memory.ts';
import { DEFAULT_SUGGESTIONS, readSuggestedPeople, toSuggestions } from './suggest.ts';

type QueueOptions = NonNullable<Parameters<Review['queue']>[0]>;

const QUEUE_OPTIONS = { limit: true, cursor: true, offset: true, minConfidence: true, signal: true } as const;

/** Faces compared with every confirmed face between two turns of the event loop, at most. */
const QUESTIONS_PER_TURN = 50;

interface Answered extends Question {
  readonly ranked: readonly RankedPerson[];
}

/**
 * A page of faces that deserve a question, in the order of `orderQuestions`, with their suggestions. The order is by an estimate;
 * what is shown of a face, and whether it reaches `minConfidence` (default: the library's confirm threshold), is exact.
 */
export async function reviewQueue(
  context: LibraryContext,
  { memory, ranking: rankingNow }: { memory: ReviewMemory; ranking: RankingNow },
  options: QueueOptions,
): Promise<Page<ReviewItem>> {
  refuseUnknown<QueueOptions>(options, QUEUE_OPTIONS, 'the options of review.queue');
  const { limit, offset } = resolvePage(options);
  const { minConfidence = context.settings.confirmThreshold, cursor, signal } = options;
  if (typeof minConfidence !== 'number' || !(minConfidence >= 0 && minConfidence <= 1)) {
    throw InvalidInputError.expected('a number from 0 to 1', 'minConfidence', minConfidence);
  }
  const after = cursor === undefined ? null : decodeKey(cursor);
  const answers = await memory.current(signal);
  if (!answers) return { items: [], nextCursor: null };
  const ranking = await rankingNow(answers.known, signal);
  const { bank } = answers.known;
  const open = await answers.open(signal);

  const items: ReviewItem[] = [];
  let toSkip = offset;
  let lastKey: QuestionKey | null = null;
  const questions = orderQuestions(bank, open, context.settings, minConfidence);
  const remaining = after === null ? questions : questions.filter(({ key }) => compareKeys(key, after) > 0);
  const perTurn = Math.min(QUESTIONS_PER_TURN, offset + limit + 1);
  for (const chunk of chunksOf(remaining, perTurn)) {
    await nextTurn();
    signal?.throwIfAborted();
    const answered = chunk.flatMap((question) => answer(answers, ranking, question, minConfidence));
    for (const { item, key } of await readItems(context, bank, answered)) {
      if (toSkip > 0) toSkip--;
      else if (items.length < limit) {
        items.push(item);
        lastKey = key;
      } else return { items, nextCursor: encodeKey(lastKey!) };
    }
  }
  return { items, nextCursor: null };
}

function answer(answers: Answers, ranking: Ranking, question: Question, minConfidence: number): Answered[] {
  const ranked = answers.rank(question.index, ranking);
  const confidence = ranked[0]?.confidence ?? 0;
  return confidence >= minConfidence ? [{ ...question, ranked: ranked.slice(0, DEFAULT_SUGGESTIONS) }] : [];
}

/** Three queries, however many faces. Faces that are gone by now are left out. */
async function readItems(
  context: LibraryContext,
  bank: FaceBank,
  answered: readonly Answered[],
): Promise<{ key: QuestionKey; item: ReviewItem }[]> {
  if (answered.length === 0) return [];
  const faceIds = answered.map(({ index }) => bank.faces[index]!.faceId);
  const faceRows = await selectFaces(context).where('faces.face_id', 'in', faceIds).execute();
  const photoRows = await context.db
    .selectFrom('photos')
    .select(photoColumns)
    .where(sql<boolean>`photo_id = ANY (${[...new Set(faceRows.map((row) => row.photo_id))]}::uuid[])`)
    .execute();
  const people = await readSuggestedPeople(
    context,
    answered.flatMap(({ ranked }) => ranked),
  );
  const faces = new Map(faceRows.map((row) => [row.face_id, toFace(row)]));
  const photos = new Map(photoRows.map((row) => [row.photo_id, toPhoto(row)]));
  return answered.flatMap(({ index, key, ranked }) => {
    const face = faces.get(bank.faces[index]!.faceId);
    const photo = face && photos.get(face.photoId);
    return face && photo ? [{ key, item: { face, photo, suggestions: toSuggestions(context, bank.space, ranked, people) } }] : [];
  });
}

function* chunksOf<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

const CURSOR_ORDER = 'review';

function encodeKey(key: QuestionKey): string {
  return encodeCursor(CURSOR_ORDER, key.map(String));
}

function decodeKey(cursor: string): QuestionKey {
  const [band, waiting, personId, uncertainty, faceId] = decodeCursor(cursor, CURSOR_ORDER, 5) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return [Number(band), Number(waiting), personId, Number(uncertainty), faceId];
}
