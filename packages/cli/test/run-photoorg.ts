import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface PhotoorgRun {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string;
}

/** Where Node keeps what it compiled: the command is started some hundred times. */
const compileCache = join(tmpdir(), 'photoorg-test-compile-cache');

/** Starts the real command as a process of its own, from the sources; no variable of the caller's but PATH and HOME reaches it. */
export function startPhotoorg(words: readonly string[], options: RunOptions = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--conditions=@photoorg/source', main, ...words], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: compileCache, ...options.env },
  });
}

/** Waits until a started command has said `text` on stderr, whatever it says before: notes, failures and progress come in no fixed order. */
export async function untilSaid(child: ChildProcessWithoutNullStreams, text: string): Promise<void> {
  let said = '';
  for await (const [chunk] of on(child.stderr, 'data', { close: ['close'] })) {
    said += chunk;
    if (said.includes(text)) return;
  }
  throw new Error(`the command never said ${JSON.stringify(text)}, only ${JSON.stringify(said)}`);
}

/** What a started command says until it ends. */
export async function finish(child: ChildProcessWithoutNullStreams): Promise<PhotoorgRun> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export async function runPhotoorg(words: readonly string[], options: RunOptions = {}): Promise<PhotoorgRun> {
  const child = startPhotoorg(words, options);
  child.stdin.end(options.stdin ?? '');
  return finish(child);
}

/** The records of a --json run; throws when anything on stdout is not a line of JSON, or the run failed. */
export async function readRecords<Row = Record<string, unknown>>(
  words: readonly string[],
  options: RunOptions = {},
): Promise<Row[]> {
  const run = await runPhotoorg([...words, '--json'], options);
  if (run.code !== 0) throw new Error(`photoorg ${words.join(' ')} ended with ${run.code}: ${run.stderr}`);
  return parseRecords<Row>(run.stdout);
}

/** Every line of NDJSON; throws on a line that is none. */
export function parseRecords<Row = Record<string, unknown>>(stdout: string): Row[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Row);
}
