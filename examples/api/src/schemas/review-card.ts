import { z } from 'zod';
import { Actor, FACES_PER_REQUEST_MAX, Id, NAME_LENGTH_MAX, orNull, text } from './common.ts';
import { FaceResource, IgnoredReason } from './face.ts';
import { labelChangeFields, Revisions } from './label.ts';
import { queryInteger, queryList } from './query.ts';
import { SuggestionResource } from './suggestion.ts';

const CARDS_MAX = 20;
const LATER_MAX = 100;
const CARD_ID_LENGTH_MAX = 100;

const CardId = z.string().max(CARD_ID_LENGTH_MAX).meta({ example: 'person:0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17' });

const CardPerson = z.object({ personId: Id, displayName: z.string(), coverFaceId: Id.nullable() }).meta({ id: 'CardPerson' });

export const ReviewCardResource = z
  .object({
    cardId: CardId.meta({ description: 'The same for the same question.' }),
    kind: z.enum(['group', 'person', 'pair', 'face']),
    person: orNull(CardPerson).meta({ description: 'Who it is said to be; null for "who is this?".' }),
    other: orNull(CardPerson).meta({ description: 'Of a pair, who may be the same.' }),
    faces: z
      .array(z.object({ face: FaceResource, suggestion: orNull(SuggestionResource) }))
      .meta({ description: 'The surest first, one of a photo at most.' }),
    more: z.int().min(0).meta({ description: 'How many more wait behind these, about.' }),
    gain: z.number().min(0).meta({ description: 'Faces that an answer settles for each key it takes, about.' }),
  })
  .meta({ id: 'ReviewCard', description: 'One question, with all that it takes to answer it.' });
export type ReviewCardResource = z.infer<typeof ReviewCardResource>;

const Count = z.int().min(0);

export const ReviewNextResource = z
  .object({
    cards: z.array(ReviewCardResource),
    progress: z
      .object({
        faces: Count,
        named: Count.meta({ description: 'Confirmed or imported.' }),
        guessed: Count,
        ignored: Count,
        waiting: Count.meta({ description: 'What is left to ask about, or to leave unknown.' }),
      })
      .meta({ id: 'ReviewProgress', description: 'Every face with a vector, counted once.' }),
  })
  .meta({ id: 'ReviewNext', description: 'What is best asked next, and where the library stands.' });
export type ReviewNextResource = z.infer<typeof ReviewNextResource>;

export const ReviewNextQuery = z.strictObject({
  limit: queryInteger({ min: 1, max: CARDS_MAX }).default(1).meta({ description: 'Cards wanted.' }),
  later: queryList(CardId, LATER_MAX)
    .optional()
    .meta({ description: 'Cards that are put off, by cardId; repeat it for several.' }),
});
export type ReviewNextQuery = z.input<typeof ReviewNextQuery>;

const FaceIds = z.array(Id).max(FACES_PER_REQUEST_MAX).optional();

export const CardAnswerRequest = z
  .strictObject({
    cardId: CardId,
    actor: Actor,
    faceIds: FaceIds.meta({ description: 'These are the person of a `person` card, or whoever personId or name says.' }),
    personId: Id.optional().meta({ description: 'Who faceIds are; of a single face, also who notFaceIds is not.' }),
    name: text(NAME_LENGTH_MAX).optional().meta({ description: 'The name of somebody, who is made when nobody goes by it.' }),
    notFaceIds: FaceIds.meta({ description: "These are not the card's person, or do not belong to its group: it sticks." }),
    nobodyFaceIds: FaceIds.meta({ description: 'These are nobody.' }),
    reason: IgnoredReason.optional().meta({ description: 'Why nobodyFaceIds are nobody; a stranger unless said.' }),
    same: z.boolean().optional().meta({ description: 'Of a pair, whether the two are one person.' }),
    revisions: Revisions,
  })
  .meta({
    id: 'CardAnswerRequest',
    examples: [
      {
        cardId: 'person:0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17',
        faceIds: ['0199d2a4-8f20-7d44-b6c2-91e05a7d3c60'],
        actor: 'anna',
      },
    ],
  });
export type CardAnswerRequest = z.input<typeof CardAnswerRequest>;

export const AnsweredCardResource = z
  .object({
    ...labelChangeFields,
    personId: Id.nullable().meta({ description: 'Who faceIds are; null when there were none.' }),
    leftOutFaceIds: z.array(Id).meta({ description: 'Not named, since the person stands in their photo by another face.' }),
  })
  .meta({ id: 'AnsweredCard' });
export type AnsweredCardResource = z.infer<typeof AnsweredCardResource>;
