import { toReviewCardResource } from '../resources/review-card-resource.ts';
import { AnsweredCardResource, CardAnswerRequest, ReviewNextQuery, ReviewNextResource } from '../schemas/review-card.ts';
import { jsonRoute } from './route.ts';

export const nextReviewCards = jsonRoute({
  method: 'get',
  path: '/review/next',
  operationId: 'nextReviewCards',
  tag: 'Review',
  summary: 'What is best asked next, and where the library stands',
  description:
    "Groups that nobody named, people's new faces, people who look like one, and single faces, by what an answer settles.",
  query: ReviewNextQuery,
  resource: ReviewNextResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    const { cards, progress } = await library.review.next({ ...query, signal });
    return { cards: cards.map(toReviewCardResource), progress };
  },
});

export const answerReviewCard = jsonRoute({
  method: 'post',
  path: '/review/answers',
  operationId: 'answerReviewCard',
  tag: 'Review',
  summary: 'Answer a card, in one batch',
  idempotencyKey: 'accepted',
  body: CardAnswerRequest,
  resource: AnsweredCardResource,
  problems: [
    'FACE_NOT_FOUND',
    'PERSON_NOT_FOUND',
    'PERSON_AMBIGUOUS',
    'PERSON_MERGED',
    'PERSON_ALREADY_IN_PHOTO',
    'LABEL_CHANGED',
    'INVALID_INPUT',
  ],
  async handle({ library, body }) {
    return library.review.answer(body);
  },
});
