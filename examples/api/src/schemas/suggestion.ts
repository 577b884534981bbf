import { z } from 'zod';
import { Confidence, Embedding, Id, SpaceName } from './common.ts';
import { queryInteger } from './query.ts';

const SUGGESTIONS_MAX = 50;
const SUGGESTIONS_DEFAULT = 5;

export const SuggestionTermResource = z
  .object({
    name: z.string().meta({ description: 'Each once in a suggestion.' }),
    logOdds: z.number().meta({ description: 'Natural logarithm of the odds that it adds.' }),
    because: z.string().meta({ description: 'The figures it goes by, in words for people.' }),
  })
  .meta({ id: 'SuggestionTerm', description: 'One thing that speaks for the person, or against.' });
export type SuggestionTermResource = z.infer<typeof SuggestionTermResource>;

export const SuggestionResource = z
  .object({
    person: z.object({ personId: Id, displayName: z.string(), coverFaceId: Id.nullable() }),
    rank: z.int().min(1),
    confidence: Confidence,
    interval: z
      .object({ low: z.number().min(0).max(1), high: z.number().min(0).max(1) })
      .meta({ description: 'Where the probability lies with a chance of 90 %.' }),
    faceConfidence: Confidence.meta({ description: 'From the face alone, without what is known around it.' }),
    score: z.number().meta({ description: 'Log-odds against "none of them": the sum of the terms.' }),
    terms: z.array(SuggestionTermResource).meta({ description: 'What speaks for the person and against, by name.' }),
    distance: z.number().min(0).meta({ description: 'To the nearest confirmed face of this person.' }),
    space: SpaceName.meta({ description: 'Embedding space that it was found in.' }),
    supportingFaces: z.int().min(0),
    nearestFaceId: Id,
    reason: z.string().meta({ description: 'Why, in words for people.' }),
    action: z.enum(['auto_apply', 'ask', 'leave_unknown']),
  })
  .meta({ id: 'Suggestion', description: 'Who the face could be, how sure that is, and what to do with it.' });
export type SuggestionResource = z.infer<typeof SuggestionResource>;

export const Suggestions = z
  .object({ items: z.array(SuggestionResource) })
  .meta({ id: 'Suggestions', description: 'Most likely first.' });
export type Suggestions = z.infer<typeof Suggestions>;

export const SuggestionsQuery = z.strictObject({
  limit: queryInteger({ min: 1, max: SUGGESTIONS_MAX }).default(SUGGESTIONS_DEFAULT),
});
export type SuggestionsQuery = z.input<typeof SuggestionsQuery>;

export const IdentifyRequest = z
  .strictObject({
    embedding: Embedding,
    space: SpaceName.optional(),
    limit: z.int().min(1).max(SUGGESTIONS_MAX).default(SUGGESTIONS_DEFAULT),
  })
  .meta({
    id: 'IdentifyRequest',
    examples: [{ embedding: new Array(128).fill(0.05), limit: 3 }],
    description: 'Suggestions for a face that is not in the library.',
  });
export type IdentifyRequest = z.input<typeof IdentifyRequest>;
