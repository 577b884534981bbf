import { PhotoorgError, type PhotoorgErrorOptions } from '@photoorg/errors';

/** Stable machine-readable reasons of a {@link VisionError}; documented one by one in docs/errors.md. */
export type VisionErrorCode =
  | 'ANALYZER_CLOSED'
  | 'IMAGE_UNREADABLE'
  | 'IMAGE_TOO_LARGE'
  | 'INVALID_INPUT'
  | 'MODEL_MISSING'
  | 'MODEL_CORRUPT'
  | 'RUNTIME_UNAVAILABLE'
  | 'WORKER_CRASHED';

export type VisionErrorOptions = Pick<PhotoorgErrorOptions, 'remedy' | 'retryable' | 'cause'>;

// A registered symbol, so that `isInstance` also recognises errors of a second installed copy of this package.
const VISION_ERROR = Symbol.for('@photoorg/vision/VisionError');

/**
 * Everything `@photoorg/vision` throws of its own accord, except for aborts, which reject with the signal's reason.
 *
 * @example
 * ```ts
 * try {
 *   await analyzer.analyze('holiday.jpg');
 * } catch (error) {
 *   if (VisionError.isInstance(error) && error.code === 'IMAGE_UNREADABLE') console.warn(error.message);
 *   else throw error;
 * }
 * ```
 */
export class VisionError<Code extends VisionErrorCode = VisionErrorCode> extends PhotoorgError<Code> {
  readonly [VISION_ERROR] = true;

  constructor(code: Code, message: string, options?: VisionErrorOptions) {
    super({ code, message, ...options });
  }

  /**
   * Also for errors that another copy of this package made.
   *
   * @example
   * ```ts
   * if (VisionError.isInstance(error) && error.retryable) console.warn(`${error.code}: once more, please`);
   * ```
   */
  static override isInstance(error: unknown): error is VisionError {
    return typeof error === 'object' && error !== null && VISION_ERROR in error;
  }
}

/**
 * The bytes are no picture of a supported format, or are damaged.
 *
 * @example
 * ```ts
 * if (error instanceof ImageUnreadableError) console.warn(`skipped: ${error.message}`);
 * ```
 */
export class ImageUnreadableError extends VisionError<'IMAGE_UNREADABLE'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('IMAGE_UNREADABLE', message, options);
  }
}

/**
 * Decoding would cost more memory than the pixel budget or the file-size limit allows.
 *
 * @example
 * ```ts
 * if (error instanceof ImageTooLargeError) await analyzer.analyze('panorama.jpg', { maxPixels: 2 * MAX_PIXELS });
 * ```
 */
export class ImageTooLargeError extends VisionError<'IMAGE_TOO_LARGE'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('IMAGE_TOO_LARGE', message, options);
  }
}

/**
 * An argument or option is not what the function expects.
 *
 * @example
 * ```ts
 * if (error instanceof InvalidInputError) console.error(error.message); // Expected … for workers but received 0.
 * ```
 */
export class InvalidInputError extends VisionError<'INVALID_INPUT'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('INVALID_INPUT', message, options);
  }

  /**
   * "Expected a whole number of at least 1 for workers but received 0."
   *
   * @example
   * ```ts
   * const size = 0.5;
   * if (!Number.isInteger(size)) throw InvalidInputError.expected('a whole number', 'size', size);
   * ```
   */
  static expected(expectation: string, name: string, received: unknown): InvalidInputError {
    return new InvalidInputError(`Expected ${expectation} for ${name} but received ${describe(received)}.`);
  }
}

const LONGEST_ECHO = 120;

function describe(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST_ECHO ? `${value.slice(0, LONGEST_ECHO)}…` : value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (value.constructor !== Object && !Array.isArray(value)) return `an object (${value.constructor?.name ?? 'no prototype'})`;
  const json = JSON.stringify(value);
  return json.length > LONGEST_ECHO ? (Array.isArray(value) ? `an array of ${value.length}` : 'an object') : json;
}

/**
 * A model file is not where it should be.
 *
 * @example
 * ```ts
 * if (error instanceof ModelMissingError) console.error(error.message); // which file, and how it gets there
 * ```
 */
export class ModelMissingError extends VisionError<'MODEL_MISSING'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('MODEL_MISSING', message, options);
  }
}

/**
 * A model file differs from the one the manifest describes.
 *
 * @example
 * ```ts
 * if (error instanceof ModelCorruptError) console.error(`install @photoorg/vision again: ${error.message}`);
 * ```
 */
export class ModelCorruptError extends VisionError<'MODEL_CORRUPT'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('MODEL_CORRUPT', message, options);
  }
}

/**
 * The inference runtime is not installed, or does not run on this machine.
 *
 * @example
 * ```ts
 * if (error instanceof RuntimeUnavailableError) await createFaceAnalyzer({ engine: 'onnxruntime-web' });
 * ```
 */
export class RuntimeUnavailableError extends VisionError<'RUNTIME_UNAVAILABLE'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('RUNTIME_UNAVAILABLE', message, options);
  }
}

/**
 * The worker thread died while it held this task; the pool has started another in its place.
 *
 * @example
 * ```ts
 * if (error instanceof WorkerCrashedError) console.warn('this photo took its worker down; the next one gets another');
 * ```
 */
export class WorkerCrashedError extends VisionError<'WORKER_CRASHED'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('WORKER_CRASHED', message, { ...options, retryable: true });
  }
}

/**
 * The analyzer was closed before or while it worked on the image.
 *
 * @example
 * ```ts
 * if (error instanceof AnalyzerClosedError) console.error('close the analyzer when the last photo is done');
 * ```
 */
export class AnalyzerClosedError extends VisionError<'ANALYZER_CLOSED'> {
  constructor(message: string, options?: VisionErrorOptions) {
    super('ANALYZER_CLOSED', message, options);
  }
}
