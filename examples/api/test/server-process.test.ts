import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from './support/send.ts';
import { startTestServer } from './support/test-server.ts';

const entry = fileURLToPath(new URL('../src/server.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photoorg-server-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface ServerProcess {
  child: ChildProcess;
  /** Everything written so far on both streams. */
  output(): string;
  exitCode: Promise<number | null>;
}

function startProcess(environment: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, ['--conditions=@photoorg/source', entry], {
    env: { PATH: process.env.PATH, HOME: folder, PHOTOORG_DATABASE: join(folder, 'library'), PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return { child, output: () => output, exitCode: once(child, 'close').then(([code]) => code) };
}

/** The address that a started process prints. */
async function addressOf({ child, output, exitCode }: ServerProcess): Promise<string> {
  for (;;) {
    const url = /http:\/\/[\d.]+:\d+/.exec(output())?.[0];
    if (url) return url;
    const ended = await Promise.race([once(child.stderr!, 'data').then(() => false), exitCode.then(() => true)]);
    if (ended) throw new Error(`The server ended: ${output()}`);
  }
}

/** Two processes start one after the other and each opens the database on the disk; other tests run beside. */
const TWO_STARTS_MILLIS = 240_000;

it(
  'serves the library of the environment until SIGTERM, and a second start finds what the first one stored',
  async () => {
    const first = startProcess({ LOG_LEVEL: 'info' });
    const url = await addressOf(first);
    const created = await send(url, { method: 'POST', path: '/api/people', body: { displayName: 'Ada Lovelace' } });
    expect(created.status).toBe(201);
    first.child.kill('SIGTERM');
    expect(await first.exitCode).toBe(0);
    expect(first.output()).toContain('"path":"/api/people"');
    expect(first.output()).not.toContain('Lovelace');

    const second = startProcess({});
    const { items } = (await send(await addressOf(second), { path: '/api/people' })).json<{ items: unknown[] }>();
    const { batchId: _, events: __, ...person } = created.json();
    expect(items).toEqual([person]);
    second.child.kill('SIGINT');
    expect(await second.exitCode).toBe(0);
  },
  TWO_STARTS_MILLIS,
);

it.each([
  { desc: 'a port that is no number', environment: { PORT: 'http' }, code: 78, says: /PORT/ },
  { desc: 'a host for others without a token', environment: { HOST: '0.0.0.0' }, code: 78, says: /PHOTOORG_API_TOKEN/ },
  {
    desc: 'a threshold that is no number',
    environment: { CONFIDENCE_CONFIRM_THRESHOLD: 'high' },
    code: 78,
    says: /CONFIDENCE_CONFIRM_THRESHOLD/,
  },
] as { desc: string; environment: Record<string, string>; code: number; says: RegExp }[])(
  'ends with $code and says why at $desc',
  async ({ environment, code, says }) => {
    const ended = startProcess(environment);
    expect(await ended.exitCode).toBe(code);
    expect(ended.output()).toMatch(says);
    expect(ended.output()).not.toMatch(/\n\s+at /);
  },
);

it('ends with 69 when the port is taken, and lets go of the library', async () => {
  await using other = await startTestServer();
  const ended = startProcess({ PORT: new URL(other.url).port });
  expect(await ended.exitCode).toBe(69);
  expect(ended.output()).toMatch(/Port \d+ on 127\.0\.0\.1 is in use/);
  expect(existsSync(join(folder, 'library', 'photoorg.lock'))).toBe(false);
});
