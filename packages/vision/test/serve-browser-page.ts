import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const MIME_TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const modelsFolder = fileURLToPath(new URL('../models', import.meta.url));
const wasmFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));

export interface BrowserPage extends AsyncDisposable {
  url: string;
  /** What was asked for, as `METHOD path`, and how many bytes came with it. */
  requests: { line: string; bodyBytes: number }[];
}

/** Serves `browser-page.ts` as one bundle, the models and onnxruntime-web's files on 127.0.0.1. */
export async function serveBrowserPage(options: { crossOriginIsolated: boolean }): Promise<BrowserPage> {
  const bundle = await bundlePage();
  const requests: BrowserPage['requests'] = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    requests.push({ line: `${request.method} ${path}`, bodyBytes: await countBytes(request) });
    if (options.crossOriginIsolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    response.setHeader('Content-Type', MIME_TYPES[extname(path)] ?? 'text/html');
    const body = await readServed(path, bundle);
    response.writeHead(body === null ? 404 : 200).end(body ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

async function bundlePage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./browser-page.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@photoorg/source'],
    write: false,
  });
  return outputFiles[0]!.contents;
}

async function readServed(path: string, bundle: Uint8Array): Promise<Uint8Array | string | null> {
  if (path === '/') return '<!doctype html><title>photoorg</title><script type="module" src="/page.js"></script>';
  if (path === '/page.js') return bundle;
  const [, folder, file] = /^\/(models|wasm)\/([\w.-]+)$/.exec(path) ?? [];
  if (!folder || !file) return null;
  return readFile(join(folder === 'models' ? modelsFolder : wasmFolder, file)).catch(() => null);
}

async function countBytes(request: IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  return bytes;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
