import type { Face, FaceChange, FaceLabel, SimilarFace } from '@photoorg/sdk';
import type { z } from 'zod';
import type { FaceChangeResource, FaceLabelResource, FaceResource, SimilarFaceResource } from '../schemas/face.ts';

export function toFaceResource(face: Face): FaceResource {
  return {
    ...face,
    source: face.source,
    createdAt: face.createdAt.toISOString(),
    label: face.label && toFaceLabelResource(face.label),
  };
}

export function toFaceChangeResource({ batchId, events, ...face }: FaceChange): z.infer<typeof FaceChangeResource> {
  return { ...toFaceResource(face), batchId, events };
}

export function toSimilarFaceResource({ face, distance, space }: SimilarFace): SimilarFaceResource {
  return { face: toFaceResource(face), distance, space };
}

function toFaceLabelResource(label: FaceLabel): FaceLabelResource {
  return { ...label, createdAt: label.createdAt.toISOString() };
}
