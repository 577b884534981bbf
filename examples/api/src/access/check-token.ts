import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { HttpProblem } from '../problems/http-problem.ts';

declare global {
  namespace Express {
    interface Locals {
      /** Who asks; idempotency keys of two of them never meet. */
      principal: string;
    }
  }
}

/** `Basic` lets a browser ask for the token by itself and send it with images too, so the page needs no log-in of its own. */
const CHALLENGE = 'Bearer realm="photoorg", Basic realm="photoorg", charset="UTF-8"';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** Without a token everyone who reaches the server is its owner, so it must only listen on this machine. */
export const trustEveryone: RequestHandler = (_request, response, next) => {
  response.locals.principal = 'owner';
  next();
};

/** Requires the token: `Authorization: Bearer <token>`, or as the password of `Basic`. Only its hash is kept and compared. */
export function checkToken(apiToken: string): RequestHandler {
  const expected = sha256(apiToken);
  const principal = `token:${expected.toString('hex', 0, 8)}`;
  return (request, response, next) => {
    const token = tokenOf(request.get('Authorization'));
    if (token === null || !timingSafeEqual(sha256(token), expected)) {
      throw new HttpProblem('UNAUTHENTICATED', 'Send the token as "Authorization: Bearer <token>".', {
        headers: { 'WWW-Authenticate': CHALLENGE },
      });
    }
    response.locals.principal = principal;
    next();
  };
}

function tokenOf(authorization: string | undefined): string | null {
  const [, scheme, credentials] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization ?? '') ?? [];
  if (scheme === undefined || credentials === undefined) return null;
  if (scheme.toLowerCase() === 'bearer') return credentials;
  const password = Buffer.from(credentials, 'base64').toString('utf8').split(':').slice(1).join(':');
  return password === '' ? null : password;
}

export const principalOf = (response: Response): string => response.locals.principal;
