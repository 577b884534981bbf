import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../src/database/common/database-handle.ts';
import { readClusterTemplate } from '../src/database/embedded/cluster-template.ts';
import { openFolderDatabase, openMemoryDatabase } from '../src/database/embedded/open-embedded-database.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { openPhotoLibrary } from '../src/index.ts';
import { migrateSchema } from '../src/schema/migrate.ts';
import { describeEmbedded } from './support/embedded-only.ts';
import { temporaryFolder } from './support/photo-folder.ts';
import { runScript, SEVERAL_PROCESSES_MILLIS } from './support/run-script.ts';
import { sha256Of } from './support/sample-photos.ts';

describeEmbedded('the embedded database', () => {
  let prepared: Awaited<ReturnType<typeof temporaryFolder>>;
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  let folder: string;

  /** A library made once; each test gets a copy, which takes a fraction of the time. */
  beforeAll(async () => {
    prepared = await temporaryFolder();
    await (await openPhotoLibrary({ database: join(prepared.folder, 'library') })).close();
  });
  afterAll(() => prepared[Symbol.asyncDispose]());

  beforeEach(async () => {
    temporary = await temporaryFolder();
    folder = join(temporary.folder, 'library');
    await cp(join(prepared.folder, 'library'), folder, { recursive: true });
  });
  afterEach(() => temporary[Symbol.asyncDispose]());

  describe('the folder', () => {
    test('belongs to its owner alone, and outlives its process', async () => {
      const first = await openPhotoLibrary({ database: folder });
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(first.database).toMatchObject({ kind: 'embedded', location: folder, serverVersion: expect.stringMatching(/^18/) });
      const person = await first.people.create({ displayName: 'Ada' });
      await first.close();
      await chmod(folder, 0o755);
      await using again = await openPhotoLibrary({ database: folder });
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect((await again.people.get(person.personId)).displayName).toBe('Ada');
      expect(again.libraryId).toBe(first.libraryId);
    });

    test('is refused to a second opener at once, by the name of the first', async () => {
      await using _open = await openPhotoLibrary({ database: folder });
      await expect(openPhotoLibrary({ database: folder })).rejects.toMatchObject({
        code: 'LIBRARY_LOCKED',
        ownerPid: process.pid,
      });
    });

    test('is refused while another process has it, and taken over when that was killed', async () => {
      const holder = runScript('hold-library.ts', folder);
      expect(await holder.nextLine()).toBe('open');
      const openings = await Promise.allSettled(Array.from({ length: 20 }, () => openPhotoLibrary({ database: folder })));
      const refusal = { status: 'rejected', reason: { code: 'LIBRARY_LOCKED', ownerPid: holder.child.pid } };
      expect(openings).toMatchObject(openings.map(() => refusal));
      await holder.kill();
      await using library = await openPhotoLibrary({ database: folder });
      expect(JSON.parse(readFileSync(join(folder, 'photoorg.lock'), 'utf8')).pid).toBe(process.pid);
      await library.close();
      expect(existsSync(join(folder, 'photoorg.lock'))).toBe(false);
    });

    test('is not taken when it holds other things', async () => {
      const photos = join(temporary.folder, 'photos');
      await mkdir(photos);
      await writeFile(join(photos, 'holiday.jpg'), 'x');
      await expect(openPhotoLibrary({ database: photos })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    test.each([
      { desc: 'by a kill', leaves: ['photoorg.lock'] },
      { desc: 'by a full disk', leaves: [] },
    ])('in which the making of the database was cut off $desc is made anew', async ({ leaves }) => {
      await rm(join(folder, 'database'), { recursive: true });
      await mkdir(join(folder, 'database.new'));
      await writeFile(join(folder, 'database.new', 'PG_VERSION'), '18');
      for (const name of leaves) await writeFile(join(folder, name), '');
      await using library = await openPhotoLibrary({ database: folder });
      expect((await library.photos.list()).total).toBe(0);
    });
  });

  test('a new database is the same from the cluster of the package and by initdb', async () => {
    const template = await readClusterTemplate();
    expect(template).not.toBeNull();
    const [shipped, made] = [await openMemoryDatabase(template), await openMemoryDatabase(null)];
    expect(await migrateSchema(shipped.db)).toEqual([]);
    await migrateSchema(made.db);
    expect(await describeDatabase(shipped)).toEqual(await describeDatabase(made));
    for (const database of [shipped, made]) await database.close();
  });

  test.each([
    { durability: 'full' as const, expected: (commits: number) => expect.toSatisfy((syncs: number) => syncs >= commits) },
    { durability: 'relaxed' as const, expected: () => 0 },
  ])('$durability durability: fsyncs per commit', async ({ durability, expected }) => {
    const database = await openFolderDatabase(folder, { durability });
    await sql`CREATE TABLE numbers (n integer)`.execute(database.db);
    const before = await database.embedded.countSyncs();
    for (let n = 0; n < 20; n++) await sql`INSERT INTO numbers VALUES (${n})`.execute(database.db);
    expect((await database.embedded.countSyncs()) - before).toEqual(expected(20));
    await database.close();
  });

  test('no acknowledged photo is lost when the process is killed while it writes', {
    timeout: SEVERAL_PROCESSES_MILLIS,
  }, async () => {
    let next = 0;
    for (let round = 0; round < 3; round++) {
      const writer = runScript('write-photos-for-ever.ts', folder, String(next));
      do next = Number(await writer.nextLine()) + 1;
      while (next % (7 + round) !== 0);
      await writer.kill();
      await using library = await openPhotoLibrary({ database: folder });
      for (let number = 0; number < next; number++) {
        expect(await library.photos.findBySha256(sha256Of(`photo ${number}`)), `photo ${number}`).toMatchObject({
          facesCount: 1,
        });
      }
      const problems = (await library.diagnose()).filter((diagnosis) => diagnosis.status !== 'ok');
      expect(problems).toEqual([]);
      next = (await library.photos.list()).total!;
    }
  });

  describe('a long statement', () => {
    let database: OpenDatabase;
    let shared: Awaited<ReturnType<typeof temporaryFolder>>;

    beforeAll(async () => {
      shared = await temporaryFolder();
      await cp(join(prepared.folder, 'library'), join(shared.folder, 'library'), { recursive: true });
      database = await openDatabase(join(shared.folder, 'library'), { durability: 'full' });
      await sql`CREATE TABLE kept (n integer)`.execute(database.db);
    });
    afterAll(async () => {
      await database.close();
      await shared[Symbol.asyncDispose]();
    });

    const endless = sql`SELECT count(*) FROM generate_series(1, 1e12::bigint)`;

    test('does not stop the caller', async () => {
      let turns = 0;
      let running = true;
      const turn = () => {
        turns++;
        if (running) setImmediate(turn);
      };
      setImmediate(turn);
      await sql`SELECT count(*) FROM generate_series(1, 1000000)`.execute(database.db);
      running = false;
      expect(turns).toBeGreaterThan(100);
    });

    test('ends when its signal is aborted, and the database goes on with everything that was committed', async () => {
      await sql`INSERT INTO kept VALUES (1)`.execute(database.db);
      const stop = new AbortController();
      const reason = new Error('enough');
      const query = endless.execute(database.db, { signal: stop.signal, inflightQueryAbortStrategy: 'cancel query' });
      setTimeout(() => stop.abort(reason), 50);
      await expect(query).rejects.toBe(reason);
      expect((await sql`SELECT n FROM kept`.execute(database.db)).rows).toEqual([{ n: 1 }]);
    });

    test('takes its transaction with it, and nothing after it runs outside one', async () => {
      const stop = new AbortController();
      const lost = database.db.transaction().execute(async (transaction) => {
        await sql`INSERT INTO kept VALUES (2)`.execute(transaction);
        setTimeout(() => stop.abort(), 50);
        await endless.execute(transaction, { signal: stop.signal, inflightQueryAbortStrategy: 'cancel query' }).catch(() => {});
        await sql`INSERT INTO kept VALUES (3)`.execute(transaction);
      });
      await expect(lost).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
      expect((await sql`SELECT n FROM kept`.execute(database.db)).rows).toEqual([{ n: 1 }]);
    });
  });
});

/** What a program could notice: settings (an extension's come with its first use), relations with their columns and indexes, functions and extensions. */
async function describeDatabase({ db }: OpenDatabase): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT name, setting FROM pg_settings WHERE name NOT LIKE '%.%'
    UNION ALL SELECT 'column ' || attrelid::regclass || '.' || attname, format_type(atttypid, atttypmod) || attnotnull FROM pg_attribute
      WHERE attnum > 0 AND NOT attisdropped
    UNION ALL SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
    UNION ALL SELECT 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
    UNION ALL SELECT 'function ' || oid::regprocedure, provolatile::text FROM pg_proc
    UNION ALL SELECT 'extension ' || extname, extversion FROM pg_extension
    UNION ALL SELECT 'database ' || datname, datcollate || datctype || encoding::text FROM pg_database
    ORDER BY 1, 2`.execute(db);
  return rows;
}
