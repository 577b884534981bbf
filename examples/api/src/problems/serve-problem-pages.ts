import { readFile } from 'node:fs/promises';
import { Router } from 'express';

const docsFolder = new URL('../../../../docs/', import.meta.url);

/** The pages that problem types point into. */
const pages = ['errors.md', 'guides/rest-api.md'];

export function serveProblemPages(): Router {
  const router = Router();
  for (const page of pages) {
    router.get(`/docs/${page}`, async (_request, response) => {
      response.type('text/markdown').send(await readFile(new URL(page, docsFolder), 'utf8'));
    });
  }
  return router;
}
