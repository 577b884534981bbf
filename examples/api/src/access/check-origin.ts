import type { RequestHandler } from 'express';
import { HttpProblem } from '../problems/http-problem.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What Sec-Fetch-Site says of a request from this server's own page, and of one that a person typed in. */
const ownSites = new Set(['same-origin', 'none']);

/**
 * Refuses changes that another site's page sends. A browser says where a request comes from in Sec-Fetch-Site, older ones in
 * Origin; programs send neither.
 */
export const checkOrigin: RequestHandler = (request, _response, next) => {
  if (safeMethods.has(request.method)) return next();
  const site = request.get('Sec-Fetch-Site');
  const origin = request.get('Origin');
  const isOwn =
    site === undefined ? origin === undefined || URL.parse(origin)?.host === request.headers.host : ownSites.has(site);
  if (isOwn) return next();
  throw new HttpProblem('CROSS_SITE_REQUEST', 'Changes are only taken from the page that this server serves.');
};
