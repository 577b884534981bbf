import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import { buildHint } from './build-hint.ts';

/** Vite names its assets by their content. */
const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

/**
 * Serves the built page. Addresses inside the page (`/people/…`) are the page's own to route, so every one of them answers
 * with `index.html`; a page that was never built answers with how to build it.
 */
export function serveWebPage(webFolder: string): Router {
  const router = Router();
  router.get('/index.html', (_request, response) => response.redirect('/'));
  router.use('/assets', express.static(join(webFolder, 'assets'), { index: false, fallthrough: true, setHeaders: cacheForGood }));
  router.use(express.static(webFolder, { index: false, redirect: false }));
  router.get(/.*/, sendIndex(webFolder));
  return router;
}

const cacheForGood = (response: { setHeader(name: string, value: string): unknown }) => {
  response.setHeader('Cache-Control', ASSET_CACHE_CONTROL);
};

function sendIndex(webFolder: string): RequestHandler {
  return async (request, response, next) => {
    const isFile = request.path.split('/').at(-1)?.includes('.');
    if (isFile || !request.accepts('html')) return next();
    const html = await readIndex(webFolder);
    response
      .status(html === null ? 404 : 200)
      .type('html')
      .set('Cache-Control', 'no-store');
    response.send(withNonce(html ?? buildHint, response.locals.styleNonce));
  };
}

async function readIndex(webFolder: string): Promise<string | null> {
  try {
    return await readFile(join(webFolder, 'index.html'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** React Aria takes the nonce for the style elements that it adds from this element. */
const withNonce = (html: string, nonce: string) =>
  html.replace('<head>', `<head>\n    <meta property="csp-nonce" nonce="${nonce}">`);
