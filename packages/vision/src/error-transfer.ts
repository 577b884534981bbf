import {
  ImageTooLargeError,
  ImageUnreadableError,
  InvalidInputError,
  ModelCorruptError,
  ModelMissingError,
  RuntimeUnavailableError,
  VisionError,
  type VisionErrorCode,
} from './errors.ts';

/** An error as it crosses from a worker thread: structured cloning would lose its class and code. */
export interface TransferredError {
  code: VisionErrorCode | null;
  message: string;
  stack: string | undefined;
  cause: unknown;
}

export function packError(error: unknown): TransferredError {
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  const code = VisionError.isInstance(error) ? error.code : null;
  return { code, message, stack, cause: cause instanceof Error ? { message: cause.message, stack: cause.stack } : undefined };
}

/** Makes the error that was packed again, with its class and the stack of where it came from. */
export function unpackError({ code, message, stack, cause }: TransferredError): Error {
  const error = construct(code, message, cause === undefined ? undefined : { cause });
  if (stack !== undefined) error.stack = stack;
  return error;
}

function construct(code: VisionErrorCode | null, message: string, options: ErrorOptions | undefined): Error {
  switch (code) {
    case 'IMAGE_UNREADABLE':
      return new ImageUnreadableError(message, options);
    case 'IMAGE_TOO_LARGE':
      return new ImageTooLargeError(message, options);
    case 'INVALID_INPUT':
      return new InvalidInputError(message, options);
    case 'MODEL_MISSING':
      return new ModelMissingError(message, options);
    case 'MODEL_CORRUPT':
      return new ModelCorruptError(message, options);
    case 'RUNTIME_UNAVAILABLE':
      return new RuntimeUnavailableError(message, options);
    case null:
      return new Error(message, options);
    default:
      return new VisionError(code, message, options);
  }
}
