import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
  await sql`CREATE TABLE numbers (n integer UNIQUE)`.execute(opened.context.db);
});
afterAll(() => opened.close());
beforeEach(async () => {
  await sql`TRUNCATE numbers`.execute(opened.context.db);
});

async function numbers(): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`SELECT n FROM numbers ORDER BY n`.execute(opened.context.db);
  return rows.map((row) => row.n);
}

const insert = (n: number, db = opened.context.db) => sql`INSERT INTO numbers VALUES (${n})`.execute(db);

test('a statement made while another task has a transaction open is not part of it', async () => {
  let outside: Promise<unknown> | undefined;
  const rolledBack = opened.context.transaction(async ({ db }) => {
    await insert(1, db);
    outside = insert(2);
    await insert(3, db);
    throw new Error('roll back');
  });
  await expect(rolledBack).rejects.toThrow('roll back');
  await outside;
  expect(await numbers()).toEqual([2]);
});

test('transactions of several tasks do not mix', async () => {
  const tasks = Array.from({ length: 10 }, (_, task) =>
    opened.context.transaction(async ({ db }) => {
      await insert(task * 10, db);
      await new Promise((resolve) => setImmediate(resolve));
      await insert(task * 10 + 1, db);
      if (task % 2 === 1) throw new Error('roll back');
    }),
  );
  const outcomes = await Promise.allSettled(tasks);
  expect(outcomes.map((outcome) => outcome.status === 'fulfilled')).toEqual(tasks.map((_, task) => task % 2 === 0));
  expect(await numbers()).toEqual([0, 1, 20, 21, 40, 41, 60, 61, 80, 81]);
});

test('a transaction inside a transaction is the same one', async () => {
  const failed = opened.context.transaction(async (outer) => {
    await insert(1, outer.db);
    await outer.transaction((inner) => insert(2, inner.db));
    throw new Error('roll back');
  });
  await expect(failed).rejects.toThrow('roll back');
  expect(await numbers()).toEqual([]);
});

test('a transaction with a failed statement cannot pretend to be committed', async () => {
  const failed = opened.context.transaction(async ({ db }) => {
    await insert(1, db);
    await insert(1, db).catch(() => {});
  });
  await expect(failed).rejects.toThrow();
  expect(await numbers()).toEqual([]);
});

test('values are the same on every database', async () => {
  const { rows } = await sql`
    SELECT 9007199254740993::int8 AS int8, 7::int8 AS small_int8, 1.5::real AS real, '1.50'::numeric AS numeric, '0101'::bit(4) AS bit,
      '{1,NULL}'::int8[] AS int8s, '{a,"b c"}'::text[] AS texts, '\\x0001'::bytea AS bytes, '{"a": [1]}'::jsonb AS json,
      '2024-05-01 10:00:00.123'::timestamp AS clock, '2024-05-01'::date AS day, '2024-05-01T10:00:00.5+02'::timestamptz AS instant`.execute(
    opened.context.db,
  );
  const [row] = rows as [Record<string, unknown>];
  expect({ ...row, bytes: [...(row.bytes as Uint8Array)] }).toEqual({
    int8: 9007199254740993n,
    small_int8: 7n,
    real: 1.5,
    numeric: '1.50',
    bit: '0101',
    int8s: [1n, null],
    texts: ['a', 'b c'],
    bytes: [0, 1],
    json: { a: [1] },
    clock: '2024-05-01 10:00:00.123',
    day: '2024-05-01',
    instant: new Date('2024-05-01T08:00:00.500Z'),
  });
});
