import { PhotoorgError, type PhotoorgErrorOptions } from '@photoorg/errors';

export type ServerStartCode =
  | 'PORT_IN_USE'
  | 'PORT_FORBIDDEN'
  | 'PORT_INVALID'
  | 'HOST_UNAVAILABLE'
  | 'REMOTE_HOST_REFUSED'
  | 'TOKEN_TOO_SHORT';

/** The server cannot start as it was asked to; the message says what to change. */
export class ServerStartError extends PhotoorgError<ServerStartCode> {
  constructor(code: ServerStartCode, message: string, options?: Pick<PhotoorgErrorOptions, 'remedy' | 'cause'>) {
    super({ code, message, ...options });
  }
}
