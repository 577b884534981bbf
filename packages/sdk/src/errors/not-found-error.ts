import { PhotoorgError } from '@photoorg/errors';

const codes = {
  photo: 'PHOTO_NOT_FOUND',
  face: 'FACE_NOT_FOUND',
  person: 'PERSON_NOT_FOUND',
  group: 'GROUP_NOT_FOUND',
  space: 'SPACE_NOT_FOUND',
  event: 'EVENT_NOT_FOUND',
  run: 'RUN_NOT_FOUND',
} as const;

/**
 * A photo, face, person, group, embedding space, event or run that this library does not hold.
 *
 * @example
 * ```ts
 * const photo = await library.photos.get(photoId).catch((error: unknown) => {
 *   if (error instanceof NotFoundError) return null;
 *   throw error;
 * });
 * ```
 */
export class NotFoundError extends PhotoorgError<(typeof codes)[keyof typeof codes]> {
  constructor(kind: keyof typeof codes, id: string, options: { message?: string; remedy?: string } = {}) {
    const { message = `No ${kind} '${id}' in this library.`, remedy } = options;
    super({ code: codes[kind], message, remedy });
  }
}
