import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createConnection } from 'node:net';
import { openTestLibrary, type TestLibrary } from '@photoorg/sdk/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../src/index.ts';
import { startTestServer } from './support/test-server.ts';

const cleanUp: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

describe('starting a server', () => {
  let test: TestLibrary;
  let first: RunningServer;
  beforeAll(async () => {
    test = await openTestLibrary();
    first = await startServer({ library: test.library, port: 0, closeOnSignals: false });
  });
  afterAll(async () => {
    await first.close();
    await test.close();
  });

  const start = (options: Omit<ServerOptions, 'library'>) =>
    startServer({ library: test.library, port: 0, closeOnSignals: false, ...options });

  it('listens on this machine only', () => {
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
  });

  it('says so when the port is taken, and leaves the library open', async () => {
    const { port } = first;
    const message = expect.stringContaining(`Port ${port}`);
    await expect(start({ port })).rejects.toMatchObject({ code: 'PORT_IN_USE', message });
    await expect(test.library.people.list()).resolves.toMatchObject({ items: [] });
  });

  it.each([-1, 65_536, 1.5, Number.NaN])('says so when %d is no port', async (port) => {
    await expect(start({ port })).rejects.toMatchObject({ code: 'PORT_INVALID' });
  });

  it('says so when the machine has no such address', async () => {
    // 192.0.2.0/24 is for documentation; no machine has it.
    const elsewhere = start({ host: '192.0.2.1', allowRemote: true, apiToken: 'x'.repeat(22) });
    await expect(elsewhere).rejects.toMatchObject({ code: 'HOST_UNAVAILABLE' });
  });

  it('shows the library to other machines only when told so twice', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'REMOTE_HOST_REFUSED' });
  });

  it('answers to the names it was given when others may come in', async () => {
    const apiToken = 'a-token-that-nobody-would-guess';
    const headers = { authorization: `Bearer ${apiToken}` };
    await using server = await startTestServer({ host: '0.0.0.0', allowRemote: true, apiToken, allowedHosts: ['photos.lan'] });
    expect((await server.send({ path: '/api/people', headers: { ...headers, host: 'photos.lan' } })).status).toBe(200);
    expect((await server.send({ path: '/api/people', headers: { ...headers, host: '0.0.0.0' } })).status).toBe(421);
  });
});

describe('closing a server', () => {
  it('lets a running change end, and takes no new connection', async () => {
    const server = await startTestServer();
    const body = JSON.stringify({ displayName: 'Ada' });
    const running = request(`${server.url}/api/people`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length },
    });
    const answered = once(running, 'response');
    running.write(body.slice(0, 5));
    // The server has the first half when it answers a request that came later.
    await server.send({ path: '/api/health/live' });

    const closed = server.close();
    await expect(server.send({ path: '/api/health/live' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    running.end(body.slice(5));
    const [response] = await answered;
    expect(response.statusCode).toBe(201);
    response.resume();
    await closed;
  });

  it('does not wait for connections that say nothing', async () => {
    // Waiting for them would take longer than a test may.
    const server = await startTestServer({ graceMillis: 600_000 });
    const agent = new Agent({ keepAlive: true });
    cleanUp.push(() => agent.destroy());
    const kept = request(`${server.url}/api/health/live`, { agent }).end();
    const [response] = await once(kept, 'response');
    response.resume();
    await once(response, 'end');
    const silent = createConnection(Number(new URL(server.url).port), '127.0.0.1');
    await once(silent, 'connect');
    const gone = once(silent, 'close');
    await server.close();
    await gone;
  });

  it('cuts a request that does not end', async () => {
    const server = await startTestServer({ graceMillis: 1 });
    const headers = { 'content-type': 'application/json', 'content-length': 100 };
    const endless = request(`${server.url}/api/people`, { method: 'POST', headers });
    const failed = once(endless, 'error');
    endless.write('{');
    await server.send({ path: '/api/health/live' });
    await server.close();
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
  });

  it('closes the library once, however often it is asked', async () => {
    const test = await openTestLibrary();
    cleanUp.push(() => test.close());
    const server = await startServer({ library: test.library, port: 0, closeOnSignals: false });
    await Promise.all([server.close(), server.close(), server.closed]);
    await expect(test.library.people.list()).rejects.toMatchObject({ code: 'LIBRARY_CLOSED' });
  });
});
