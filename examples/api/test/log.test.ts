import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLogger } from '../src/index.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

const apiToken = 'a-token-that-nobody-would-guess';
const lines: string[] = [];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ apiToken, logger: createLogger('info', { write: (line) => void lines.push(line) }) });
});
beforeEach(() => void lines.splice(0));
afterAll(() => server.close());

const authorization = `Bearer ${apiToken}`;

it('says of a request what it was, how it ended and which one', async () => {
  const answer = await server.send({ path: '/api/people?q=Ada', headers: { authorization } });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      requestId: answer.headers['x-request-id'],
      req: { method: 'GET', path: '/api/people' },
      res: { status: 200 },
      responseTime: expect.any(Number),
    }),
  ]);
});

it('gives the id of a refused request to both the client and the log', async () => {
  const answer = await server.send({ path: '/api/nothing', headers: { authorization } });
  const [line] = lines;
  expect(answer.json().instance).toBe(`urn:uuid:${JSON.parse(line!).requestId}`);
});

it('tells nothing of what was asked or who asked', async () => {
  const embedding = Array.from({ length: 128 }, (_, index) => Math.sin(index));
  const basic = `Basic ${Buffer.from(`anna:${apiToken}`).toString('base64')}`;
  await server.send({ path: '/api/photos?q=secret+beach', headers: { authorization } });
  await server.send({
    method: 'POST',
    path: '/api/people',
    headers: { authorization: basic, cookie: 'session=secret' },
    body: { displayName: 'Ada' },
  });
  await server.send({ method: 'POST', path: '/api/faces/similar', headers: { authorization }, body: { embedding } });
  await server.send({ path: '/api/photos', headers: { authorization: 'Bearer a-wrong-secret' } });
  const log = lines.join('');
  expect(lines).toHaveLength(4);
  for (const hidden of [apiToken, basic.slice('Basic '.length), 'secret', 'Ada', String(embedding[1])])
    expect(log).not.toContain(hidden);
});

it('knows what went wrong in the server, while the client does not', async () => {
  await using broken = await startTestServer({ logger: createLogger('warn', { write: (line) => void lines.push(line) }) });
  await broken.library.close();
  const answer = await broken.send({ path: '/api/people' });
  expect(answer.status).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'LIBRARY_CLOSED', retryable: true });
  const [line] = lines;
  expect(JSON.parse(line!)).toMatchObject({
    level: 50,
    err: { type: 'LibraryClosedError', code: 'LIBRARY_CLOSED', stack: expect.any(String) },
  });
  expect(answer.text).not.toContain('closed.');
});
