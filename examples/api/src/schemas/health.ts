import { z } from 'zod';

export const LiveResource = z.object({ status: z.literal('ok') }).meta({ id: 'Live' });
export type LiveResource = z.infer<typeof LiveResource>;

export const HealthResource = z
  .object({
    status: z.literal('ok'),
    database: z.object({
      kind: z.enum(['embedded', 'server']),
      serverVersion: z.string(),
      pgvectorVersion: z.string(),
    }),
  })
  .meta({ id: 'Health', description: 'The database answers.' });
export type HealthResource = z.infer<typeof HealthResource>;
