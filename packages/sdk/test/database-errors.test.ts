import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanPhotos } from '@photoorg/ingest';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeJpeg } from '../../ingest/test/support/test-images.ts';
import { indexPhotos } from '../src/index.ts';
import type { LibraryContext } from '../src/library/library-context.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { temporaryFolder } from './support/photo-folder.ts';

const ALWAYS = 1_000_000;
let opened: TestLibrary;
let context: LibraryContext;

beforeAll(async () => {
  opened = await openTestLibrary();
  ({ context } = opened);
  const { db } = context;
  await sql`CREATE TABLE numbers (n integer PRIMARY KEY, touched integer NOT NULL DEFAULT 0)`.execute(db);
  // A sequence counts on when its transaction is rolled back.
  await sql`CREATE SEQUENCE tries`.execute(db);
  await sql`
    CREATE FUNCTION give_up(state text, times integer) RETURNS integer LANGUAGE plpgsql AS $$
    BEGIN
      IF nextval('tries') <= times THEN RAISE EXCEPTION 'given up' USING ERRCODE = state; END IF;
      RETURN 1;
    END $$`.execute(db);
});
afterAll(() => opened.close());
beforeEach(async () => {
  await sql`TRUNCATE numbers`.execute(context.db);
  await sql`ALTER SEQUENCE tries RESTART`.execute(context.db);
});

const giveUp = (state: string, times: number) => sql`give_up(${state}::text, ${times}::integer)`;

async function numbers(): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`SELECT n FROM numbers ORDER BY n`.execute(context.db);
  return rows.map((row) => row.n);
}

describe('what the database says of itself is told by a code, whether to repeat it, and what to do', () => {
  test.each([
    { state: '40001', code: 'DATABASE_BUSY', retryable: true },
    { state: '40P01', code: 'DATABASE_BUSY', retryable: true },
    { state: '55P03', code: 'DATABASE_BUSY', retryable: true },
    { state: '57014', code: 'DATABASE_TIMEOUT', retryable: true },
    { state: '25006', code: 'DATABASE_READ_ONLY', retryable: false },
    { state: '53100', code: 'DISK_FULL', retryable: true },
    { state: '58030', code: 'DISK_IO_ERROR', retryable: false },
    { state: '53200', code: 'DATABASE_OUT_OF_MEMORY', retryable: true },
    { state: '53300', code: 'DATABASE_UNAVAILABLE', retryable: true },
    { state: '42501', code: 'PERMISSION_DENIED', retryable: false },
  ])('$state is $code', async ({ state, code, retryable }) => {
    const told = { code, retryable, message: expect.stringContaining('given up') };
    await expect(sql`SELECT ${giveUp(state, ALWAYS)}`.execute(context.db)).rejects.toMatchObject(told);
    const inTransaction = context.transaction(({ db }) => sql`SELECT ${giveUp(state, ALWAYS)}`.execute(db));
    await expect(inTransaction).rejects.toMatchObject(told);
  });

  test('an error of the statement stays what it was', async () => {
    const twice = sql`INSERT INTO numbers VALUES (1), (1)`.execute(context.db);
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'numbers_pkey' });
  });
});

describe('a transaction that PostgreSQL gave up', () => {
  test.each(['40001', '40P01'])('for %s runs again from its start, and happens once', async (state) => {
    let runs = 0;
    const result = await context.transaction(async ({ db }) => {
      runs++;
      await sql`INSERT INTO numbers VALUES (${runs})`.execute(db);
      await sql`SELECT ${giveUp(state, 2)}`.execute(db);
      return runs;
    });
    expect(result).toBe(3);
    expect(await numbers()).toEqual([3]);
  });

  test('at its COMMIT runs again, too', async () => {
    await sql`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM give_up('40001', 2); RETURN NULL; END $$`.execute(
      context.db,
    );
    await sql`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON numbers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`.execute(
      context.db,
    );
    let runs = 0;
    await context.transaction(({ db }) => sql`INSERT INTO numbers VALUES (${++runs})`.execute(db));
    expect(runs).toBe(3);
    expect(await numbers()).toEqual([3]);
    await sql`DROP FUNCTION refuse CASCADE`.execute(context.db);
  });

  test('as part of another takes that one along', async () => {
    const runs = { outer: 0, inner: 0 };
    await context.transaction(async (outer) => {
      await sql`INSERT INTO numbers VALUES (${++runs.outer})`.execute(outer.db);
      await outer.transaction(({ db }) => {
        runs.inner++;
        return sql`SELECT ${giveUp('40P01', 1)}`.execute(db);
      });
    });
    expect(runs).toEqual({ outer: 2, inner: 2 });
    expect(await numbers()).toEqual([2]);
  });

  test('for another reason does not run again', async () => {
    let runs = 0;
    const failed = context.transaction(({ db }) => {
      runs++;
      return sql`SELECT ${giveUp('55P03', 1)}`.execute(db);
    });
    await expect(failed).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
    expect(runs).toBe(1);
  });
});

test('indexing onto a full disk ends at once and says so, instead of failing file by file', async () => {
  await using temporary = await temporaryFolder();
  const image = await makeJpeg();
  for (let i = 0; i < 3; i++) await writeFile(join(temporary.folder, `${i}.jpg`), Buffer.concat([image, Buffer.from(`${i}`)]));
  await sql`CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM give_up('53100', 1000); RETURN NULL; END $$`.execute(
    context.db,
  );
  await sql`CREATE TRIGGER no_space AFTER INSERT ON photos FOR EACH STATEMENT EXECUTE FUNCTION no_space()`.execute(context.db);
  const { library } = opened;
  const index = () => indexPhotos({ library, root: temporary.folder, scanPhotos });
  await expect(index()).rejects.toMatchObject({ code: 'DISK_FULL' });
  await sql`DROP FUNCTION no_space CASCADE`.execute(context.db);
  expect(await library.runs.errors()).toEqual([]);
  expect(await index()).toMatchObject({ created: 3, failed: 0 });
});

describe.skipIf(!process.env.TEST_DATABASE_URL)('with several connections (needs TEST_DATABASE_URL)', () => {
  test('a statement by itself is tried again when it was given up', async () => {
    await sql`INSERT INTO numbers SELECT ${giveUp('40P01', 2)}`.execute(context.db);
    expect(await numbers()).toEqual([1]);
  });

  test('two transactions in a deadlock both happen', async () => {
    await sql`INSERT INTO numbers VALUES (1), (2)`.execute(context.db);
    let waiting = 0;
    let meet: () => void;
    const bothHaveOne = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const touch = ([first, second]: [number, number]) =>
      context.transaction(async ({ db }) => {
        await sql`UPDATE numbers SET touched = touched + 1 WHERE n = ${first}`.execute(db);
        if (++waiting === 2) meet();
        await bothHaveOne;
        await sql`UPDATE numbers SET touched = touched + 1 WHERE n = ${second}`.execute(db);
      });
    await Promise.all([touch([1, 2]), touch([2, 1])]);
    expect(waiting).toBeGreaterThan(2);
    expect((await sql`SELECT n, touched FROM numbers ORDER BY n`.execute(context.db)).rows).toEqual([
      { n: 1, touched: 2 },
      { n: 2, touched: 2 },
    ]);
  });

  test.each([
    { setting: `statement_timeout = '50ms'`, code: 'DATABASE_TIMEOUT' },
    { setting: `lock_timeout = '50ms'`, code: 'DATABASE_BUSY' },
    { setting: `transaction_read_only = on`, code: 'DATABASE_READ_ONLY' },
  ])('$setting is $code', async ({ setting, code }) => {
    await sql`INSERT INTO numbers VALUES (1)`.execute(context.db);
    await context.transaction(async (holder) => {
      await sql`UPDATE numbers SET touched = 1`.execute(holder.db);
      const other = context.db.transaction().execute(async (db) => {
        await sql.raw(`SET LOCAL ${setting}`).execute(db);
        await sql`UPDATE numbers SET touched = 2`.execute(db);
      });
      await expect(other).rejects.toMatchObject({ code });
    });
  });
});
