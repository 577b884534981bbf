export type ServerStartCode =
  | 'PORT_IN_USE'
  | 'PORT_FORBIDDEN'
  | 'PORT_INVALID'
  | 'HOST_UNAVAILABLE'
  | 'REMOTE_HOST_REFUSED'
  | 'TOKEN_TOO_SHORT';

/** The server cannot start as it was asked to; the message says what to change. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';
  readonly code: ServerStartCode;

  constructor(code: ServerStartCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
