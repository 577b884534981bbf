import type { PriorWeight } from '../../model/priors.ts';
import type { PriorTerm } from '../terms/ranking-term.ts';
import { readPriorWeights } from './prior-weights.ts';
import { readPhotoLabels } from './read-photo-labels.ts';
import { Surroundings } from './surroundings.ts';

/** What is around a face, each circumstance by as much as it counts in this library. */
export const priorTerm: PriorTerm = {
  kind: 'prior',
  prepare: async ({ context, known }) => {
    const weights = await readPriorWeights(context);
    const surroundings = new Surroundings(known, context.settings.priors, await readPhotoLabels(context));
    return (question) =>
      surroundings.lifts(question).map(({ name, lifts, because }) => ({
        name,
        logOdds: lifts.map((lift) => (lift === null ? null : weigh(lift, weights[name]))),
        because,
      }));
  },
};

function weigh(lift: number, weight: PriorWeight): number {
  // Adding 0 makes a negative zero a plain one, which JSON has no other of.
  return lift * (lift > 0 ? weight.for : weight.against) + 0;
}
