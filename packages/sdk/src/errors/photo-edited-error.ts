import { PhotoorgError } from '@photoorg/errors';

/** PHOTO_EDITED: a file was not read because its content was known, and then that photo went on with other content. */
export class PhotoEditedError extends PhotoorgError<'PHOTO_EDITED'> {
  constructor(path: string) {
    super({
      code: 'PHOTO_EDITED',
      message: `${path} was a copy of a photo that was edited elsewhere while it was looked at.`,
      remedy: 'The next run reads it.',
      retryable: true,
    });
  }
}
