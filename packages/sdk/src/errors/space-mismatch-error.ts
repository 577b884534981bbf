import { PhotoorgError } from './photoorg-error.ts';

/** A vector of one embedding space met another space, or has the wrong dimension. */
export class SpaceMismatchError extends PhotoorgError {
  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super({ code: 'SPACE_MISMATCH', message, ...options });
  }
}
