import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.ts';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-page-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html><html><head><title>Page</title></head></html>');
  await writeFile(join(folder, 'dist', 'assets', 'index-abc123.js'), 'console.log("page")');
  await writeFile(join(folder, 'dist', 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  server = await startTestServer({ webFolder: join(folder, 'dist') });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it.each(['/', '/people/0199d2a4', '/review?face=1'])('is served at %s with a nonce of its own each time', async (path) => {
    const first = await server.send({ path, headers: html });
    const second = await server.send({ path, headers: html });
    expect(first.status).toBe(200);
    const [nonce, other] = [first, second].map(({ text }) => /<meta property="csp-nonce" nonce="([^"]+)">/.exec(text)?.[1]);
    expect(nonce).not.toBe(other);
    expect(first.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(first.headers['cache-control']).toBe('no-store');
  });

  it('has one address: its file name leads there', async () => {
    expect((await server.send({ path: '/index.html', headers: html })).headers.location).toBe('/');
  });

  it('keeps assets named by their content for good', async () => {
    const asset = await server.send({ path: '/assets/index-abc123.js' });
    expect(asset.text).toBe('console.log("page")');
    expect(asset.headers['cache-control']).toContain('immutable');
    expect((await server.send({ path: '/icon.svg' })).headers['content-type']).toContain('image/svg+xml');
  });

  it('is not the answer for a file that is not there', async () => {
    for (const path of ['/assets/index-old.js', '/favicon.ico']) {
      const answer = await server.send({ path, headers: { accept: '*/*' } });
      expect(answer.status, path).toBe(404);
    }
  });

  it('is not the answer to an unknown API route', async () => {
    const answer = await server.send({ path: '/api/nothing', headers: html });
    expect(answer.json().code).toBe('ROUTE_NOT_FOUND');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '//secret.txt',
  ])('gives nothing outside its folder at %s', async (path) => {
    expect((await server.send({ path })).text).not.toBe('secret');
  });

  it('says how to build it when it was not', async () => {
    await using unbuilt = await startTestServer({ webFolder: join(folder, 'nothing') });
    const answer = await unbuilt.send({ path: '/', headers: html });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('npm run web:build');
  });
});

describe('the documentation', () => {
  it('shows every route without a script', async () => {
    const { text } = await server.send({ path: '/api/docs' });
    const document = (await server.send({ path: '/api/openapi.json' })).json<{ paths: Record<string, object> }>();
    for (const path of Object.keys(document.paths)) expect(text).toContain(`/api${path}`);
    expect(text).not.toContain('<script');
  });

  it('explains a problem where its type points to', async () => {
    const { type } = (await server.send({ path: '/api/nothing' })).json<{ type: string }>();
    const [page, anchor] = type.split('#');
    const { status, text } = await server.send({ path: page! });
    expect(status).toBe(200);
    expect(text.toLowerCase()).toContain(`### \`${anchor}\``);
  });
});
