import type { ReviewCard } from '@photoorg/sdk';
import type { ReviewCardResource } from '../schemas/review-card.ts';
import { toFaceResource } from './face-resource.ts';

export function toReviewCardResource({ faces, ...card }: ReviewCard): ReviewCardResource {
  return { ...card, faces: faces.map(({ face, suggestion }) => ({ face: toFaceResource(face), suggestion })) };
}
