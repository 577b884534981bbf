import { rememberChange } from './own-changes.ts';
import { ApiProblem } from './problem.ts';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absent and empty values are left out, lists repeat their key. */
  query?: object;
  body?: object;
  /** A POST that only asks, so it needs no key against happening twice. */
  readOnly?: boolean;
  signal?: AbortSignal;
}

/** How long to wait before each further attempt of a mutation. The attempts share one idempotency key, so it takes effect once. */
const retryDelaysMillis = [300, 1200];

/**
 * Asks the API and gives its JSON answer as `T`, the type its schema promises.
 * Mutations carry an `Idempotency-Key` and are tried again when the answer was lost or the server was briefly busy.
 * Throws {@link ApiProblem}; an aborted request rejects with the signal's reason.
 */
export async function request<T>(path: `/${string}`, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', query = {}, body, readOnly = method === 'GET', signal } = options;
  const headers = new Headers({ accept: 'application/json' });
  if (body) headers.set('content-type', 'application/json');
  if (!readOnly) headers.set('idempotency-key', crypto.randomUUID());
  const init: RequestInit = { method, headers, signal, body: body && JSON.stringify(body) };
  const answered = send(`/api${path}${queryString(query)}`, init, readOnly ? [] : retryDelaysMillis).then(
    (response) => response.json() as Promise<T>,
  );
  return readOnly ? answered : rememberChange(answered);
}

async function send(url: string, init: RequestInit, [delayMillis, ...laterDelays]: readonly number[]): Promise<Response> {
  const outcome = await attempt(url, init);
  if (!(outcome instanceof ApiProblem)) return outcome;
  if (delayMillis === undefined || !outcome.retryable) throw outcome;
  await new Promise((resolve) => setTimeout(resolve, delayMillis));
  init.signal?.throwIfAborted();
  return send(url, init, laterDelays);
}

async function attempt(url: string, init: RequestInit): Promise<Response | ApiProblem> {
  try {
    const response = await fetch(url, init);
    return response.ok ? response : await ApiProblem.fromResponse(response);
  } catch (error) {
    init.signal?.throwIfAborted();
    return ApiProblem.unreachable(error);
  }
}

function queryString(query: object): string {
  const entries = Object.entries(query)
    .flatMap(([key, value]: [string, unknown]) => (Array.isArray(value) ? value.map((item) => [key, item]) : [[key, value]]))
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => [String(key), String(value)]);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`;
}
