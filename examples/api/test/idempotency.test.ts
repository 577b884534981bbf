import { randomUUID } from 'node:crypto';
import type { Person } from '@photoorg/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Received } from './support/send.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const createPerson = (key: string, body: unknown, headers: Record<string, string> = {}) =>
  server.send({ method: 'POST', path: '/api/people', headers: { 'idempotency-key': key, ...headers }, body });

async function peopleNamed(displayName: string): Promise<Person[]> {
  const { items } = await server.library.people.list({ limit: 200 });
  return items.filter((person) => person.displayName === displayName);
}

const isReplay = (answer: Received) => answer.headers['idempotent-replayed'] === 'true';

describe('an idempotency key', () => {
  it('makes a change once and answers every repeat with the same bytes', async () => {
    const key = randomUUID();
    const first = await createPerson(key, { displayName: 'Once' });
    const second = await createPerson(key, { displayName: 'Once' });
    expect(first.status).toBe(201);
    expect(isReplay(first)).toBe(false);
    expect(isReplay(second)).toBe(true);
    expect(second.status).toBe(first.status);
    expect(second.bytes.equals(first.bytes)).toBe(true);
    for (const header of ['content-type', 'location', 'cache-control'])
      expect(second.headers[header]).toBe(first.headers[header]);
    expect(await peopleNamed('Once')).toHaveLength(1);
  });

  it('knows the same request by its meaning', async () => {
    const key = randomUUID();
    const first = await createPerson(key, '{"displayName": "Same", "aliases": ["S"]}');
    const second = await createPerson(key, '{ "aliases":["S"], "displayName":"Same" }');
    expect(isReplay(second)).toBe(true);
    expect(second.text).toBe(first.text);
  });

  it('is refused for another request', async () => {
    const key = randomUUID();
    await createPerson(key, { displayName: 'First' });
    const other = await createPerson(key, { displayName: 'Other' });
    expect(other.status).toBe(422);
    expect(other.json().code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await peopleNamed('Other')).toEqual([]);
  });

  it('belongs to one route', async () => {
    const key = randomUUID();
    const { personId } = (await createPerson(key, { displayName: 'Before' })).json<Person>();
    const renamed = await server.send({
      method: 'PATCH',
      path: `/api/people/${personId}`,
      headers: { 'idempotency-key': key },
      body: { displayName: 'After' },
    });
    expect(renamed.status).toBe(200);
    expect(isReplay(renamed)).toBe(false);
  });

  it('stores a refusal too, and leaves nothing of the change behind', async () => {
    const key = randomUUID();
    const { personId } = await server.library.people.create({ displayName: 'Self' });
    const merge = () =>
      server.send({
        method: 'POST',
        path: '/api/people/merge',
        headers: { 'idempotency-key': key },
        body: { fromId: personId, intoId: personId, actor: 'anna' },
      });
    const first = await merge();
    const second = await merge();
    expect(first.status).toBe(409);
    expect(first.json().code).toBe('MERGE_WITH_SELF');
    expect(isReplay(second)).toBe(true);
    expect(second.text).toBe(first.text);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
  });

  it('changes one thing when many requests come at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => createPerson(key, { displayName: 'Raced' })));
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect(done.filter((answer) => !isReplay(answer))).toHaveLength(1);
    for (const busy of answers.filter(({ status }) => status !== 201)) {
      expect(busy.status).toBe(409);
      expect(busy.json().code).toBe('IDEMPOTENCY_IN_PROGRESS');
      expect(busy.headers['retry-after']).toBe('1');
    }
    expect(await peopleNamed('Raced')).toHaveLength(1);
    expect(isReplay(await createPerson(key, { displayName: 'Raced' }))).toBe(true);
  });

  it.each([
    { desc: '7 characters', key: 'k'.repeat(7), status: 400 },
    { desc: '8 characters', key: 'k'.repeat(8), status: 201 },
    { desc: '255 characters', key: 'k'.repeat(255), status: 201 },
    { desc: '256 characters', key: 'k'.repeat(256), status: 400 },
    { desc: 'a space', key: 'with a space', status: 400 },
    { desc: 'a letter beyond ASCII', key: 'schlüssel', status: 400 },
  ])('of $desc: $status', async ({ key, status }) => {
    const answer = await createPerson(key, { displayName: 'Key' });
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.json().code).toBe('IDEMPOTENCY_KEY_INVALID');
  });

  it('is required where a repeat by accident would be hard to notice', async () => {
    const ids = { fromId: randomUUID(), intoId: randomUUID() };
    const answer = await server.send({ method: 'POST', path: '/api/people/merge', body: { ...ids, actor: 'anna' } });
    expect(answer.status).toBe(400);
    expect(answer.json().code).toBe('IDEMPOTENCY_KEY_REQUIRED');
  });

  it('may be left out elsewhere: then every request counts', async () => {
    const create = () => server.send({ method: 'POST', path: '/api/people', body: { displayName: 'Twice' } });
    await create();
    await create();
    expect(await peopleNamed('Twice')).toHaveLength(2);
  });
});

it('lets nobody replay an answer without the token', async () => {
  await using guarded = await startTestServer({ apiToken: 'a-token-that-nobody-would-guess' });
  const headers = { 'idempotency-key': randomUUID(), authorization: 'Bearer a-token-that-nobody-would-guess' };
  const create = (sent: Record<string, string>) =>
    guarded.send({ method: 'POST', path: '/api/people', headers: sent, body: { displayName: 'Ada' } });
  expect((await create(headers)).status).toBe(201);
  const { authorization: _, ...withoutToken } = headers;
  expect((await create(withoutToken)).status).toBe(401);
});
