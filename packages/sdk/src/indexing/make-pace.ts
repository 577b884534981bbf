import { availableParallelism } from 'node:os';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { IndexPhotosOptions } from '../model/index-photos.ts';
import type { KnownNames } from '../values/refuse-unknown.ts';
import { DEFAULT_BATCH_SIZE } from './batch-writer.ts';

/** Outcomes keep the order of the scan: with fewer files under way, two cores wait for the slowest of them. */
const LEAST_CONCURRENCY = 5;

type PaceOptions = Pick<IndexPhotosOptions, 'concurrency' | 'batchSize'>;

/** Names of the options by which a machine sets its own pace. */
export const PACE_OPTIONS: KnownNames<PaceOptions> = { concurrency: true, batchSize: true };

/**
 * How fast this machine goes, which changes no row.
 *
 * @throws InvalidInputError unless both are whole numbers of at least 1
 */
export function makePace(options: PaceOptions): Required<PaceOptions> {
  const { concurrency = Math.max(LEAST_CONCURRENCY, availableParallelism() + 1), batchSize = DEFAULT_BATCH_SIZE } = options;
  for (const [name, value] of Object.entries({ concurrency, batchSize })) {
    if (!Number.isSafeInteger(value) || value < 1) throw InvalidInputError.expected('a whole number of at least 1', name, value);
  }
  return { concurrency, batchSize };
}
