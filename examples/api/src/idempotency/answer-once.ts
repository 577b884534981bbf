import type { PhotoLibrary, StoredResponse } from '@photoorg/sdk';
import type { Request } from 'express';
import { PROBLEM_CONTENT_TYPE } from '../problems/send-problem.ts';
import { type Problem, toProblem } from '../problems/to-problem.ts';
import type { JsonRoute } from '../routes/route.ts';
import { requestFingerprint } from './request-fingerprint.ts';

export interface AnswerOnceOptions {
  library: PhotoLibrary;
  key: string;
  /** Who asks: two of them may use the same key. */
  principal: string;
  route: JsonRoute;
  request: Request;
  requestId: string;
  /** Makes the change in the library handed to it and says the answer. */
  change: (library: PhotoLibrary) => Promise<StoredResponse>;
}

/**
 * Makes a change at most once per key and answers every repeat with the bytes of the first answer.
 *
 * The change and its key commit together. A change that fails rolls back whole, the key with it; when it would fail the same
 * way again (a 4xx that is not worth a retry), its answer is then stored under the key by itself. Had another request with the
 * same key got in between, its stored answer is the one that counts.
 */
export async function answerOnce(options: AnswerOnceOptions): Promise<StoredResponse & { replayed: boolean }> {
  const { library, key, principal, route, request, requestId, change } = options;
  const stored = {
    scope: `${principal} ${route.method.toUpperCase()} ${route.path}`,
    key,
    fingerprint: requestFingerprint(request),
  };
  try {
    return await library.idempotency.run({ ...stored, effect: change });
  } catch (error) {
    const problem = toProblem(error, requestId);
    if (!isFinal(problem)) throw error;
    return library.idempotency.run({ ...stored, effect: async () => toStored(problem) });
  }
}

const isFinal = ({ body }: Problem) => body.status < 500 && !body.retryable;

function toStored({ body, headers }: Problem): StoredResponse {
  return {
    status: body.status,
    headers: { ...headers, 'Content-Type': PROBLEM_CONTENT_TYPE, 'Cache-Control': 'no-store' },
    body: JSON.stringify(body),
  };
}
