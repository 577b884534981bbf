import { z } from 'zod';
import { Confidence, Id, orNull } from './common.ts';
import { queryInteger } from './query.ts';

const LABELS_MAX = 10_000;
const LABELS_DEFAULT = 100;

export const AuditQuery = z.strictObject({
  limit: queryInteger({ min: 1, max: LABELS_MAX }).default(LABELS_DEFAULT).meta({ description: 'So many labels at most.' }),
});

const Somebody = z.object({ personId: Id, displayName: z.string() });

const DoubtedLabelResource = z
  .object({
    faceId: Id,
    photoId: Id,
    person: Somebody.meta({ description: 'Who the label says.' }),
    kinds: z.array(z.enum(['another_person', 'unlike_the_others', 'before_birth', 'twice_in_photo', 'two_places'])),
    instead: orNull(z.object({ person: Somebody, confidence: Confidence })).meta({
      description: 'Who the face looks like instead; null for nobody in reach.',
    }),
    elsewhere: orNull(
      z.object({
        faceId: Id,
        photoId: Id,
        kilometres: z.number().min(0),
        minutes: z.int().meta({ description: 'How much later the other photo was taken; below 0 for earlier.' }),
      }),
    ).meta({ description: 'Another photo of the person, too far away at that time.' }),
    confidence: Confidence.meta({ description: 'In the label, as if nobody had named the face.' }),
    doubt: z
      .number()
      .nullable()
      .meta({ description: 'Log-odds of the likeliest alternative; null for what cannot be at all, which comes first.' }),
    reason: z.string().meta({ description: 'A sentence with the figures it goes by.' }),
  })
  .meta({ id: 'DoubtedLabel', description: 'A confirmed or imported label that may be wrong.' });

export const DoubtedLabels = z
  .object({ items: z.array(DoubtedLabelResource) })
  .meta({ id: 'DoubtedLabels', description: 'The most doubtful first.' });
