import { z } from 'zod';
import {
  Actor,
  Confidence,
  Embedding,
  FACES_PER_REQUEST_MAX,
  Id,
  Instant,
  JsonObject,
  orNull,
  PAGE_LIMIT_MAX,
  SpaceName,
} from './common.ts';
import { pageOf, pageQuery, queryBoolean } from './query.ts';
import { ShotFrom, ShotTo } from './shot-filter.ts';

export const FaceBox = z
  .object({ x: z.int().min(0), y: z.int().min(0), width: z.int().min(1), height: z.int().min(1) })
  .meta({ id: 'FaceBox', description: 'Where the face is, in pixels of the upright image.' });
export type FaceBox = z.infer<typeof FaceBox>;

export const LabelSource = z.enum(['human_confirmed', 'model_guess', 'imported']);
export type LabelSource = z.infer<typeof LabelSource>;

export const FaceLabelResource = z
  .object({
    personId: Id,
    displayName: z.string(),
    source: LabelSource,
    confidence: Confidence,
    createdAt: Instant,
    eventId: Id,
  })
  .meta({ id: 'FaceLabel', description: 'Who the face is, who or what said so, and how sure that is.' });
export type FaceLabelResource = z.infer<typeof FaceLabelResource>;

/** Why a face is nobody. */
export const IgnoredReason = z.enum(['stranger', 'not_a_face', 'picture', 'unclear']);

export const FaceResource = z
  .object({
    faceId: Id,
    photoId: Id,
    box: FaceBox,
    landmarks: z
      .array(z.tuple([z.number(), z.number()]).meta({ minItems: 2, maxItems: 2 }))
      .nullable()
      .meta({ description: '[x, y] points in pixels of the upright image.' }),
    score: z.number().nullable().meta({ description: "The detector's own score." }),
    quality: z.record(z.string(), z.number()).nullable(),
    source: z.enum(['detected', 'manual', 'imported']),
    ignored: z.boolean().meta({ description: 'Set aside for good: kept out of the review queue.' }),
    ignoredReason: IgnoredReason.nullable().meta({ description: 'Why it is nobody; null when nobody said.' }),
    detector: z.string(),
    provenance: JsonObject,
    createdAt: Instant,
    hasCrop: z.boolean().meta({ description: 'A crop is stored; without one it is rendered from the photo.' }),
    label: orNull(FaceLabelResource),
  })
  .meta({ id: 'Face', description: 'One face in one photo. Its embedding never leaves the server.' });
export type FaceResource = z.infer<typeof FaceResource>;

export const FaceChangeResource = FaceResource.extend({
  batchId: Id.meta({ description: 'Undo the change with it.' }),
  events: z.int().min(0).meta({ description: 'Journal entries written; 0 when nothing had to change.' }),
}).meta({ id: 'FaceChange', description: 'A face after a change, and what undoes it.' });

const LabelRevision = orNull(Id).optional().meta({
  description: 'eventId of the label as it was read, null for no label: LABEL_CHANGED when somebody said otherwise since.',
});

export const DrawFaceRequest = z
  .strictObject({
    box: FaceBox,
    personId: Id.optional().meta({ description: 'Who it is.' }),
    allowSamePhoto: z.boolean().optional().meta({ description: 'The person stands twice in this photo (a mirror).' }),
    actor: Actor,
  })
  .meta({ id: 'DrawFaceRequest', examples: [{ box: { x: 640, y: 260, width: 250, height: 250 }, actor: 'anna' }] });

export const MoveFaceRequest = z
  .strictObject({ box: FaceBox, revision: LabelRevision, actor: Actor })
  .meta({ id: 'MoveFaceRequest', examples: [{ box: { x: 650, y: 260, width: 250, height: 250 }, actor: 'anna' }] });

export const RemoveFacesRequest = z
  .strictObject({
    faceIds: z.array(Id).min(1).max(FACES_PER_REQUEST_MAX),
    revisions: z.record(Id, orNull(Id)).optional().meta({ description: 'By faceId, eventId of its label as it was read.' }),
    actor: Actor,
  })
  .meta({ id: 'RemoveFacesRequest', examples: [{ faceIds: ['0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17'], actor: 'anna' }] });

export const FacePage = pageOf(FaceResource).meta({ id: 'FacePage' });
export type FacePage = z.infer<typeof FacePage>;

export const FaceParams = z.strictObject({ faceId: Id });

export const ListFacesQuery = z.strictObject({
  ...pageQuery,
  photoId: Id.optional(),
  personId: Id.optional(),
  labelled: queryBoolean().optional(),
  ignored: queryBoolean().optional(),
});
export type ListFacesQuery = z.input<typeof ListFacesQuery>;

/** Straight-line (L2) distance; dlib embeddings of two different people are rarely nearer than 0.6. */
const Distance = z.number().min(0).meta({ example: 0.42 });

export const SimilarFacesRequest = z
  .strictObject({
    faceId: Id.optional().meta({ description: 'The face to compare with.' }),
    embedding: Embedding.optional(),
    space: SpaceName.optional(),
    limit: z.int().min(1).max(PAGE_LIMIT_MAX).default(20),
    maxDistance: Distance.optional().meta({ description: 'Leave out faces farther away than this.' }),
    personId: Id.optional().meta({ description: 'Only faces of this person.' }),
    labelled: z.boolean().optional(),
    from: ShotFrom.optional(),
    to: ShotTo.optional(),
  })
  .refine((request) => (request.faceId === undefined) !== (request.embedding === undefined), {
    error: 'Expected exactly one of faceId and embedding.',
  })
  .meta({
    id: 'SimilarFacesRequest',
    examples: [{ faceId: '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17', limit: 10, maxDistance: 0.5 }],
    description: 'Exactly one of `faceId` and `embedding` says what to compare with.',
  });
export type SimilarFacesRequest = z.input<typeof SimilarFacesRequest>;

export const SimilarFaceResource = z
  .object({
    face: FaceResource,
    distance: Distance,
    space: z.string().meta({ description: 'Name of the embedding space that it is measured in.' }),
  })
  .meta({ id: 'SimilarFace' });
export type SimilarFaceResource = z.infer<typeof SimilarFaceResource>;

export const SimilarFaces = z
  .object({ items: z.array(SimilarFaceResource) })
  .meta({ id: 'SimilarFaces', description: 'Nearest first. The face asked about is left out.' });
export type SimilarFaces = z.infer<typeof SimilarFaces>;
