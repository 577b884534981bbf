import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openExiftool } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { childProcessesOf, hasProc, isRunning } from './support/child-processes.ts';
import { hasPerl } from './support/exiftool.ts';
import { makeFilm } from './support/film-file.ts';
import { FILM_TIME } from './support/film-with-words.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';

const HIDE = supportFile('hide-exiftool.ts');
const READ = supportFile('read-with-exiftool.ts');

function supportFile(name: string): string {
  return fileURLToPath(new URL(`./support/${name}`, import.meta.url));
}

const FROM_SOURCES = '--conditions=@photoorg/source';

async function filmIn(folder: TemporaryFolder): Promise<string> {
  const film = folder.file('x.mov');
  await writeFile(film, makeFilm({ width: 64, height: 48, createdAt: FILM_TIME }));
  return film;
}

describe('openExiftool', () => {
  it('says what to install where the package is not', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [FROM_SOURCES, '--import', HIDE, READ, 'x.mov']);
    expect(JSON.parse(stdout)).toEqual({
      code: 'EXIFTOOL_MISSING',
      message: expect.stringContaining('npm install exiftool-vendored'),
    });
  });

  it.skipIf(process.platform === 'win32')('says what to install where perl is not', async () => {
    await using folder = await temporaryFolder();
    await mkdir(folder.file('bin'));
    await symlink(process.execPath, folder.file('bin/node'));
    const { stdout } = await promisify(execFile)(process.execPath, [FROM_SOURCES, READ, 'x.mov'], {
      env: { PATH: folder.file('bin') },
    });
    expect(JSON.parse(stdout)).toEqual({ code: 'EXIFTOOL_MISSING', message: expect.stringContaining('install perl') });
  });
});

describe.skipIf(!hasPerl || !hasProc)("exiftool's processes (needs perl and /proc)", () => {
  it('are few, and gone when it is closed', async () => {
    await using folder = await temporaryFolder();
    const film = await filmIn(folder);
    const before = await childProcessesOf(process.pid);
    const processes = async () => (await childProcessesOf(process.pid)).filter((id) => !before.includes(id));
    {
      await using exiftool = await openExiftool();
      await Promise.all(Array.from({ length: 12 }, () => exiftool.read(film)));
      expect((await processes()).length).toBeGreaterThan(0);
      expect((await processes()).length).toBeLessThanOrEqual(2);
    }
    expect(await untilNone(await processes())).toEqual([]);
  });

  it('may take neither all memory nor a processor for ever', async () => {
    const before = await childProcessesOf(process.pid);
    await using _exiftool = await openExiftool();
    const processes = (await childProcessesOf(process.pid)).filter((id) => !before.includes(id));
    for (const id of processes) {
      const limits = await readFile(`/proc/${id}/limits`, 'utf8');
      expect(limits).toMatch(/^Max cpu time +\d+ /m);
      expect(limits).toMatch(/^Max address space +\d+ /m);
    }
  });

  it('are replaced when they hang', async () => {
    await using folder = await temporaryFolder();
    const film = await filmIn(folder);
    const before = await childProcessesOf(process.pid);
    await using exiftool = await openExiftool({ timeoutMillis: 1_500 });
    await exiftool.read(film);
    const hanging = (await childProcessesOf(process.pid)).filter((id) => !before.includes(id));
    for (const id of hanging) process.kill(id, 'SIGSTOP');
    expect(await exiftool.read(film)).toMatchObject({ 'Track1:ImageWidth': 64 });
    expect(await untilNone(hanging)).toEqual([]);
  });

  it('give up a file that keeps them from answering, twice, and read the next', async () => {
    await using folder = await temporaryFolder();
    const film = await filmIn(folder);
    // Opening a pipe that nobody writes to waits for ever.
    await promisify(execFile)('mkfifo', [folder.file('pipe.mov')]);
    await using exiftool = await openExiftool({ timeoutMillis: 3_000 });
    const [pipe, next] = await Promise.allSettled([exiftool.read(folder.file('pipe.mov')), exiftool.read(film)]);
    expect(pipe).toMatchObject({ status: 'rejected', reason: { code: 'METADATA_TIMEOUT', retryable: true } });
    expect(next.status).toBe('fulfilled');
  });

  it.each([
    { desc: 'is killed', signal: 'SIGKILL', mode: '--wait' },
    { desc: 'is asked to end', signal: 'SIGTERM', mode: '--wait' },
    { desc: 'is interrupted', signal: 'SIGINT', mode: '--wait' },
    { desc: 'ends by itself without closing it', signal: null, mode: undefined },
  ] as const)('end when their parent $desc', async ({ signal, mode }) => {
    await using folder = await temporaryFolder();
    const parent = spawn(process.execPath, [FROM_SOURCES, READ, await filmIn(folder), ...(mode ? [mode] : [])]);
    const { processIds } = JSON.parse(await firstOutput(parent)) as { processIds: number[] };
    expect(processIds.length).toBeGreaterThan(0);
    if (signal !== null) parent.kill(signal);
    if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit');
    expect(await untilNone(processIds)).toEqual([]);
  });
});

async function firstOutput({ stdout }: ChildProcess): Promise<string> {
  const [chunk] = (await once(stdout!, 'data')) as [Buffer];
  return chunk.toString();
}

/** Those of the processes that still run after a while. */
async function untilNone(ids: readonly number[]): Promise<number[]> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const running = await Promise.all(ids.map(isRunning));
    if (!running.includes(true)) return [];
    await sleep(100);
  }
  return [...ids];
}
