import type { Request } from 'express';
import { HttpProblem } from '../problems/http-problem.ts';
import type { JsonRoute } from '../routes/route.ts';

/** 8 to 255 visible ASCII characters. A header sent twice arrives joined by ", " and so fails too. */
export const IDEMPOTENCY_KEY_PATTERN = /^[\x21-\x7e]{8,255}$/;

/** The request's Idempotency-Key, or null where it may be left out and is. */
export function readIdempotencyKey(request: Request, route: JsonRoute): string | null {
  const key = request.get('Idempotency-Key');
  if (key === undefined) {
    if (route.idempotencyKey !== 'required') return null;
    throw new HttpProblem(
      'IDEMPOTENCY_KEY_REQUIRED',
      'Send an Idempotency-Key header: a fresh random one with every new request.',
    );
  }
  if (IDEMPOTENCY_KEY_PATTERN.test(key)) return key;
  throw new HttpProblem('IDEMPOTENCY_KEY_INVALID', 'Expected an Idempotency-Key of 8 to 255 visible ASCII characters.');
}
