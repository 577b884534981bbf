import { toPageResource } from '../resources/page-resource.ts';
import { toReviewItemResource } from '../resources/review-item-resource.ts';
import { ApplyCertainRequest, ApplyCertainResult, ReviewPage, ReviewQueueQuery } from '../schemas/review.ts';
import { jsonRoute } from './route.ts';

export const listReviewQueue = jsonRoute({
  method: 'get',
  path: '/review/queue',
  operationId: 'listReviewQueue',
  tag: 'Review',
  summary: 'Faces that deserve a question, most useful first',
  query: ReviewQueueQuery,
  resource: ReviewPage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return toPageResource(await library.review.queue({ ...query, signal }), toReviewItemResource);
  },
});

export const applyCertain = jsonRoute({
  method: 'post',
  path: '/review/apply-certain',
  operationId: 'applyCertain',
  tag: 'Review',
  summary: 'Label every face that is certain enough not to ask about',
  idempotencyKey: 'accepted',
  body: ApplyCertainRequest,
  resource: ApplyCertainResult,
  problems: ['INVALID_INPUT'],
  async handle({ library, body }) {
    return library.review.applyCertain(body);
  },
});
