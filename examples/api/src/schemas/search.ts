import { z } from 'zod';
import { cameraFilter } from './camera-filter.ts';
import { Embedding, Id, orNull, PAGE_LIMIT_MAX, PlaceText, SearchText, SpaceName } from './common.ts';
import { FaceResource } from './face.ts';
import { PersonResource } from './person.ts';
import { PhotoResource } from './photo.ts';
import { queryBoolean, queryInteger, queryList, queryPositive } from './query.ts';
import { ShotFrom, ShotTo } from './shot-filter.ts';

const SEARCH_LIMIT_DEFAULT = 20;
const FILTER_PEOPLE_MAX = 50;

export const SearchHitResource = z
  .object({
    kind: z.enum(['photo', 'face', 'person']),
    photo: orNull(PhotoResource),
    face: orNull(FaceResource),
    person: orNull(PersonResource),
    score: z.number(),
    reason: z.string().meta({ description: 'Why this was found, in words for people.' }),
  })
  .meta({ id: 'SearchHit' });
export type SearchHitResource = z.infer<typeof SearchHitResource>;

export const SearchResult = z
  .object({ items: z.array(SearchHitResource) })
  .meta({ id: 'SearchResult', description: 'Best first.' });
export type SearchResult = z.infer<typeof SearchResult>;

const asksForSomething = (search: { q?: unknown; faceId?: unknown; embedding?: unknown }) =>
  Boolean(search.q) || search.faceId !== undefined || search.embedding !== undefined;

export const SearchQuery = z
  .strictObject({
    q: SearchText.optional(),
    faceId: Id.optional().meta({ description: 'Photos with a face like this one.' }),
    limit: queryInteger({ min: 1, max: PAGE_LIMIT_MAX }).default(SEARCH_LIMIT_DEFAULT),
    from: ShotFrom.optional(),
    to: ShotTo.optional(),
    place: PlaceText.optional(),
    personId: queryList(Id, FILTER_PEOPLE_MAX).optional().meta({ description: 'Only photos that show all of these people.' }),
    hasFaces: queryBoolean().optional(),
    ...cameraFilter(queryPositive),
  })
  .refine(asksForSomething, { error: 'Expected q, faceId or both.' });
export type SearchQuery = z.input<typeof SearchQuery>;

export const SearchRequest = z
  .strictObject({
    q: SearchText.optional(),
    faceId: Id.optional(),
    embedding: Embedding.optional(),
    space: SpaceName.optional(),
    limit: z.int().min(1).max(PAGE_LIMIT_MAX).default(SEARCH_LIMIT_DEFAULT),
    filter: z
      .strictObject({
        from: ShotFrom.optional(),
        to: ShotTo.optional(),
        place: PlaceText.optional(),
        personId: z.array(Id).max(FILTER_PEOPLE_MAX).optional(),
        withoutPersonId: z.array(Id).max(FILTER_PEOPLE_MAX).optional(),
        exactPersonId: z.array(Id).max(FILTER_PEOPLE_MAX).optional(),
        hasFaces: z.boolean().optional(),
        ...cameraFilter(() => z.number().positive()),
      })
      .optional(),
  })
  .refine(asksForSomething, { error: 'Expected q, faceId or embedding.' })
  .refine((search) => search.faceId === undefined || search.embedding === undefined, {
    error: 'Expected faceId or embedding, not both.',
  })
  .meta({
    id: 'SearchRequest',
    examples: [{ q: 'beach', faceId: '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17', limit: 10 }],
    description: 'Words, a face or an embedding; words together with one of the others are mixed.',
  });
export type SearchRequest = z.input<typeof SearchRequest>;
