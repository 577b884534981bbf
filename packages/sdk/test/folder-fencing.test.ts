import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openFolderDatabase } from '../src/database/embedded/open-embedded-database.ts';
import { describeEmbedded } from './support/embedded-only.ts';
import { canSeemAnotherMachine, onHost, withBootId } from './support/other-machine.ts';
import { temporaryFolder } from './support/photo-folder.ts';
import { type RunningScript, runScript, runScriptInside, SEVERAL_PROCESSES_MILLIS } from './support/run-script.ts';

/** A fiftieth of the real times, as commit-for-ever.ts has them. */
const lockTiming = { renewMillis: 100, trustMillis: 600 };
const COMMITS = 10;

describeEmbedded('a library in one folder', () => {
  let prepared: Awaited<ReturnType<typeof temporaryFolder>>;
  let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  let folder: string;
  let owner: RunningScript;

  /** A database made once; each test gets a copy, which takes a fraction of the time. */
  beforeAll(async () => {
    prepared = await temporaryFolder();
    await (await openFolderDatabase(join(prepared.folder, 'library'), { durability: 'relaxed' })).close();
  });
  afterAll(() => prepared[Symbol.asyncDispose]());

  beforeEach(async () => {
    temporary = await temporaryFolder();
    folder = join(temporary.folder, 'library');
    await cp(join(prepared.folder, 'library'), folder, { recursive: true });
  });
  afterEach(async () => {
    await owner.kill();
    await temporary[Symbol.asyncDispose]();
  });

  const open = (durability: 'full' | 'relaxed' = 'full') => openFolderDatabase(folder, { durability, lockTiming });

  /** What the owner says before `last`; numbers that it committed among them. */
  async function linesUntil(last: string): Promise<string[]> {
    const lines: string[] = [];
    for (let line = await owner.nextLine(); line !== last; line = await owner.nextLine()) lines.push(line);
    return lines;
  }

  async function commitSome(): Promise<number[]> {
    const numbers: number[] = [];
    while (numbers.length < COMMITS) numbers.push(Number(await owner.nextLine()));
    return numbers;
  }

  describe.skipIf(!canSeemAnotherMachine)('and another machine (needs unshare, as root)', () => {
    test('is refused to a second one of the same name', { timeout: SEVERAL_PROCESSES_MILLIS }, async () => {
      const bootId = join(temporary.folder, 'boot_id');
      await writeFile(bootId, '11111111-2222-3333-4444-555555555555\n');
      owner = runScriptInside(withBootId(bootId), 'commit-for-ever.ts', folder);
      await commitSome();
      await expect(open()).rejects.toMatchObject({ code: 'LIBRARY_LOCKED', ownerPid: owner.child.pid });
    });

    test('is refused while its owner, on another host, goes on', { timeout: SEVERAL_PROCESSES_MILLIS }, async () => {
      owner = runScriptInside(onHost('elsewhere'), 'commit-for-ever.ts', folder);
      await commitSome();
      await expect(open()).rejects.toMatchObject({ code: 'LIBRARY_LOCKED', message: expect.stringContaining('on elsewhere') });
    });

    test.each([{ durability: 'full' as const }, { durability: 'relaxed' as const }])(
      'goes to it when the owner sleeps, who finds out before the next commit: nothing acknowledged is lost ($durability)',
      { timeout: SEVERAL_PROCESSES_MILLIS },
      async ({ durability }) => {
        const acknowledged: number[] = [];
        for (let round = 0; round < 3; round++) {
          owner = runScriptInside(onHost('elsewhere'), 'commit-for-ever.ts', folder, durability);
          acknowledged.push(...(await commitSome()));
          owner.child.kill('SIGSTOP');
          const next = await open(durability);
          for (let i = 0; i < COMMITS; i++) {
            const number = 1_000_000 * (round + 1) + i;
            await sql`INSERT INTO numbers VALUES (${number})`.execute(next.db);
            acknowledged.push(number);
          }
          owner.child.kill('SIGCONT');
          // What it had committed before it slept, and not yet said.
          acknowledged.push(...(await linesUntil('LIBRARY_LOCK_LOST')).map(Number));
          expect(await linesUntil('closed')).toEqual(['LIBRARY_LOCK_LOST']);
          await next.close();
        }
        const last = await open(durability);
        const { rows } = await sql<{ n: number }>`SELECT n FROM numbers`.execute(last.db);
        await last.close();
        const kept = new Set(rows.map(({ n }) => n));
        expect(acknowledged.filter((number) => !kept.has(number))).toEqual([]);
      },
    );
  });

  test('acknowledges nothing once the folder is removed under it', { timeout: SEVERAL_PROCESSES_MILLIS }, async () => {
    owner = runScript('commit-for-ever.ts', folder);
    await commitSome();
    await rm(folder, { recursive: true });
    await linesUntil('LIBRARY_LOCK_LOST');
    expect(await linesUntil('closed')).toEqual(['LIBRARY_LOCK_LOST']);
  });
});
