import { z } from 'zod';
import { LearnRequest } from './learn-request.ts';

export const RecomputePriorsRequest = LearnRequest.meta({ id: 'RecomputePriorsRequest', examples: [{ dryRun: true }] });
export type RecomputePriorsRequest = z.input<typeof RecomputePriorsRequest>;

const Weight = z
  .object({ for: z.number().min(0), against: z.number().min(0) })
  .meta({ id: 'PriorWeight', description: 'What the log-odds of the counts are multiplied with.' });

export const LearnedPriorsResource = z
  .object({
    facesTried: z.int().min(0),
    priors: z.array(
      z.object({ prior: z.enum(['shot time', 'company', 'place']), before: Weight, weight: Weight, faces: z.int().min(0) }),
    ),
    logLikelihood: z
      .object({ faceAlone: z.number(), before: z.number(), after: z.number() })
      .nullable()
      .meta({ description: 'Mean logarithm of the probability of the truth: the nearer to 0 the better.' }),
  })
  .meta({ id: 'LearnedPriors', description: 'How much time, company and place tell in this library.' });
export type LearnedPriorsResource = z.infer<typeof LearnedPriorsResource>;
