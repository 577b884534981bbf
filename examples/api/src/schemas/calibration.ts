import { z } from 'zod';
import { LearnRequest } from './learn-request.ts';

export const CalibrateRequest = LearnRequest.meta({ id: 'CalibrateRequest', examples: [{ dryRun: true }] });
export type CalibrateRequest = z.input<typeof CalibrateRequest>;

const Probability = z.number().min(0).max(1);

export const LearnedCalibrationResource = z
  .object({
    facesTried: z.int().min(0),
    knownShare: Probability.nullable().meta({
      description: 'Share of the faces without a name whose person has one; null when nothing was learned.',
    }),
    confidences: z.array(
      z.object({
        claimed: Probability.meta({ description: 'What the ranking says.' }),
        worth: Probability.meta({ description: 'What it is worth from now on.' }),
        interval: z.object({ low: Probability, high: Probability }),
      }),
    ),
  })
  .meta({ id: 'LearnedCalibration', description: 'What confidences are worth in this library.' });
export type LearnedCalibrationResource = z.infer<typeof LearnedCalibrationResource>;
