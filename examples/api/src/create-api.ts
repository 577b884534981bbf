import type { PhotoLibrary } from '@photoorg/sdk';
import compression from 'compression';
import express, { type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { checkHost, loopbackNames } from './access/check-host.ts';
import { checkOrigin } from './access/check-origin.ts';
import { checkToken, trustEveryone } from './access/check-token.ts';
import { limitRate, REQUESTS_PER_WINDOW } from './access/limit-rate.ts';
import { securityHeaders } from './access/security-headers.ts';
import { mountRoutes } from './http/mount-routes.ts';
import { nameRequest } from './http/request-id.ts';
import { createImages } from './images/create-images.ts';
import { createLogger } from './log/create-logger.ts';
import { logRequests } from './log/log-requests.ts';
import { serveApiDocs } from './openapi/serve-api-docs.ts';
import { serveWebPage } from './page/serve-web-page.ts';
import { answerErrors, answerNotFound } from './problems/answer-errors.ts';
import { serveProblemPages } from './problems/serve-problem-pages.ts';
import { getLiveness } from './routes/health-routes.ts';
import { routes } from './routes/index.ts';

export interface ApiOptions {
  library: PhotoLibrary;
  /** Folder of the built page (examples/web/dist); without it there is only the API. */
  webFolder?: string;
  /** Where rendered photos are kept, named by their content; without it each is rendered anew. */
  thumbnailsFolder?: string;
  /** Asked of every request; without one, whoever reaches the server is its owner. */
  apiToken?: string;
  /** Names that the Host header may have besides those of this machine. */
  allowedHosts?: readonly string[];
  /** Requests a minute from one address. Default 6,000. */
  requestsPerMinute?: number;
  /** Default: JSON lines on stderr, from `warn` on. */
  logger?: Logger;
}

/**
 * The REST API of an open library, and the page when there is one, as an Express application. It opens no port and does not
 * close the library; `startServer` does both.
 *
 * ```ts
 * const api = createApi({ library, webFolder: 'examples/web/dist' });
 * api.listen(4000, '127.0.0.1');
 * ```
 */
export function createApi(options: ApiOptions): Express {
  const { library, webFolder, thumbnailsFolder, apiToken, allowedHosts = [], requestsPerMinute = REQUESTS_PER_WINDOW } = options;
  const services = { library, images: createImages({ thumbnailsFolder }) };
  const app = express();
  app.disable('x-powered-by');

  // 1. Name and log the request, and say what a browser may do with the answer.
  app.use(nameRequest, logRequests(options.logger ?? createLogger('warn')), securityHeaders);

  // 2. Let in who may come in; a supervisor that only asks for life needs no token.
  app.use(checkHost([...loopbackNames, ...allowedHosts]), limitRate(requestsPerMinute));
  app.use('/api', mountRoutes([getLiveness], services));
  app.use(apiToken === undefined ? trustEveryone : checkToken(apiToken), checkOrigin);

  // 3. Answer.
  app.use(compression({ filter: isWorthCompressing }));
  app.use('/api', mountRoutes(routes, services), serveApiDocs(routes), answerNotFound);
  app.use(serveProblemPages());
  if (webFolder !== undefined) app.use(serveWebPage(webFolder));

  // 4. Say what went wrong.
  app.use(answerNotFound, answerErrors);
  return app;
}

/** Not images: they are compressed already, and a part of one is counted in the bytes of the file. */
function isWorthCompressing(request: Request, response: Response): boolean {
  return !response.hasHeader('Accept-Ranges') && compression.filter(request, response);
}
