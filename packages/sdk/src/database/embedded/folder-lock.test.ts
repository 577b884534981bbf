import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { ownIdentity } from './process-identity.ts';

let folder: string;
const lockFile = () => join(folder, 'photoorg.lock');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leaveLock(content: object | string, ageMillis = 0): Promise<void> {
  await writeFile(lockFile(), typeof content === 'string' ? content : JSON.stringify({ nonce: 'old', ...content }));
  const time = new Date(Date.now() - ageMillis);
  await utimes(lockFile(), time, time);
}

/** Linux gives out process numbers up to 4,194,304. */
const UNUSED_PID = 2 ** 22 + 1;

describe('a lock is taken over when its owner is gone', () => {
  test.each([
    { desc: 'its process number is unused', content: () => ({ ...ownIdentity(), pid: UNUSED_PID }) },
    { desc: 'the machine was restarted since', content: () => ({ ...ownIdentity(), bootId: 'an earlier boot' }) },
    { desc: 'another process got its number', content: () => ({ ...ownIdentity(), startedAt: 'at another time' }) },
    {
      desc: 'it lives out of sight and did not renew it for a minute',
      content: () => ({ ...ownIdentity(), world: 'elsewhere' }),
      age: 61_000,
    },
    { desc: 'it was cut off while writing it', content: () => '{"pid":', age: 3_000 },
  ])('because $desc', async ({ content, age }) => {
    await leaveLock(content(), age);
    const lock = await lockFolder(folder);
    expect(JSON.parse(await readFile(lockFile(), 'utf8')).pid).toBe(process.pid);
    lock.release();
  });
});

describe('a lock is respected', () => {
  test.each([
    { desc: 'while its process runs', content: () => ownIdentity() },
    { desc: 'while its process runs, however old it is', content: () => ownIdentity(), age: 10 ** 9 },
    {
      desc: 'while its process, out of sight, renews it',
      content: () => ({ ...ownIdentity(), world: 'elsewhere', pid: 7 }),
      age: 30_000,
    },
  ])('$desc', async ({ content, age }) => {
    await leaveLock(content(), age);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'LIBRARY_LOCKED', ownerPid: content().pid });
  });
});

test('of many that find a stale lock at once, one gets the folder', async () => {
  await leaveLock({ ...ownIdentity(), pid: UNUSED_PID });
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => lockFolder(folder)));
  const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(winners).toHaveLength(1);
  winners[0]!.value.release();
  (await lockFolder(folder)).release();
});

test('releasing twice, or after a take-over, does not free what belongs to another', async () => {
  const lock = await lockFolder(folder);
  await leaveLock({ ...ownIdentity(), nonce: 'of the next owner' });
  lock.release();
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'LIBRARY_LOCKED' });
});
