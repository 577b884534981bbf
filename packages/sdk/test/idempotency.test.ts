import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PhotoLibrary, StoredResponse } from '../src/index.ts';
import { contextOf } from '../src/library/library-internals.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());
beforeEach(() => opened.clear());

const created: StoredResponse = { status: 201, headers: { location: '/api/people/1' }, body: '{"name":"Zoë"}' };

function run(
  effect: (library: PhotoLibrary) => Promise<StoredResponse>,
  request: { key?: string; fingerprint?: string; scope?: string } = {},
) {
  return opened.library.idempotency.run({ scope: 'POST /people', key: 'key-00001', fingerprint: 'a', ...request, effect });
}

const createPerson = (name: string) => async (library: PhotoLibrary) => {
  await library.people.create({ displayName: name });
  return created;
};

async function names(): Promise<string[]> {
  return (await opened.library.people.list()).items.map((person) => person.displayName);
}

test('the effect happens once, and its response comes back byte for byte', async () => {
  expect(await run(createPerson('Ada'))).toEqual({ ...created, replayed: false });
  expect(await run(createPerson('Ada'))).toEqual({ ...created, replayed: true });
  expect(await names()).toEqual(['Ada']);
});

test('another key or scope is another request', async () => {
  await run(createPerson('Ada'));
  await run(createPerson('Bob'), { key: 'key-00002' });
  await run(createPerson('Cid'), { scope: 'POST /other' });
  expect(await names()).toEqual(['Ada', 'Bob', 'Cid']);
});

test('another request under a used key is refused', async () => {
  await run(createPerson('Ada'));
  await expect(run(createPerson('Bob'), { fingerprint: 'b' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await names()).toEqual(['Ada']);
});

test('an effect that throws leaves no trace, and the key stays free', async () => {
  const failed = run(async (library) => {
    await createPerson('Ada')(library);
    throw new Error('no disk');
  });
  await expect(failed).rejects.toThrow('no disk');
  expect(await names()).toEqual([]);
  expect(await run(createPerson('Bob'))).toMatchObject({ replayed: false });
});

test('a server error goes out, but neither it nor its half-done effect is kept', async () => {
  const broken = async (library: PhotoLibrary) => {
    await createPerson('Ada')(library);
    return { status: 503, headers: {}, body: 'later' };
  };
  expect(await run(broken)).toEqual({ status: 503, headers: {}, body: 'later', replayed: false });
  expect(await names()).toEqual([]);
  expect(await run(createPerson('Bob'))).toMatchObject({ status: 201, replayed: false });
});

test('a refusal is kept without what was done before it, even after a failed statement', async () => {
  const refused = async (library: PhotoLibrary) => {
    await createPerson('Ada')(library);
    await sql`SELECT 1 / 0`.execute(contextOf(library).db).catch(() => {});
    return { status: 409, headers: {}, body: 'conflict' };
  };
  expect(await run(refused)).toMatchObject({ status: 409, replayed: false });
  expect(await run(refused)).toMatchObject({ status: 409, replayed: true });
  expect(await names()).toEqual([]);
});

test('of requests with one key at the same moment one does it; the others get its response or are told to wait', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => run(createPerson('Ada'))));
  const answers = outcomes.filter((outcome) => outcome.status === 'fulfilled').map((outcome) => outcome.value);
  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason.code);
  expect(answers.filter((answer) => !answer.replayed)).toHaveLength(1);
  expect(refusals).toEqual(refusals.map(() => 'IDEMPOTENCY_IN_PROGRESS'));
  expect(await names()).toEqual(['Ada']);
});

test('after a day a key may be used for something else', async () => {
  await run(createPerson('Ada'));
  await sql`UPDATE idempotency_keys SET expires_ts = now() - interval '1 second'`.execute(opened.context.db);
  expect(await run(createPerson('Bob'), { fingerprint: 'b' })).toMatchObject({ replayed: false });
  expect(await names()).toEqual(['Ada', 'Bob']);
});

test.each([{ key: 'short' }, { key: 'x'.repeat(256) }, { key: 'with space' }, { key: 'ümlaut-key' }])(
  'the key $key is refused',
  async ({ key }) => {
    await expect(run(createPerson('Ada'), { key })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  },
);
