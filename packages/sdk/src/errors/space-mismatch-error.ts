import { PhotoorgError } from '@photoorg/errors';

/**
 * A vector of one embedding space met another space, or has the wrong dimension.
 *
 * @example
 * ```ts
 * await library.search.similarFaces({ embedding: [0.1, 0.2] }).catch((error: unknown) => {
 *   if (error instanceof SpaceMismatchError) console.error(error.message); // two numbers where the space has 128
 * });
 * ```
 */
export class SpaceMismatchError extends PhotoorgError<'SPACE_MISMATCH'> {
  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super({ code: 'SPACE_MISMATCH', message, ...options });
  }
}
