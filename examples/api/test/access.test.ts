import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.ts';

const apiToken = 'a-token-that-nobody-would-guess';
const newPerson = { displayName: 'Ada' };

describe('a server on this machine', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST:4000', '[::1]:80', '127.0.0.1:1'])('answers to the name %s', async (host) => {
    expect((await server.send({ path: '/api/health/live', headers: { host } })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.5',
    '0.0.0.0',
    'localhost@evil.example',
    'a b',
    ':80',
  ])('does not answer to the name %j, whatever is asked', async (host) => {
    for (const path of ['/api/photos', '/api/health/live', '/', '/nothing']) {
      const answer = await server.send({ path, headers: { host } });
      expect(answer.status).toBe(421);
      expect(answer.json().code).toBe('HOST_NOT_ALLOWED');
    }
  });

  it.each([
    { desc: 'another site', headers: { 'sec-fetch-site': 'cross-site' } },
    { desc: 'another name of the same site', headers: { 'sec-fetch-site': 'same-site' } },
    { desc: 'another origin, told by an older browser', headers: { origin: 'https://evil.example' } },
    { desc: 'a page without an origin', headers: { origin: 'null' } },
    { desc: 'another port of this machine', headers: { origin: 'http://127.0.0.1:1' } },
  ] as { desc: string; headers: Record<string, string> }[])('takes no change from $desc', async ({ headers }) => {
    const answer = await server.send({ method: 'POST', path: '/api/people', headers, body: newPerson });
    expect(answer.status).toBe(403);
    expect(answer.json().code).toBe('CROSS_SITE_REQUEST');
    expect((await server.library.people.list()).items).toEqual([]);
  });

  it.each([
    { desc: 'its own page', headers: (url: string) => ({ 'sec-fetch-site': 'same-origin', origin: url }) },
    { desc: 'its own page in an older browser', headers: (url: string) => ({ origin: url, host: new URL(url).host }) },
    { desc: 'a program', headers: () => ({}) },
  ])('takes a change from $desc', async ({ headers }) => {
    const answer = await server.send({ method: 'POST', path: '/api/people', headers: headers(server.url), body: newPerson });
    expect(answer.status).toBe(201);
    await expect(server.library.people.get(String(answer.json().personId))).resolves.toMatchObject(newPerson);
  });

  it('lets no other origin read an answer', async () => {
    const answer = await server.send({ path: '/api/photos', headers: { origin: 'https://evil.example' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    const preflight = await server.send({
      method: 'OPTIONS',
      path: '/api/people',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('lets a page load nothing from anywhere else', async () => {
    const policy = String((await server.send({ path: '/api/docs' })).headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('says who it is to nobody', async () => {
    expect((await server.send({ path: '/api/photos' })).headers['x-powered-by']).toBeUndefined();
  });
});

describe('a server with a token', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ apiToken });
  });
  afterAll(() => server.close());

  const basic = (password: string) => `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`;

  it.each([`Bearer ${apiToken}`, `bearer ${apiToken}`, basic(apiToken)])('lets in who says %s', async (authorization) => {
    expect((await server.send({ path: '/api/photos', headers: { authorization } })).status).toBe(200);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${apiToken}x`,
    apiToken,
    `Token ${apiToken}`,
    basic(''),
    basic('wrong'),
    'Basic %%%',
  ])('keeps out who says %s', async (authorization) => {
    for (const path of ['/api/photos', '/api/openapi.json', '/api/nothing', '/']) {
      const answer = await server.send({ path, headers: authorization === undefined ? {} : { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.json().code).toBe('UNAUTHENTICATED');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*Basic /);
      expect(answer.text).not.toContain(apiToken);
    }
  });

  it('takes no token from the address', async () => {
    expect((await server.send({ path: `/api/photos?token=${apiToken}&access_token=${apiToken}` })).status).toBe(401);
  });

  it('tells a supervisor without a token that it lives', async () => {
    expect((await server.send({ path: '/api/health/live' })).json()).toEqual({ status: 'ok' });
    expect((await server.send({ path: '/api/health' })).status).toBe(401);
  });
});

describe('a server with a limit of requests', () => {
  it('answers as many as it says and no more', async () => {
    await using server = await startTestServer({ requestsPerMinute: 3 });
    const statuses: number[] = [];
    for (let request = 1; request <= 3; request += 1) statuses.push((await server.send({ path: '/api/people' })).status);
    expect(statuses).toEqual([200, 200, 200]);
    const refused = await server.send({ path: '/api/people' });
    expect(refused.status).toBe(429);
    expect(refused.json()).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit-policy']).toContain('q=3');
  });
});
