import type { Face, FaceLabel, SimilarFace } from '@photoorg/sdk';
import type { FaceLabelResource, FaceResource, SimilarFaceResource } from '../schemas/face.ts';

export function toFaceResource(face: Face): FaceResource {
  return {
    ...face,
    source: face.source,
    createdAt: face.createdAt.toISOString(),
    label: face.label && toFaceLabelResource(face.label),
  };
}

export function toSimilarFaceResource({ face, distance, space }: SimilarFace): SimilarFaceResource {
  return { face: toFaceResource(face), distance, space };
}

function toFaceLabelResource(label: FaceLabel): FaceLabelResource {
  return { ...label, createdAt: label.createdAt.toISOString() };
}
