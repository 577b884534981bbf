interface SerializedError {
  type: string;
  code?: string;
  message: string;
  stack?: string;
  cause?: SerializedError;
}

/** A vector or a coordinate list inside a message, as a database repeats a bad value. */
const NUMBER_LIST = /[[({]\s*-?\d[-\d.eE+,\s]*,[-\d.eE+,\s]*[\])}]/g;

/** An error's cause can have a cause; a circle must end. */
const CAUSES_MAX = 5;

/** What the log keeps of an error: never its other fields, in which databases repeat whole rows, and no lists of numbers. */
export function serializeError(error: unknown, causesLeft = CAUSES_MAX): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: withoutNumbers(String(error)) };
  return {
    type: error.name,
    ...('code' in error && { code: String(error.code) }),
    message: withoutNumbers(error.message),
    ...(error.stack && { stack: withoutNumbers(error.stack) }),
    ...(error.cause !== undefined && causesLeft > 0 && { cause: serializeError(error.cause, causesLeft - 1) }),
  };
}

const withoutNumbers = (text: string) => text.replaceAll(NUMBER_LIST, '[numbers]');
