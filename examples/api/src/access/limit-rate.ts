import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { HttpProblem } from '../problems/http-problem.ts';

const RATE_WINDOW_MILLIS = 60_000;

/**
 * Requests a minute from one address. A grid scrolled fast asks for some 50 thumbnails a second; this is twice that, and still
 * stops a program that has gone wild.
 */
export const REQUESTS_PER_WINDOW = 6_000;

export function limitRate(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: RATE_WINDOW_MILLIS,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // A forwarded address is not believed; that it was sent is no reason to complain on the console.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) =>
      next(new HttpProblem('RATE_LIMITED', `At most ${requestsPerMinute} requests a minute are answered.`)),
  });
}
