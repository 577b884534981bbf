import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';
import { isRunning, ownIdentity } from './process-identity.ts';

/** A fiftieth of the real times. */
const timing = { renewMillis: 100, trustMillis: 600 };

let folder: string;
const lockFile = () => join(folder, 'photoorg.lock');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leaveLock(content: object | string, ageMillis = 0): Promise<void> {
  await writeFile(lockFile(), typeof content === 'string' ? content : JSON.stringify({ nonce: 'old', ...content }));
  await dateLock(ageMillis);
}

async function dateLock(ageMillis: number): Promise<void> {
  const time = new Date(Date.now() - ageMillis);
  await utimes(lockFile(), time, time);
}

/** Linux gives out process numbers up to 4,194,304. */
const UNUSED_PID = 2 ** 22 + 1;
const elsewhere = () => ({ ...ownIdentity(), world: 'elsewhere pid:[7]', pid: 7 });

describe('a lock is taken over when its owner is gone', () => {
  test.each([
    { desc: 'its process number is unused', content: () => ({ ...ownIdentity(), pid: UNUSED_PID }) },
    {
      desc: 'the machine was restarted since, and the disk is its own',
      content: () => ({ ...ownIdentity(), pid: UNUSED_PID, bootId: 'an earlier boot' }),
    },
    { desc: 'another process got its number', content: () => ({ ...ownIdentity(), startedAt: 'at another time' }) },
    { desc: 'it lives out of sight and nobody saw it renew it', content: elsewhere },
    { desc: 'it lives out of sight, and its clock is an hour ahead', content: elsewhere, age: -3_600_000 },
    { desc: 'it was cut off while writing it', content: () => '{"pid":' },
  ])('because $desc', async ({ content, age }) => {
    await leaveLock(content(), age);
    const lock = await lockFolder(folder, { timing });
    expect(JSON.parse(await readFile(lockFile(), 'utf8')).pid).toBe(process.pid);
    lock.release();
  });
});

describe('a lock is respected', () => {
  test.each([
    { desc: 'while its process runs', content: () => ownIdentity() },
    { desc: 'while its process runs, however old it is', content: () => ownIdentity(), age: 10 ** 9 },
    {
      desc: 'while its process runs, under another boot id',
      content: () => ({ ...ownIdentity(), bootId: 'that of a container' }),
    },
  ])('$desc', async ({ content, age }) => {
    await leaveLock(content(), age);
    await expect(lockFolder(folder, { timing })).rejects.toMatchObject({ code: 'LIBRARY_LOCKED', ownerPid: content().pid });
  });

  test.each([
    { desc: 'of the same time', age: 0 },
    { desc: 'that is 75 s behind', age: 75_000 },
    { desc: 'that is 75 s ahead', age: -75_000 },
  ])('while its process, out of sight, renews it by a clock $desc', async ({ age }) => {
    await leaveLock(elsewhere(), age);
    const renewal = setInterval(() => dateLock(age), timing.renewMillis);
    await expect(lockFolder(folder, { timing })).rejects.toMatchObject({
      code: 'LIBRARY_LOCKED',
      ownerPid: 7,
      message: expect.stringContaining('process 7 on elsewhere'),
    });
    clearInterval(renewal);
  });
});

describe('a process that is not there', () => {
  const gone = { ...ownIdentity(), pid: UNUSED_PID };
  test.each([
    { desc: 'is dead within one boot, on whatever disk', identity: gone, diskIsLocal: false, expected: false },
    {
      desc: 'of another boot is dead where nobody else can write',
      identity: { ...gone, bootId: 'other' },
      diskIsLocal: true,
      expected: false,
    },
    {
      desc: 'of another boot may live on another machine of that name',
      identity: { ...gone, bootId: 'other' },
      diskIsLocal: false,
      expected: null,
    },
    {
      desc: 'of a system without boot ids may live on another machine of that name',
      identity: { ...gone, bootId: null },
      diskIsLocal: false,
      expected: null,
    },
  ])('$desc', ({ identity, diskIsLocal, expected }) => {
    expect(isRunning(identity, { diskIsLocal })).toBe(expected);
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

test.each([
  { desc: 'another owner stands in it', lose: () => leaveLock({ ...elsewhere(), nonce: 'of the next owner' }) },
  { desc: 'it is gone with its folder', lose: () => rm(folder, { recursive: true }) },
])('the owner learns at its next renewal when $desc', async ({ lose }) => {
  const lock = await lockFolder(folder, { timing });
  await lose();
  const lost = new Promise((resolve) => lock.lost.addEventListener('abort', resolve));
  // The renewal keeps no program alive.
  const alive = setInterval(() => {}, 1_000);
  await lost;
  clearInterval(alive);
  expect(lock.lost.reason).toMatchObject({ code: 'LIBRARY_LOCK_LOST', retryable: false });
});

test('waiting for a lock ends with its signal', async () => {
  await leaveLock(elsewhere());
  const stop = new AbortController();
  const waiting = lockFolder(folder, { signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  await expect(waiting).rejects.toThrow();
  expect(await readFile(lockFile(), 'utf8')).toContain('elsewhere');
});
