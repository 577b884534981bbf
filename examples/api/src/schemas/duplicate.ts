import { z } from 'zod';
import { Id, orNull, PAGE_LIMIT_MAX } from './common.ts';
import { queryInteger } from './query.ts';

const GROUPS_DEFAULT = 50;

const DuplicateKind = z.enum(['exact', 'near', 'burst']).meta({
  description:
    'exact: one content in several files. near: resized, recompressed or lightly edited copies. burst: shots within seconds.',
});

export const DuplicateGroupResource = z
  .object({
    kind: DuplicateKind,
    reason: z.string().meta({ description: 'Why these belong together, in words for people.' }),
    photos: z.array(
      z.object({
        photoId: Id,
        paths: z.array(z.string()),
        width: z.int(),
        height: z.int(),
        filesize: z.int().meta({ description: 'Bytes.' }),
        shotLocal: orNull(z.string()),
        distance: z
          .int()
          .min(0)
          .max(64)
          .meta({ description: 'Bits of 64 in which its look differs from that of the first photo.' }),
      }),
    ),
  })
  .meta({ id: 'DuplicateGroup' });

export const DuplicatesQuery = z.strictObject({
  kind: DuplicateKind.optional(),
  limit: queryInteger({ min: 1, max: PAGE_LIMIT_MAX }).default(GROUPS_DEFAULT).meta({ description: 'Groups at most.' }),
});

export const Duplicates = z
  .object({
    items: z.array(DuplicateGroupResource),
    total: z.int().meta({ description: 'Groups there are.' }),
  })
  .meta({ id: 'Duplicates' });
