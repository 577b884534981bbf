import { toPageResource } from '../resources/page-resource.ts';
import { toReviewItemResource } from '../resources/review-item-resource.ts';
import { AuditQuery, DoubtedLabels } from '../schemas/audit.ts';
import { CalibrateRequest, LearnedCalibrationResource } from '../schemas/calibration.ts';
import { EvaluationQuery, EvaluationResource } from '../schemas/evaluation.ts';
import { LearnedPriorsResource, RecomputePriorsRequest } from '../schemas/priors.ts';
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

export const auditLabels = jsonRoute({
  method: 'get',
  path: '/review/audit',
  operationId: 'auditLabels',
  tag: 'Review',
  summary: 'Confirmed and imported names that may be wrong, the most doubtful first',
  description: 'Each is judged as if nobody had named it, some milliseconds each. Changes nothing.',
  query: AuditQuery,
  resource: DoubtedLabels,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return { items: await library.review.audit({ ...query, signal }) };
  },
});

export const evaluateLibrary = jsonRoute({
  method: 'get',
  path: '/review/evaluation',
  operationId: 'evaluateLibrary',
  tag: 'Review',
  summary: 'How well the library would know its own confirmed faces',
  description: 'Each is tried as if nobody had named it, and once more with its person taken out. Changes nothing.',
  query: EvaluationQuery,
  resource: EvaluationResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return library.review.evaluate({ ...query, signal });
  },
});

export const calibrate = jsonRoute({
  method: 'post',
  path: '/review/calibrate',
  operationId: 'calibrate',
  tag: 'Review',
  summary: 'Learn what the confidences of suggestions are worth in this library',
  description: 'From the confirmed faces, some milliseconds each.',
  idempotencyKey: 'accepted',
  body: CalibrateRequest,
  resource: LearnedCalibrationResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, body }) {
    return library.review.calibrate(body);
  },
});

export const recomputePriors = jsonRoute({
  method: 'post',
  path: '/review/recompute-priors',
  operationId: 'recomputePriors',
  tag: 'Review',
  summary: 'Learn how much time, company and place tell about who is on a photo',
  description: 'From the confirmed faces, some milliseconds each.',
  idempotencyKey: 'accepted',
  body: RecomputePriorsRequest,
  resource: LearnedPriorsResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, body }) {
    return library.review.recomputePriors(body);
  },
});
