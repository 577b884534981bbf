import type { RequestHandler } from 'express';
import { HttpProblem } from '../problems/http-problem.ts';

/** Names that a browser on this machine can only mean this machine by. */
export const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Answers only to known names. A page on the internet can point its own name at 127.0.0.1 (DNS rebinding) and would then be
 * same-origin with this server; its Host header gives it away.
 */
export function checkHost(allowedNames: readonly string[]): RequestHandler {
  const allowed = new Set(allowedNames.map((name) => name.toLowerCase()));
  return (request, _response, next) => {
    const name = hostName(request.headers.host);
    if (name !== null && allowed.has(name)) return next();
    throw new HttpProblem('HOST_NOT_ALLOWED', `Expected one of ${[...allowed].join(', ')} in the Host header.`);
  };
}

/** The name without the port; null when the header is not a host at all. */
function hostName(host: string | undefined): string | null {
  const url = host === undefined ? null : URL.parse(`http://${host}`);
  return url && url.host !== '' && url.pathname === '/' && url.username === '' ? url.hostname : null;
}
