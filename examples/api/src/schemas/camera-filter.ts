import type { z } from 'zod';
import { text } from './common.ts';

const WORDS_LENGTH_MAX = 1_000;

const words = (description: string, example: string) => text(WORDS_LENGTH_MAX).optional().meta({ description, example });

/**
 * The parameters that narrow photos down by what took them and how.
 *
 * @param bound a number above 0, as it is written where the parameters stand
 */
export const cameraFilter = <Bound extends z.ZodType>(bound: () => Bound) => {
  const measure = (description: string, example: number) => bound().optional().meta({ description, example });
  return {
    camera: words("Words of the camera's make and model; the last one may be unfinished.", 'canon eos'),
    lens: words('Words of the lens; the last one may be unfinished.', '35mm'),
    isoFrom: measure('At this ISO or a higher one.', 100),
    isoTo: measure('At this ISO or a lower one.', 6400),
    exposureTimeFrom: measure('Exposed for so many seconds or longer.', 0.004),
    exposureTimeTo: measure('Exposed for so many seconds or shorter.', 0.5),
    fNumberFrom: measure('At this f-number or a higher one: a narrower aperture.', 1.8),
    fNumberTo: measure('At this f-number or a lower one: a wider aperture.', 2.8),
    focalLengthFrom: measure('At so many millimetres or more, of the lens itself.', 24),
    focalLengthTo: measure('At so many millimetres or fewer, of the lens itself.', 70),
  };
};
