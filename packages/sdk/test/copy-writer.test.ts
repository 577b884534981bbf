import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { copyFromStdin } from '../src/database/copy/copy-data.ts';
import { CopyWriter } from '../src/database/copy/copy-writer.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { readVector, writeVector } from '../src/values/vector-codec.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
  await sql`CREATE TABLE copied (i integer, s smallint, r real, u uuid, t text, j jsonb, b bytea, v vector)`.execute(
    opened.context.db,
  );
});
afterAll(() => opened.close());
beforeEach(async () => {
  await sql`TRUNCATE copied`.execute(opened.context.db);
});

const COPY = 'COPY copied FROM STDIN WITH (FORMAT binary)';
const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const row = fc.record({
  i: int(32),
  s: int(16),
  r: fc.option(fc.float({ noNaN: true })),
  u: fc.option(fc.uuid()),
  t: fc.option(fc.string({ unit: 'grapheme' })),
  j: fc.option(fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })),
  b: fc.option(fc.uint8Array({ maxLength: 100_000 })),
  v: fc.float32Array({ minLength: 1, maxLength: 130, noNaN: true, noDefaultInfinity: true }),
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function write(rows: Row[]): Uint8Array {
  const writer = new CopyWriter();
  for (const { i, s, r, u, t, j, b, v } of rows) {
    writer.row(8).integer(i).smallint(s).real(r).uuid(u).text(t);
    writer
      .jsonb(j === null ? null : JSON.stringify(j))
      .bytes(b)
      .bytes(writeVector(v));
  }
  return writer.finish();
}

test('what is written arrives, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      await sql`TRUNCATE copied`.execute(opened.context.db);
      await copyFromStdin(opened.context.db, COPY, write(rows));
      const read = await sql<
        Omit<Row, 'v'> & { v: Uint8Array }
      >`SELECT i, s, r, u, t, j, b, vector_send(v) AS v FROM copied`.execute(opened.context.db);
      const found = read.rows.map((one) => ({
        ...one,
        r: one.r && Math.fround(one.r),
        b: one.b && [...one.b],
        v: [...readVector(one.v)].map(String),
      }));
      const expected = rows.map((one) => ({
        ...one,
        j: JSON.parse(JSON.stringify(one.j)),
        b: one.b && [...one.b],
        v: [...one.v].map(String),
      }));
      expect(found).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('a COPY is part of its transaction', async () => {
  const rows: Row[] = [{ i: 1, s: 1, r: null, u: null, t: 'x', j: null, b: null, v: Float32Array.of(1) }];
  const failed = opened.context.transaction(async ({ db }) => {
    await copyFromStdin(db, COPY, write(rows));
    throw new Error('roll back');
  });
  await expect(failed).rejects.toThrow('roll back');
  expect((await sql`SELECT * FROM copied`.execute(opened.context.db)).rows).toEqual([]);
});

test('data that PostgreSQL refuses is an error, and the connection goes on', async () => {
  await expect(copyFromStdin(opened.context.db, COPY, new CopyWriter().row(1).integer(1).finish())).rejects.toMatchObject({
    code: '22P04',
  });
  expect((await sql`SELECT 1 AS one`.execute(opened.context.db)).rows).toEqual([{ one: 1 }]);
});
