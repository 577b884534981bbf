import { ConflictError, PhotoorgError } from '@photoorg/sdk';
import type { ProblemResource } from '../schemas/problem.ts';
import { HttpProblem } from './http-problem.ts';
import { isProblemCode, problemKind, problemTypeUri } from './problem-table.ts';

/** An error as the client sees it. */
export interface Problem {
  body: ProblemResource;
  headers: Record<string, string>;
}

/** What Express and its body parser attach to the errors they raise (package http-errors). */
interface HttpError extends Error {
  status: number;
  type?: string;
}

/**
 * Turns anything thrown while a request was answered into problem details. What the client did wrong is said in full; of what
 * went wrong in here it learns the code and the request id, under which the log holds the rest.
 */
export function toProblem(error: unknown, requestId: string): Problem {
  const refusal = asRefusal(error);
  const { status, title, retryAfterSeconds } = problemKind(refusal.code);
  const detail = status < 500 ? refusal.message : `${title}. The server log tells more under ${requestId}.`;
  const retryAfter: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return {
    body: {
      type: problemTypeUri(refusal.code),
      title,
      status,
      detail,
      code: refusal.code,
      instance: `urn:uuid:${requestId}`,
      retryable: retryAfterSeconds !== undefined,
      ...(refusal.details && { details: refusal.details }),
      ...(refusal.errors && { errors: refusal.errors }),
    },
    headers: { ...retryAfter, ...refusal.headers },
  };
}

function asRefusal(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (PhotoorgError.isInstance(error) && isProblemCode(error.code)) {
    const details = error instanceof ConflictError ? error.details : undefined;
    return new HttpProblem(error.code, error.message, { details, cause: error });
  }
  if (isHttpError(error)) return ofHttpError(error);
  return new HttpProblem('INTERNAL_ERROR', 'Unexpected error', { cause: error });
}

const isHttpError = (error: unknown): error is HttpError =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 400 && error.status < 500;

function ofHttpError(error: HttpError): HttpProblem {
  if (error.type === 'entity.parse.failed') return new HttpProblem('MALFORMED_JSON', error.message);
  if (error.status === 413) return new HttpProblem('PAYLOAD_TOO_LARGE', 'Expected a body of at most 1 MB.');
  if (error.status === 415) return new HttpProblem('UNSUPPORTED_MEDIA_TYPE', error.message);
  return new HttpProblem('BAD_REQUEST', error.message);
}
