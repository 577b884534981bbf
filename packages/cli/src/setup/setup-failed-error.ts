import { PhotoorgError } from '@photoorg/errors';

/** An optional package could not be installed. */
export class SetupFailedError extends PhotoorgError<'SETUP_FAILED'> {
  constructor(message: string, remedy: string, cause?: unknown) {
    super({ code: 'SETUP_FAILED', message, remedy, ...(cause === undefined ? {} : { cause }) });
  }
}
