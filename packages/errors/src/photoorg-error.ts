const marker = Symbol.for('photoorg.error');

/** What every error of photoorg is made of. */
export interface PhotoorgErrorOptions<Code extends string = string> {
  /** Stable SCREAMING_SNAKE name, listed in docs/errors.md; programs branch on it. */
  code: Code;
  /** What happened, in one sentence. */
  message: string;
  /** What to do about it; appended to the message. */
  remedy?: string | null;
  /** True when the same call may succeed later without any change. Default false. */
  retryable?: boolean;
  cause?: unknown;
}

/**
 * The root of every error that photoorg throws on purpose, whichever of its packages does.
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
export class PhotoorgError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly remedy: string | null;
  readonly retryable: boolean;
  readonly [marker] = true;

  constructor({ code, message, remedy, retryable, cause }: PhotoorgErrorOptions<Code>) {
    super(remedy ? `${message} ${remedy}` : message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = remedy ?? null;
    this.retryable = retryable ?? false;
  }

  /**
   * What the error is made of but for its cause, as plain data for where errors lose their class, such as the way out of a worker thread.
   *
   * @example
   * ```ts
   * const { message, remedy } = PhotoorgError.isInstance(error) ? error.toOptions() : { message: String(error), remedy: null };
   * ```
   */
  toOptions(): Required<Omit<PhotoorgErrorOptions<Code>, 'cause'>> {
    const { code, remedy, retryable } = this;
    const message = remedy ? this.message.slice(0, -` ${remedy}`.length) : this.message;
    return { code, message, remedy, retryable };
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
