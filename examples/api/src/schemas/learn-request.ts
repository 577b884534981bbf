import { z } from 'zod';

const FACES_MAX = 100_000;
const FACES_DEFAULT = 5_000;

/** Of what is learned from the confirmed faces. */
export const LearnRequest = z.strictObject({
  limit: z.int().min(1).max(FACES_MAX).default(FACES_DEFAULT).meta({ description: 'Faces to try at most.' }),
  dryRun: z.boolean().default(false).meta({ description: 'Tell only; change nothing.' }),
});
