import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openFolderDatabase } from '../src/database/embedded/open-embedded-database.ts';
import { openPhotoLibrary } from '../src/index.ts';
import { describeEmbedded } from './support/embedded-only.ts';
import { canInject, injectFailure } from './support/inject-failure.ts';
import { canMount, fillDisk, mountMemory, mountReadOnly, unmount } from './support/mounts.ts';
import { temporaryFolder } from './support/photo-folder.ts';
import { runScript, SEVERAL_PROCESSES_MILLIS } from './support/run-script.ts';

describeEmbedded('when the disk fails, the embedded database', () => {
  let prepared: Awaited<ReturnType<typeof temporaryFolder>>;
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  let folder: string;

  /** A database made once; each test gets a copy, which takes a fraction of the time. */
  beforeAll(async () => {
    prepared = await temporaryFolder();
    const database = await openFolderDatabase(join(prepared.folder, 'library'), { durability: 'relaxed' });
    await sql`CREATE TABLE numbers (n integer)`.execute(database.db);
    await sql`CREATE TABLE counter (n integer, payload text STORAGE PLAIN)`.execute(database.db);
    await sql`INSERT INTO counter VALUES (0)`.execute(database.db);
    await database.close();
  });
  afterAll(() => prepared[Symbol.asyncDispose]());

  beforeEach(async () => {
    temporary = await temporaryFolder();
    folder = join(temporary.folder, 'disk');
    await mkdir(folder);
  });
  afterEach(() => temporary[Symbol.asyncDispose]());

  const library = () => join(folder, 'library');
  const usePrepared = () => cp(join(prepared.folder, 'library'), library(), { recursive: true });

  describe.skipIf(!canInject)('under strace (needs strace)', () => {
    test.each([
      { desc: 'one fsync fails', injection: 'fsync:error=EIO:when=5', durability: 'full', code: 'DISK_IO_ERROR' },
      { desc: 'every fsync fails', injection: 'fsync:error=EIO:when=5+', durability: 'full', code: 'DISK_IO_ERROR' },
      {
        desc: 'one write to the log finds no space',
        injection: 'pwrite64:error=ENOSPC:when=5',
        durability: 'full',
        code: 'DISK_FULL',
      },
      { desc: 'the same without fsyncs', injection: 'pwrite64:error=ENOSPC:when=5', durability: 'relaxed', code: 'DISK_FULL' },
      { desc: 'the quota is used up', injection: 'pwrite64:error=EDQUOT:when=5+', durability: 'full', code: 'DISK_FULL' },
      {
        desc: 'the file system is damaged',
        injection: 'pwrite64:error=EUCLEAN:when=5+',
        durability: 'full',
        code: 'DISK_IO_ERROR',
      },
    ])(
      'says so, ends, and loses nothing acknowledged: $desc',
      { timeout: SEVERAL_PROCESSES_MILLIS },
      async ({ injection, durability, code }) => {
        await usePrepared();
        const writer = runScript('commit-for-ever.ts', library(), durability);
        const lines = [await writer.nextLine()];
        const failure = await injectFailure(writer.child.pid!, injection);
        while (lines.at(-1) !== 'closed') lines.push(await writer.nextLine());
        await failure[Symbol.asyncDispose]();
        const said = lines.slice(lines.indexOf(code));
        expect(said[0]).toBe(code);
        expect([code, 'goes on']).toContain(said[1]);

        const database = await openFolderDatabase(library(), { durability: 'full' });
        const { rows } = await sql<{ n: number }>`SELECT n FROM numbers`.execute(database.db);
        await database.close();
        const kept = new Set(rows.map(({ n }) => n));
        const acknowledged = lines.slice(0, lines.indexOf(code)).map(Number);
        expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
      },
    );
  });

  describe.skipIf(!canMount)('on a disk of its own (needs to mount, as root)', () => {
    beforeEach(() => mountMemory(folder));
    afterEach(() => unmount(folder));

    test('without room for a new library says so, and makes it when there is some', {
      timeout: SEVERAL_PROCESSES_MILLIS,
    }, async () => {
      const filler = fillDisk(folder, 8 * 2 ** 20);
      const full = { code: 'DISK_FULL', message: expect.stringContaining('is full') };
      await expect(openPhotoLibrary({ database: library() })).rejects.toMatchObject(full);
      await rm(filler);
      await using made = await openPhotoLibrary({ database: library() });
      expect((await made.photos.list()).total).toBe(0);
    });

    test('that cannot be written says so', async () => {
      await usePrepared();
      mountReadOnly(folder);
      const refused = { code: 'PERMISSION_DENIED', message: expect.stringContaining('read-only') };
      await expect(openPhotoLibrary({ database: library() }).finally(() => unmount(folder))).rejects.toMatchObject(refused);
    });

    test.each([
      {
        desc: 'a table',
        room: 2 ** 20,
        expected: { retryable: true },
        /** So much that the file of the table grows. */
        change: sql`INSERT INTO counter SELECT 0, repeat('x', 7000) FROM generate_series(1, 20)`,
      },
      {
        desc: 'the next file of the log',
        room: 4 * 2 ** 20,
        /** It may be in the log, or not. */
        expected: { retryable: false, message: expect.stringContaining('look whether this change is') },
        /** The table stays as small as it is, and the log grows. */
        change: sql`UPDATE counter SET n = (pg_logical_emit_message(true, 'test', repeat('x', 200000)) IS NULL)::int`,
      },
    ])(
      'without room for $desc says so, and goes on when there is some',
      { timeout: SEVERAL_PROCESSES_MILLIS },
      async ({ room, change, expected }) => {
        await usePrepared();
        const database = await openFolderDatabase(library(), { durability: 'full' });
        const filler = fillDisk(folder, room);
        let acknowledged = 0;
        const changeUntilFull = async () => {
          for (;;) {
            await change.execute(database.db);
            await sql`INSERT INTO numbers VALUES (${acknowledged})`.execute(database.db);
            acknowledged++;
          }
        };
        await expect(changeUntilFull()).rejects.toMatchObject({ code: 'DISK_FULL', ...expected });
        await rm(filler);
        await change.execute(database.db);
        const { rows } = await sql<{ n: number }>`SELECT n FROM numbers ORDER BY n`.execute(database.db);
        expect(rows.slice(0, acknowledged).map(({ n }) => n)).toEqual(Array.from({ length: acknowledged }, (_, n) => n));
        await database.close();
      },
    );

    test('that is full can be closed, and opened again when there is room', { timeout: SEVERAL_PROCESSES_MILLIS }, async () => {
      await usePrepared();
      const database = await openFolderDatabase(library(), { durability: 'full' });
      await sql`INSERT INTO numbers SELECT generate_series(1, 1000)`.execute(database.db);
      const filler = fillDisk(folder, 0);
      await database.close();
      await rm(filler);
      const again = await openFolderDatabase(library(), { durability: 'full' });
      expect((await sql`SELECT count(*)::int AS n FROM numbers`.execute(again.db)).rows).toEqual([{ n: 1_000 }]);
      await again.close();
    });
  });

  test('ends with close(), though a statement runs for ever', async () => {
    await usePrepared();
    const database = await openFolderDatabase(library(), { durability: 'full' });
    const endless = sql`SELECT count(*) FROM generate_series(1, 1e12::bigint)`.execute(database.db);
    const refused = expect(endless).rejects.toMatchObject({ code: 'LIBRARY_CLOSED' });
    await database.close();
    await refused;
  });
});
