import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

declare global {
  namespace Express {
    interface Locals {
      /** For the style elements that the page's component library adds at run time. */
      styleNonce: string;
    }
  }
}

const nameNonce: RequestHandler = (_request, response, next) => {
  response.locals.styleNonce = randomBytes(16).toString('base64');
  next();
};

/**
 * The page loads nothing but what this server serves: no network, no inline script. Headers that only make sense over TLS are
 * left out, because this server speaks plain HTTP to its own machine.
 */
export const securityHeaders: RequestHandler[] = [
  nameNonce,
  helmet({
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals.styleNonce}'`],
        workerSrc: ["'self'"],
      },
    },
  }),
];
