import { Router } from 'express';
import type { Route } from '../routes/route.ts';
import { apiPage } from './api-page.ts';
import { openApiDocument } from './openapi-document.ts';

/** The API's description for programs and for people. */
export function serveApiDocs(routes: readonly Route[]): Router {
  const document = openApiDocument(routes);
  const json = JSON.stringify(document);
  const router = Router();
  router.get('/openapi.json', (_request, response) => void response.type('json').send(json));
  router.get('/docs', (_request, response) => void response.type('html').send(apiPage(document, response.locals.styleNonce)));
  return router;
}
