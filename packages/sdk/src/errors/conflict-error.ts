import { PhotoorgError } from '@photoorg/errors';

export type ConflictCode =
  | 'PERSON_ALREADY_IN_PHOTO'
  | 'PERSON_AMBIGUOUS'
  | 'PERSON_CHANGED'
  | 'PERSON_HAS_LABELS'
  | 'PERSON_MERGED'
  | 'UNDO_CONFLICT'
  | 'MERGE_WITH_SELF'
  | 'LABEL_CHANGED'
  | 'LABEL_CONFIRMED'
  | 'FACE_REJECTED_PERSON'
  | 'GROUPS_APART'
  | 'SPACE_INCOMPLETE';

/**
 * A change that contradicts what the library already knows, such as a guess over a human confirmation.
 *
 * @example
 * ```ts
 * if (error instanceof ConflictError && error.code === 'PERSON_ALREADY_IN_PHOTO') console.warn(error.message, error.details);
 * ```
 */
export class ConflictError extends PhotoorgError<ConflictCode> {
  /** What it contradicts, for programs: ids such as `faceIds`, `photoIds`, `personId`. Empty when there is nothing to name. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ConflictCode,
    message: string,
    options: { remedy?: string; cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super({ code, message, ...options });
    this.details = options.details ?? {};
  }
}
