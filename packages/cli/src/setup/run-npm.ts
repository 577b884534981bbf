import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupFailedError } from './setup-failed-error.ts';

/**
 * Runs npm; what it says goes to stderr.
 *
 * @throws SetupFailedError with what to do instead
 */
export async function runNpm(words: readonly string[], signal: AbortSignal): Promise<void> {
  const command = `npm ${words.join(' ')}`;
  // npm is a script for the shell on Windows.
  const child = spawn('npm', words, {
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
    signal,
  });
  const [code] = (await once(child, 'close').catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new SetupFailedError(
      'npm cannot be started here.',
      `Install Node.js with npm, or run by other means: ${command}`,
      cause,
    );
  })) as [number | null];
  if (code === 0) return;
  throw new SetupFailedError(
    `npm ended with ${code ?? 'a signal'}; what it said stands above.`,
    `Without a connection, or without the right to write there, run it where you have both: ${command}`,
  );
}
