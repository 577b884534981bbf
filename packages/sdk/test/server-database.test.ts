import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { openPhotoLibrary } from '../src/index.ts';
import { migrations } from '../src/schema/migrations/index.ts';

const server = process.env.TEST_DATABASE_URL;

/** The URL with other parts. */
function urlWith(changes: { database?: string; user?: string; password?: string; port?: string }): string {
  const url = new URL(server!);
  if (changes.database) url.pathname = `/${changes.database}`;
  if (changes.user) url.username = changes.user;
  if (changes.password) url.password = changes.password;
  if (changes.port) url.port = changes.port;
  return url.href;
}

describe.skipIf(!server)('on a server (needs TEST_DATABASE_URL)', () => {
  const suffix = randomUUID().slice(0, 8);
  const database = `photoorg_fresh_${suffix}`;
  const role = `photoorg_guest_${suffix}`;
  let admin: pg.Client;

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: server });
    await admin.connect();
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'guest'`);
  });
  afterAll(async () => {
    await admin.query(`DROP ROLE ${role}`);
    await admin.end();
  });
  beforeEach(() => admin.query(`CREATE DATABASE ${database} TEMPLATE template0`));
  afterEach(() => admin.query(`DROP DATABASE ${database} WITH (FORCE)`));

  test('five programs may open a new database at the same moment', async () => {
    const libraries = await Promise.all(Array.from({ length: 5 }, () => openPhotoLibrary({ database: urlWith({ database }) })));
    expect(new Set(libraries.map((library) => library.libraryId)).size).toBe(1);
    expect(libraries[0]!.database).toMatchObject({ kind: 'server', pgvectorVersion: expect.stringMatching(/^0\./) });
    await Promise.all(libraries.map((library) => library.close()));
    const again = await openDatabase(urlWith({ database }), { durability: 'full' });
    const { rows } = await sql`SELECT version, name FROM schema_migrations ORDER BY version`.execute(again.db);
    expect(rows).toEqual(migrations.map(({ version, name }) => ({ version, name })));
    await again.close();
  });

  test('settings of the database, of other formats and another zone, change no value', async () => {
    for (const setting of [`datestyle = 'SQL, DMY'`, `timezone = 'Asia/Tokyo'`, `bytea_output = 'escape'`]) {
      await admin.query(`ALTER DATABASE ${database} SET ${setting}`);
    }
    const opened = await openDatabase(urlWith({ database }), { durability: 'full' });
    const { rows } = await sql`
      SELECT '2024-05-06 10:00:00'::timestamp AS clock, '2024-05-06T10:00:00Z'::timestamptz AS instant, '\\x00ff'::bytea AS bytes`.execute(
      opened.db,
    );
    expect(rows).toEqual([
      { clock: '2024-05-06 10:00:00', instant: new Date('2024-05-06T10:00:00Z'), bytes: Buffer.from([0, 255]) },
    ]);
    await opened.close();
  });

  test('the location and the errors never show the password', async () => {
    const library = await openPhotoLibrary({ database: urlWith({ database }) });
    expect(library.database.location).not.toContain(new URL(server!).password);
    await library.close();
    const secret = 'correct-horse';
    const refused = await openPhotoLibrary({ database: urlWith({ password: secret }) }).catch((error) => error);
    expect(`${refused.message} ${refused.stack}`).not.toContain(secret);
  });

  test.each([
    { desc: 'a wrong password', url: () => urlWith({ password: 'wrong' }), retryable: false, remedy: /password/ },
    { desc: 'a database that does not exist', url: () => urlWith({ database: 'nowhere' }), retryable: false, remedy: /createdb/ },
    { desc: 'a port where nobody listens', url: () => urlWith({ port: '1' }), retryable: true, remedy: /server runs/ },
  ])('$desc is told with its remedy', async ({ url, retryable, remedy }) => {
    await expect(openPhotoLibrary({ database: url() })).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      retryable,
      message: expect.stringMatching(remedy),
    });
  });

  test('a role that may not create the extension is told who may', async () => {
    await admin.query(`GRANT ALL ON DATABASE ${database} TO ${role}`);
    await expect(openPhotoLibrary({ database: urlWith({ database, user: role, password: 'guest' }) })).rejects.toMatchObject({
      code: 'VECTOR_EXTENSION_MISSING',
      message: expect.stringContaining(`superuser run once: psql -d '${database}' -c 'CREATE EXTENSION vector'`),
    });
  });

  test('a role that may not create tables is told so', async () => {
    const owner = await openDatabase(urlWith({ database }), { durability: 'full' });
    await sql`CREATE EXTENSION vector`.execute(owner.db);
    await owner.close();
    await expect(openPhotoLibrary({ database: urlWith({ database, user: role, password: 'guest' }) })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: expect.stringContaining('schema public'),
    });
  });

  test('a broken connection is an error of its statement, and the next statement gets a new one', async () => {
    const opened = await openDatabase(urlWith({ database }), { durability: 'full' });
    const broken = opened.db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction);
      await admin.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await sql`SELECT 1`.execute(transaction);
    });
    await expect(broken).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()', [
      database,
    ]);
    await vi.waitFor(async () => expect((await sql`SELECT 1 AS one`.execute(opened.db)).rows).toEqual([{ one: 1 }]));
    await opened.close();
  });

  test('an aborted statement is cancelled on the server, silently', async () => {
    const opened = await openDatabase(urlWith({ database }), { durability: 'full' });
    const console = vi.spyOn(globalThis.console, 'error');
    const reason = new Error('enough');
    const stop = new AbortController();
    const query = sql`SELECT pg_sleep(600)`.execute(opened.db, {
      signal: stop.signal,
      inflightQueryAbortStrategy: 'cancel query',
    });
    const sleeping = () =>
      admin.query(`SELECT FROM pg_stat_activity WHERE datname = $1 AND query LIKE '%pg_sleep%' AND state = 'active'`, [database]);
    await vi.waitFor(async () => expect((await sleeping()).rowCount).toBe(1), { timeout: 20_000 });
    stop.abort(reason);
    await expect(query).rejects.toBe(reason);
    await vi.waitFor(async () => expect((await sleeping()).rowCount).toBe(0), { timeout: 20_000 });
    await opened.close();
    expect(console).not.toHaveBeenCalled();
  });
});
