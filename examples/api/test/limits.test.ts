import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.ts';

const MEGABYTE = 1024 * 1024;
const id = '0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const createPerson = (body: unknown, headers: Record<string, string> = {}) =>
  server.send({ method: 'POST', path: '/api/people', headers, body });

/** JSON of exactly this many bytes. */
function personOfSize(bytes: number): string {
  const empty = JSON.stringify({ displayName: 'Ada', aliases: [''] });
  return empty.replace('""', `"${'a'.repeat(bytes - empty.length)}"`);
}

/** A list inside a list inside a list: this many levels with the object around them. */
const nested = (levels: number) => `{"provenance": {"x": ${'['.repeat(levels - 2)}${']'.repeat(levels - 2)}}}`;

describe('the limits of a body', () => {
  it('reads a megabyte, and not a byte more', async () => {
    // The alias is longer than a name may be: a body that was read is refused for what it says.
    expect((await createPerson(personOfSize(MEGABYTE))).json().code).toBe('VALIDATION_FAILED');
    const tooLarge = await createPerson(personOfSize(MEGABYTE + 1));
    expect(tooLarge.status).toBe(413);
    expect(tooLarge.json().code).toBe('PAYLOAD_TOO_LARGE');
  });

  it('counts what a compressed body unpacks to', async () => {
    const bomb = gzipSync(personOfSize(MEGABYTE + 1));
    expect(bomb.length).toBeLessThan(MEGABYTE / 100);
    expect((await createPerson(bomb, { 'content-encoding': 'gzip' })).json().code).toBe('PAYLOAD_TOO_LARGE');
    expect((await createPerson(gzipSync('{"displayName": "Zip"}'), { 'content-encoding': 'gzip' })).status).toBe(201);
  });

  it('reads 32 levels, and not one more', async () => {
    expect((await createPerson(nested(32))).json().code).toBe('VALIDATION_FAILED');
    expect((await createPerson(nested(33))).json().code).toBe('JSON_TOO_DEEP');
    expect((await createPerson(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).json().code).toBe('JSON_TOO_DEEP');
  });

  it.each(['', '{', '"text"', 'null', '{"displayName": "Ada"} x', '\u0000'])('refuses %j as JSON', async (body) => {
    const answer = await createPerson(body);
    expect(answer.status).toBe(400);
    expect(['MALFORMED_JSON', 'VALIDATION_FAILED']).toContain(answer.json().code);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16le-x',
    'application/jsonx',
  ])('takes no %s', async (type) => {
    const answer = await createPerson('{"displayName": "Ada"}', { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(answer.json().code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  it('takes no encoding that it cannot unpack', async () => {
    expect((await createPerson('x', { 'content-encoding': 'compress' })).json().code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });
});

describe('the limits of values', () => {
  it.each([
    { desc: 'a name of 200 characters', body: { displayName: 'a'.repeat(200) }, status: 201 },
    { desc: 'a name of 201 characters', body: { displayName: 'a'.repeat(201) }, status: 400 },
    { desc: 'a name of spaces', body: { displayName: '   ' }, status: 400 },
    { desc: 'a name with NUL', body: { displayName: 'a\0b' }, status: 400 },
    { desc: 'a name with half a surrogate pair', body: { displayName: 'a\ud800' }, status: 400 },
    { desc: 'a name in any script', body: { displayName: 'Ἀδά 🙂 עדה' }, status: 201 },
    { desc: 'a day of birth that does not exist', body: { displayName: 'Ada', birthDate: '2023-02-29' }, status: 400 },
    { desc: 'a field that the API does not know', body: { displayName: 'Ada', name: 'Ada' }, status: 400 },
    {
      desc: 'a key that would change the prototype',
      body: '{"displayName": "Ada", "__proto__": {"polluted": true}}',
      status: 400,
    },
  ])('$desc: $status', async ({ body, status }) => {
    expect((await createPerson(body)).status).toBe(status);
  });

  it.each([
    { path: '/api/photos?limit=1', status: 200 },
    { path: '/api/photos?limit=200', status: 200 },
    { path: '/api/photos?limit=0', status: 400 },
    { path: '/api/photos?limit=201', status: 400 },
    { path: '/api/photos?limit=', status: 200 },
    { path: '/api/photos?limit=1.5', status: 400 },
    { path: '/api/photos?limit=1&limit=2', status: 400 },
    { path: '/api/photos?isoFrom=100&exposureTimeTo=0.004', status: 200 },
    { path: '/api/photos?isoFrom=0', status: 400 },
    { path: '/api/photos?fNumberTo=', status: 200 },
    { path: '/api/photos?exposureTimeTo=1/250', status: 400 },
    { path: '/api/photos?offset=-1', status: 400 },
    { path: '/api/photos?hasFaces=yes', status: 400 },
    { path: '/api/photos?q=%00', status: 400 },
    { path: '/api/photos?from=2024-02-30', status: 400 },
    { path: '/api/photos?personId=ada', status: 400 },
    { path: '/api/photos?person=ada', status: 400 },
    { path: '/api/photos/not-an-id', status: 400 },
    { path: '/api/photos/%E0%A4%A', status: 400 },
    { path: `/api/photos/${id}/image?size=333`, status: 400 },
    { path: '/api/search', status: 400 },
  ])('GET $path: $status', async ({ path, status }) => {
    const answer = await server.send({ path });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  it('refuses a cursor that it did not make', async () => {
    const answer = await server.send({ path: '/api/photos?cursor=nonsense' });
    expect(answer.status).toBe(422);
    expect(answer.json().code).toBe('INVALID_INPUT');
  });

  it('names every refused part at once, with its place', async () => {
    const answer = await server.send({
      method: 'POST',
      path: '/api/faces/ignore?x=1',
      body: { faceIds: [id, 'no'], ignored: 'yes' },
    });
    const places = answer
      .json<{ errors: { in: string; pointer: string }[] }>()
      .errors.map((error) => `${error.in} ${error.pointer}`);
    expect(places.sort()).toEqual(['body /actor', 'body /faceIds/1', 'body /ignored', 'query ']);
  });

  it('names no more than fifty places of a thousand', async () => {
    const faceIds = Array.from({ length: 1000 }, () => 'no');
    const answer = await server.send({ method: 'POST', path: '/api/faces/ignore', body: { faceIds, actor: 'anna' } });
    expect(answer.json<{ errors: unknown[] }>().errors).toHaveLength(50);
  });
});

describe('paths and methods', () => {
  it('knows no other path', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/PHOTOS', '/nothing.js']) {
      const answer = await server.send({ path });
      expect(answer.status, path).toBe(404);
      expect(answer.json().code).toBe('ROUTE_NOT_FOUND');
    }
  });

  it.each([
    { method: 'PUT', path: '/api/people', allow: 'GET, HEAD, POST, OPTIONS' },
    { method: 'GET', path: '/api/faces/similar', allow: 'POST, OPTIONS' },
    { method: 'DELETE', path: `/api/photos/${id}`, allow: 'GET, HEAD, OPTIONS' },
    { method: 'GET', path: `/api/faces/${id}/label`, allow: 'POST, DELETE, OPTIONS' },
  ])('says which methods $path takes instead of $method', async ({ method, path, allow }) => {
    const answer = await server.send({ method, path });
    expect(answer.status).toBe(405);
    expect(answer.json().code).toBe('METHOD_NOT_ALLOWED');
    expect(answer.headers.allow).toBe(allow);
    const asked = await server.send({ method: 'OPTIONS', path });
    expect(asked.status).toBe(204);
    expect(asked.headers.allow).toBe(allow);
  });

  it('answers HEAD like GET, without the body', async () => {
    const answer = await server.send({ method: 'HEAD', path: '/api/people' });
    expect(answer.status).toBe(200);
    expect(answer.bytes).toHaveLength(0);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
  });
});
