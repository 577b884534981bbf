import type { ReviewItem } from '@photoorg/sdk';
import type { ReviewItemResource } from '../schemas/review.ts';
import { toFaceResource } from './face-resource.ts';
import { toPhotoResource } from './photo-resource.ts';

export function toReviewItemResource({ face, photo, suggestions }: ReviewItem): ReviewItemResource {
  return { face: toFaceResource(face), photo: toPhotoResource(photo), suggestions };
}
