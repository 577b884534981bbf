const marker = Symbol.for('photoorg.error');

/** What every error of photoorg is made of. */
export interface PhotoorgErrorOptions {
  /** Stable SCREAMING_SNAKE name, listed in docs/errors.md; programs branch on it. */
  code: string;
  /** What happened, in one sentence. */
  message: string;
  /** What to do about it; appended to the message. */
  remedy?: string;
  /** True when the same call may succeed later without any change. Default false. */
  retryable?: boolean;
  cause?: unknown;
}

/**
 * The root of every error that photoorg throws on purpose.
 *
 * Tell errors apart by `code`, or with `isInstance`, which also recognises an error made by another copy of this package.
 *
 * @example
 * ```ts
 * try {
 *   await library.labels.confirm({ faceId, personId, actor: 'mia' });
 * } catch (error) {
 *   if (!PhotoorgError.isInstance(error)) throw error;
 *   console.error(error.code, error.message); // the message ends with what to do
 * }
 * ```
 */
export class PhotoorgError extends Error {
  readonly code: string;
  readonly remedy: string | null;
  readonly retryable: boolean;
  readonly [marker] = true;

  constructor(options: PhotoorgErrorOptions) {
    super(options.remedy ? `${options.message} ${options.remedy}` : options.message, { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.remedy = options.remedy ?? null;
    this.retryable = options.retryable ?? false;
  }

  /**
   * Also for errors that another copy of this package made.
   *
   * @example
   * ```ts
   * if (PhotoorgError.isInstance(error) && error.retryable) console.warn(`${error.code}: try again later`);
   * ```
   */
  static isInstance(error: unknown): error is PhotoorgError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
