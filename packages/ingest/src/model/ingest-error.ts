import { PhotoorgError, type PhotoorgErrorOptions } from '@photoorg/errors';

/** Stable codes of everything that ingest can refuse. */
export type IngestErrorCode =
  | 'INVALID_INPUT'
  | 'ROOT_NOT_FOUND'
  | 'ROOT_NOT_A_DIRECTORY'
  | 'WATCH_LIMIT'
  | 'DATE_RULES_INVALID'
  | 'EXIFTOOL_MISSING'
  | 'SIDECAR_UNREADABLE'
  | 'SIDECAR_CHANGED'
  | 'SIDECAR_NOT_WRITABLE'
  | 'FILE_UNREADABLE'
  | 'FILE_EMPTY'
  | 'FILE_CHANGED'
  | 'FILE_TOO_LARGE'
  | 'UNSUPPORTED_FORMAT'
  | 'DECODER_MISSING'
  | 'METADATA_TIMEOUT'
  | 'METADATA_CRASH'
  | 'IMAGE_TRUNCATED'
  | 'IMAGE_CORRUPT'
  | 'IMAGE_TOO_LARGE'
  | 'IMAGE_TIMEOUT';

/** What an {@link IngestError} is made of. */
export type IngestErrorOptions = PhotoorgErrorOptions<IngestErrorCode>;

/** Codes that a later try may cure without anyone touching the file. */
const RETRYABLE: ReadonlySet<IngestErrorCode> = new Set([
  'EXIFTOOL_MISSING',
  'FILE_UNREADABLE',
  'FILE_CHANGED',
  'METADATA_TIMEOUT',
  'IMAGE_TIMEOUT',
]);

const brand = Symbol.for('@photoorg/ingest:IngestError');

/**
 * The one error class of ingest. Tell errors apart by `code`; the message says what to do.
 *
 * @example
 * ```ts
 * try {
 *   await readPhotoMetadata('holiday.jpg');
 * } catch (error) {
 *   if (IngestError.isInstance(error) && error.code === 'FILE_EMPTY') console.log('nothing in it');
 *   else throw error;
 * }
 * ```
 */
export class IngestError extends PhotoorgError<IngestErrorCode> {
  readonly [brand] = true;

  constructor(code: IngestErrorCode, message: string, options?: Pick<IngestErrorOptions, 'remedy' | 'cause'>) {
    super({ code, message, retryable: RETRYABLE.has(code), ...options });
  }

  /**
   * True also for errors made by another copy of this package.
   *
   * @example
   * ```ts
   * await hashFile('holiday.jpg').catch((error: unknown) => {
   *   if (!IngestError.isInstance(error) || !error.retryable) throw error;
   * });
   * ```
   */
  static override isInstance(value: unknown): value is IngestError {
    return value instanceof Error && brand in value;
  }
}
