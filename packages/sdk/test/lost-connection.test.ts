import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serverUrlOf } from '../src/database/server/open-server-database.ts';
import { openPhotoLibrary, type PhotoLibrary } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { contextOf } from '../src/library/library-internals.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { type CuttingProxy, startCuttingProxy } from './support/cutting-proxy.ts';

/** As it goes over the wire, with its end: the isolation of a transaction is called so, too. */
const COMMIT = 'commit\0';
const UNKNOWN = { code: 'OUTCOME_UNKNOWN', retryable: false };
const UNAVAILABLE = { code: 'DATABASE_UNAVAILABLE', retryable: true };

describe.skipIf(!process.env.TEST_DATABASE_URL)('a connection that is cut (needs TEST_DATABASE_URL)', () => {
  let opened: TestLibrary;
  let proxy: CuttingProxy;
  let library: PhotoLibrary;
  let context: LibraryContext;

  beforeAll(async () => {
    opened = await openTestLibrary();
    await sql`CREATE TABLE numbers (n integer)`.execute(opened.context.db);
  });
  afterAll(() => opened.close());

  beforeEach(async () => {
    await opened.clear();
    await sql`TRUNCATE numbers`.execute(opened.context.db);
    proxy = await startCuttingProxy(serverUrlOf(opened.context.db)!);
    library = await openPhotoLibrary({ database: proxy.url });
    context = contextOf(library);
  });
  afterEach(async () => {
    await library.close();
    await proxy[Symbol.asyncDispose]();
  });

  async function numbers(): Promise<number[]> {
    const { rows } = await sql<{ n: number }>`SELECT n FROM numbers ORDER BY n`.execute(opened.context.db);
    return rows.map((row) => row.n);
  }

  const insert = () => context.transaction(({ db }) => sql`INSERT INTO numbers VALUES (1)`.execute(db));

  test('before the COMMIT is sent loses the change for certain, which can be repeated', async () => {
    proxy.cut({ at: 'INSERT', arrives: true });
    await expect(insert()).rejects.toMatchObject(UNAVAILABLE);
    await insert();
    expect(await numbers()).toEqual([1]);
  });

  test.each([
    { desc: 'before it arrives', arrives: false, kept: [] },
    { desc: 'before its answer', arrives: true, kept: [1] },
  ])('at the COMMIT, $desc, leaves the outcome unknown', async ({ arrives, kept }) => {
    proxy.cut({ at: COMMIT, arrives });
    await expect(insert()).rejects.toMatchObject(UNKNOWN);
    expect(await numbers()).toEqual(kept);
  });

  test.each([
    { statement: 'INSERT INTO numbers VALUES (1)', expected: UNKNOWN },
    { statement: 'WITH one AS (SELECT 1 AS n) INSERT INTO numbers SELECT n FROM one', expected: UNKNOWN },
    { statement: 'SELECT n FROM numbers', expected: UNAVAILABLE },
    { statement: 'WITH one AS (SELECT 1 AS n) SELECT n FROM one', expected: UNAVAILABLE },
  ])(
    'at a statement outside of a transaction leaves in doubt only what it may have saved: $statement',
    async ({ statement, expected }) => {
      proxy.cut({ at: 'numbers', arrives: true });
      if (!statement.includes('numbers')) proxy.cut({ at: 'WITH one', arrives: true });
      await expect(sql.raw(statement).execute(context.db)).rejects.toMatchObject(expected);
    },
  );

  describe('at the COMMIT of a change that leaves a trace', () => {
    test.each([
      { desc: 'before it arrives', arrives: false },
      { desc: 'before its answer', arrives: true },
    ])('$desc: a person is made once, as if nothing had been', async ({ arrives }) => {
      proxy.cut({ at: COMMIT, arrives });
      const person = await library.people.create({ displayName: 'Ada' });
      expect(proxy.cuts).toBe(1);
      const people = await library.people.list();
      expect(people.items.map(({ personId, displayName }) => ({ personId, displayName }))).toEqual([
        { personId: person.personId, displayName: 'Ada' },
      ]);
    });

    test.each([
      { desc: 'before it arrives', arrives: false },
      { desc: 'before its answer', arrives: true },
    ])('$desc: an effect with a key happens once', async ({ arrives }) => {
      proxy.cut({ at: COMMIT, arrives });
      const response = { status: 201, headers: {}, body: 'made' };
      const answer = await library.idempotency.run({
        scope: 'POST /people',
        key: 'key-00001',
        fingerprint: 'a',
        effect: async (transaction) => {
          await transaction.people.create({ displayName: 'Ada' });
          return response;
        },
      });
      expect(answer).toMatchObject(response);
      expect(proxy.cuts).toBe(1);
      expect((await library.people.list()).items).toHaveLength(1);
    });

    test('by a server that stays away leaves the outcome unknown', async () => {
      proxy.cut({ at: COMMIT, arrives: true, forGood: true });
      await expect(library.people.create({ displayName: 'Ada' })).rejects.toMatchObject(UNKNOWN);
      expect((await opened.library.people.list()).items).toHaveLength(1);
    });
  });
});
