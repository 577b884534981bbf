import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { FillSpaceOptions, FillSpaceResult } from '../model/embedding-spaces.ts';
import { ensureSpace } from '../saving/rows/spaces.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { embedPhoto } from './embed-photo.ts';
import { countUnfilled, readUnfilledPhotos, startOfFill, type UnfilledSelection } from './read-unfilled-photos.ts';
import { saveVectors } from './save-vectors.ts';

/** Photos per transaction: a kill costs at most the work on so many. */
const PHOTOS_PER_BATCH = 16;

const FILL_OPTIONS: KnownNames<FillSpaceOptions> = {
  analyzer: true,
  readPixels: true,
  retryFailed: true,
  concurrency: true,
  signal: true,
  onProgress: true,
};

/** Embeds what has no vector in the analyzer's space, batch by batch, until nothing is left that can be. */
export async function fillSpace(context: LibraryContext, options: FillSpaceOptions): Promise<FillSpaceResult> {
  refuseUnknown<FillSpaceOptions>(options, FILL_OPTIONS, 'the options of spaces.fill');
  const { analyzer, retryFailed = false, concurrency = availableParallelism() + 1, signal, onProgress } = options;
  if (typeof analyzer?.embedFaces !== 'function') {
    throw InvalidInputError.expected('an analyzer that embeds known faces (embedFaces)', 'analyzer', analyzer);
  }
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw InvalidInputError.expected('a whole number of at least 1', 'concurrency', concurrency);
  }

  // 1. What is missing.
  const spaceId = await ensureSpace(context, analyzer.space);
  const selection: UnfilledSelection = { spaceId, retryFailed, startedAt: await startOfFill(context) };
  const result = { embedded: 0, failed: 0, total: await countUnfilled(context, selection) };
  onProgress?.({ ...result });

  // 2. Photo by photo, a few at a time, saved in batches. Faces that came meanwhile are met by the next round.
  const limited = pLimit(concurrency);
  let foundSome = true;
  while (foundSome && !signal?.aborted) {
    foundSome = false;
    for await (const photos of readUnfilledPhotos(context, selection, PHOTOS_PER_BATCH)) {
      foundSome = true;
      // All of them, also when one ends the fill: what is done is saved, and nothing asks the analyzer once this has rejected.
      const outcomes = await Promise.allSettled(
        photos.map((photo) => limited(() => (signal?.aborted ? [] : embedPhoto(photo, options)))),
      );
      const faces = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      const saved = await saveVectors(context, { spaceId, dimension: analyzer.space.dimension }, faces);
      result.embedded += saved.embedded;
      result.failed += saved.failed;
      onProgress?.({ ...result, total: Math.max(result.total, result.embedded + result.failed) });
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      if (signal?.aborted) break;
    }
  }

  // 3. What is still missing: what failed, or was not come to.
  const missing = await countUnfilled(context, { spaceId, retryFailed: true, startedAt: null });
  const total = Math.max(result.total, result.embedded + result.failed);
  return { ...result, total, space: analyzer.space.name, interrupted: signal?.aborted ?? false, missing };
}
