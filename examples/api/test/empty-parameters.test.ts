import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { routes } from '../src/index.ts';
import { type FilledLibrary, fillLibrary } from './support/fill-library.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

let server: TestServer;
let filled: FilledLibrary;

beforeAll(async () => {
  server = await startTestServer();
  filled = await fillLibrary(server.library);
});
afterAll(async () => {
  await server.close();
  await filled[Symbol.asyncDispose]();
});

const get = (path: string) => server.send({ path });
const withQuery = routes.flatMap(({ method, path, operationId, query }) => {
  const names = Object.keys((query as z.ZodObject | undefined)?.shape ?? {});
  return method === 'get' && names.length > 0 ? [{ operationId, path, names }] : [];
});

describe('a query parameter without a value', () => {
  it.each(withQuery)('is as good as none to $operationId', async ({ path, names }) => {
    const address = `/api${path.replace('{photoId}', filled.photoIds[0]!).replace('{faceId}', filled.faces.unknown)}`;
    const without = await get(address);
    for (const query of [names.map((name) => `${name}=`), ...names.map((name) => [`${name}=%20`, `${name}=`])]) {
      const answer = await get(`${address}?${query.join('&')}`);
      expect(answer.status, query.join('&')).toBe(without.status);
      // A refusal names the request.
      if (answer.status === 200) expect(answer.text, query.join('&')).toBe(without.text);
    }
  });

  it('leaves the others as they are', async () => {
    const found = await get(`/api/photos?q=sample1&from=&to=&place=&personId=&personId=${filled.people.ada}&limit=&hasFaces=`);
    expect(found.json()).toMatchObject({ total: 1, items: [{ photoId: filled.photoIds[0] }] });
  });

  it('is refused where nobody knows it, or where one is needed', async () => {
    expect((await get('/api/photos?query=')).json().code).toBe('VALIDATION_FAILED');
    const path = `/api/faces/${filled.faces.unknown}/label?actor=`;
    expect((await server.send({ method: 'DELETE', path })).json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ in: 'query', pointer: '/actor' }],
    });
  });
});
