import { PhotoorgError } from '@photoorg/errors';

/**
 * Several processes were asked to share the work on a library that only one process can open.
 *
 * @example
 * ```ts
 * await enqueuePhotos({ library, root: '/photos', scanPhotos }).catch(async (error: unknown) => {
 *   if (!(error instanceof QueueNeedsServerError)) throw error;
 *   await indexPhotos({ library, root: '/photos', scanPhotos }); // here and now, instead
 * });
 * ```
 */
export class QueueNeedsServerError extends PhotoorgError<'QUEUE_NEEDS_SERVER'> {
  constructor(location: string) {
    super({
      code: 'QUEUE_NEEDS_SERVER',
      message: `Workers cannot share the embedded database in ${location}: it belongs to one process.`,
      remedy: 'Use a PostgreSQL server (DATABASE_URL), or index in one process (indexPhotos).',
    });
  }
}

/** What a file's failure is recorded as when the worker that had it died again and again. */
export const WORKER_DIED = 'WORKER_DIED';

/** A file was enqueued that this worker's scanner has nothing to read with. */
export class NothingToReadWithError extends PhotoorgError<'EXIFTOOL_MISSING'> {
  constructor(path: string) {
    super({
      code: 'EXIFTOOL_MISSING',
      message: `${path} is a film or a photo of a rare format, which only exiftool reads; this worker runs without.`,
      remedy: 'Give exiftool to the scanPhotos of every worker.',
      retryable: true,
    });
  }
}
