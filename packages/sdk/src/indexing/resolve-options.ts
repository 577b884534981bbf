import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { IndexPhotosOptions } from '../model/index-photos.ts';
import { DEFAULT_BATCH_SIZE } from './batch-writer.ts';

/** Outcomes keep the order of the scan: with fewer files under way, two cores wait for the slowest of them. */
const LEAST_CONCURRENCY = 5;

/** The options with their defaults. */
export function resolveOptions(options: IndexPhotosOptions) {
  return {
    ...options,
    root: resolve(options.root),
    exif: options.exif ?? true,
    dateRules: options.exif === false ? undefined : options.dateRules,
    places: options.places ?? true,
    gazetteer: options.places === false ? undefined : options.gazetteer,
    importRegions: (options.exif ?? true) && (options.importRegions ?? true),
    thumbnails: options.thumbnails ?? true,
    dryRun: options.dryRun ?? false,
    retryFailed: options.retryFailed ?? false,
    acceptMissing: options.acceptMissing ?? false,
    concurrency: options.concurrency ?? Math.max(LEAST_CONCURRENCY, availableParallelism() + 1),
    batchSize: options.batchSize ?? DEFAULT_BATCH_SIZE,
  };
}
