import {
  AnalyzerClosedError,
  ImageTooLargeError,
  ImageUnreadableError,
  InvalidInputError,
  ModelCorruptError,
  ModelMissingError,
  RuntimeUnavailableError,
  VisionError,
  type VisionErrorCode,
  type VisionErrorOptions,
  WorkerCrashedError,
} from './errors.ts';

/** An error as it crosses from a worker thread: structured cloning would lose its class and code. */
export interface TransferredError {
  /** Null for an error that is not ours. */
  code: VisionErrorCode | null;
  message: string;
  remedy: string | null;
  retryable: boolean;
  stack: string | undefined;
  cause: unknown;
}

export function packError(error: unknown): TransferredError {
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return {
    ...(VisionError.isInstance(error) ? error.toOptions() : { code: null, message, remedy: null, retryable: false }),
    stack,
    cause: cause instanceof Error ? { message: cause.message, stack: cause.stack } : undefined,
  };
}

/** Makes the error that was packed again, with its class and the stack of where it came from. */
export function unpackError({ code, message, stack, ...options }: TransferredError): Error {
  const error = code === null ? new Error(message, options) : new classes[code](message, options);
  if (stack !== undefined) error.stack = stack;
  return error;
}

const classes = {
  ANALYZER_CLOSED: AnalyzerClosedError,
  IMAGE_UNREADABLE: ImageUnreadableError,
  IMAGE_TOO_LARGE: ImageTooLargeError,
  INVALID_INPUT: InvalidInputError,
  MODEL_MISSING: ModelMissingError,
  MODEL_CORRUPT: ModelCorruptError,
  RUNTIME_UNAVAILABLE: RuntimeUnavailableError,
  WORKER_CRASHED: WorkerCrashedError,
} satisfies { [Code in VisionErrorCode]: new (message: string, options: VisionErrorOptions) => VisionError<Code> };
