import { z } from 'zod';
import { Actor, Id, orNull } from './common.ts';
import { FaceResource } from './face.ts';
import { PhotoResource } from './photo.ts';
import { pageOf, pageQuery, queryNumber } from './query.ts';
import { SuggestionResource } from './suggestion.ts';

export const ReviewItemResource = z
  .object({ face: FaceResource, photo: PhotoResource, suggestions: z.array(SuggestionResource) })
  .meta({ id: 'ReviewItem', description: 'A face that deserves a question, with who it could be.' });
export type ReviewItemResource = z.infer<typeof ReviewItemResource>;

export const ReviewPage = pageOf(ReviewItemResource).meta({ id: 'ReviewPage', description: 'Most useful question first.' });
export type ReviewPage = z.infer<typeof ReviewPage>;

export const ReviewQueueQuery = z.strictObject({
  ...pageQuery,
  minConfidence: queryNumber({ min: 0, max: 1 })
    .optional()
    .meta({ description: 'Only faces whose best suggestion is at least this sure.' }),
});
export type ReviewQueueQuery = z.input<typeof ReviewQueueQuery>;

export const ApplyCertainRequest = z
  .strictObject({
    actor: Actor.optional(),
    dryRun: z.boolean().default(false).meta({ description: 'Count only; change nothing.' }),
    maxErrorRate: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .meta({ description: 'Apply only what keeps the share of wrong names below this, as the confirmed faces show.' }),
  })
  .meta({ id: 'ApplyCertainRequest', examples: [{ actor: 'anna', dryRun: true }] });
export type ApplyCertainRequest = z.input<typeof ApplyCertainRequest>;

export const ApplyCertainResult = z
  .object({
    batchId: Id.nullable().meta({ description: 'Undo everything applied with it; null when nothing was.' }),
    considered: z.int().min(0).meta({ description: 'Faces without a label, or with a guess.' }),
    compared: z.int().min(0).meta({ description: 'Those that something can have changed for since the last time.' }),
    applied: z.int().min(0).meta({ description: 'Faces without a label that were named.' }),
    changed: z.int().min(0).meta({ description: 'Guesses that became another person.' }),
    withdrawn: z.int().min(0).meta({ description: 'Guesses that would not be made today.' }),
    kept: z.int().min(0).meta({ description: 'Guesses that still hold.' }),
    asked: z.int().min(0),
    leftUnknown: z.int().min(0),
    promise: orNull(
      z
        .object({
          errorRate: z.number(),
          certainty: z
            .number()
            .nullable()
            .meta({ description: 'From which confidence on names were applied; null when it cannot be promised yet.' }),
          missingConfirmations: z.int().min(0),
        })
        .meta({ id: 'ErrorPromise' }),
    ),
  })
  .meta({ id: 'ApplyCertainResult' });
export type ApplyCertainResult = z.infer<typeof ApplyCertainResult>;
