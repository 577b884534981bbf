import { sql } from 'kysely';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { NotFoundError } from '../../errors/not-found-error.ts';
import { takeOut } from '../../grouping/change-groups.ts';
import { lockIdentity } from '../../identity/change-identity.ts';
import { ignoreFaces } from '../../identity/labelling/ignore-faces.ts';
import { type FaceToName, nameFaces } from '../../identity/labelling/name-faces.ts';
import { rejectForFaces } from '../../identity/labelling/reject-person.ts';
import { mergePeople } from '../../identity/people/merge-people.ts';
import { type Revisions, revisionsOf } from '../../identity/revisions.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { AnsweredCard, CardAnswer } from '../../model/review-cards.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { newId } from '../../values/new-id.ts';
import { type KnownNames, refuseUnknown } from '../../values/refuse-unknown.ts';
import { type CardSubject, readCardId } from './card-id.ts';
import { FACES_OF_PAIR } from './find-questions.ts';

const ANSWER: KnownNames<CardAnswer> = {
  cardId: true,
  actor: true,
  faceIds: true,
  personId: true,
  name: true,
  notFaceIds: true,
  nobodyFaceIds: true,
  reason: true,
  same: true,
  revisions: true,
};

/** What an answer says, all or nothing, as one batch. */
export async function answerCard(context: LibraryContext, answer: CardAnswer): Promise<AnsweredCard> {
  refuseUnknown<CardAnswer>(answer, ANSWER, 'the answer to a card');
  const subject = readCardId(answer.cardId);
  if ((subject.kind === 'pair') !== (answer.same !== undefined)) {
    throw new InvalidInputError(
      subject.kind === 'pair' ? 'A pair is answered by `same`: true or false.' : '`same` is the answer to a pair of people only.',
    );
  }
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    return subject.kind === 'pair' ? answerPair(transaction, subject, answer) : answerFaces(transaction, subject, answer);
  });
}

async function answerFaces(context: LibraryContext, { kind, ids }: CardSubject, answer: CardAnswer): Promise<AnsweredCard> {
  const { actor, reason } = answer;
  const [meant, not, nobody] = [answer.faceIds, answer.notFaceIds, answer.nobodyFaceIds].map((faceIds = []) =>
    faceIds.map((faceId) => String(faceId).toLowerCase()),
  ) as [string[], string[], string[]];
  const all = [...meant, ...not, ...nobody];
  if (all.length === 0) throw new InvalidInputError('The answer is about no face.');
  if (new Set(all).size < all.length) throw new InvalidInputError('A face is named twice in the answer.');
  const revisions = revisionsOf(all, answer.revisions);
  const of = (faceIds: readonly string[]): Revisions =>
    new Map([...revisions].filter(([faceId]) => faceIds.includes(faceId.toLowerCase())));
  const batch = { actor, batchId: newId() };
  let events = 0;
  let [personId, leftOutFaceIds] = [null as string | null, [] as string[]];
  if (meant.length > 0) {
    const claimed = kind === 'person' && answer.personId === undefined && answer.name === undefined ? ids[0] : answer.personId;
    const provenance = { cardId: answer.cardId };
    const faces = await photosOf(context, meant);
    const named = await nameFaces(context, faces, {
      personId: claimed,
      name: answer.name,
      provenance,
      revisions: of(meant),
      ...batch,
    });
    events += named.events;
    ({ personId, leftOutFaceIds } = named);
  }
  if (not.length > 0)
    events += (await turnDown(context, { kind, ids }, { ...answer, faceIds: not, revisions: of(not), ...batch })).events;
  if (nobody.length > 0) {
    const change = await ignoreFaces(context, {
      faceIds: nobody,
      reason: reason ?? 'stranger',
      revisions: Object.fromEntries(of(nobody)),
      ...batch,
    });
    events += change.events;
  }
  return { batchId: batch.batchId, events, personId, leftOutFaceIds };
}

/** These faces are not who the card says: of a group, not one of it. */
async function turnDown(
  context: LibraryContext,
  { kind, ids }: CardSubject,
  answer: { faceIds: string[]; personId?: string; actor: string; batchId: string; revisions: Revisions },
) {
  const { faceIds, actor, batchId, revisions } = answer;
  if (kind === 'group') return takeOut(context, faceIds, { actor, batchId });
  const personId = kind === 'person' ? ids[0] : answer.personId;
  if (personId === undefined) throw new InvalidInputError('Of a single face, `personId` says who it is not.');
  return rejectForFaces(context, { faceIds, personId, actor, revisions, batchId });
}

/** Two people who are not one: the faces by which they were taken for one are not the other's. It keeps the pair from being asked about. */
async function answerPair(context: LibraryContext, { ids }: CardSubject, answer: CardAnswer): Promise<AnsweredCard> {
  const [personId, otherId] = ids as [string, string];
  const { actor, same, notFaceIds } = answer;
  if (same) {
    const { batchId, events } = await mergePeople(context, { fromId: otherId, intoId: personId, actor });
    return { batchId, events, personId, leftOutFaceIds: [] };
  }
  const faceIds = notFaceIds ?? (await facesOf(context, otherId));
  const change = await rejectForFaces(context, { faceIds, personId, actor, revisions: revisionsOf(faceIds, answer.revisions) });
  return { ...change, personId: null, leftOutFaceIds: [] };
}

/** Those by which a pair is compared. */
async function facesOf({ db }: LibraryContext, personId: string): Promise<string[]> {
  const { rows } = await sql<{ faceId: string }>`
    SELECT face_id AS "faceId" FROM face_labels JOIN photos USING (photo_id)
    WHERE person_id = ${personId} AND label_source <> 'model_guess' AND deleted_ts IS NULL
    ORDER BY face_id LIMIT ${FACES_OF_PAIR}`.execute(db);
  return rows.map(({ faceId }) => faceId);
}

/** Throws NotFoundError (FACE_NOT_FOUND) for the first that is no face of the library. */
async function photosOf(context: LibraryContext, faceIds: readonly string[]): Promise<FaceToName[]> {
  const { rows } = await sql<FaceToName>`
    SELECT face_id AS "faceId", photo_id AS "photoId" FROM faces
    WHERE library_id = ${context.libraryId} AND face_id = ANY (${faceIds.filter(isUuid)}::uuid[])`.execute(context.db);
  const known = new Set(rows.map(({ faceId }) => faceId));
  const unknown = faceIds.find((faceId) => !known.has(faceId));
  if (unknown !== undefined) throw new NotFoundError('face', unknown);
  return rows;
}
