import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether strace may make system calls of another process fail: installed, and as root or the owner. */
export const canInject = (() => {
  try {
    execFileSync('strace', ['-qq', '-e', 'trace=none', 'true'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

/** Makes system calls of a running process fail, as in `fsync:error=EIO:when=5`: the fifth of each of its threads. */
export async function injectFailure(pid: number, injection: string): Promise<AsyncDisposable> {
  const call = injection.slice(0, injection.indexOf(':'));
  const strace = spawn(
    'strace',
    ['-f', '-p', String(pid), '-e', `trace=${call}`, '-e', `inject=${injection}`, '-o', '/dev/null'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(strace, 'exit');
  // "strace: Process 7 attached with 11 threads": from here on it counts.
  await once(strace.stderr, 'data');
  strace.stderr.resume();
  return {
    async [Symbol.asyncDispose]() {
      strace.kill('SIGINT');
      await ended;
    },
  };
}
