import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

declare global {
  namespace Express {
    interface Locals {
      /** Names this request in the log, in problem details and in the X-Request-Id header. */
      requestId: string;
    }
  }
}

/** Gives every request an id of this server's own: one that a client chose could be made to look like another. */
export const nameRequest: RequestHandler = (_request, response, next) => {
  response.locals.requestId = randomUUID();
  response.set('X-Request-Id', response.locals.requestId);
  next();
};
