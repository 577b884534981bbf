import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** Address space of one process. A usual film or RAW file takes 60 MB; beyond this lies only what a hostile file makes it ask for. */
const MAX_MEMORY_KILOBYTES = 1024 * 1024;

/**
 * Processor time of one process before the system ends it, and thus the longest that one can outlive a scan that was killed while a file had it
 * going in circles. In five minutes it is replaced anyway, and a usual file takes 0.05 s.
 */
const MAX_CPU_SECONDS = 300;

/** An empty configuration, so that one of the user's own cannot change what tags mean. It counts only as the first argument. */
const ARGUMENTS = ['-config', '', '-stay_open', 'True', '-@', '-'];

/** Not every system knows both limits (macOS has none for memory), and one without them is no reason to do without exiftool. */
const WITH_LIMITS = `ulimit -v ${MAX_MEMORY_KILOBYTES} 2>/dev/null; ulimit -t ${MAX_CPU_SECONDS} 2>/dev/null; exec perl "$0" "$@"`;

/**
 * Starts exiftool waiting for commands on its standard input, within limits. It ends by itself when that is closed, so also when this process is
 * killed.
 *
 * @param path exiftool's script; on Windows its program
 */
export function spawnExiftool(path: string): ChildProcess {
  const options = { stdio: 'pipe', windowsHide: true } as const;
  if (process.platform === 'win32') return spawn(path, ARGUMENTS, options);
  // PERL5LIB and the like stay outside, as does the user's language, in which messages could not be told apart.
  const env = { PATH: process.env.PATH, LANG: 'C' };
  return spawn('/bin/sh', ['-c', WITH_LIMITS, path, ...ARGUMENTS], { ...options, env });
}

/** Rejects where perl is not there or does not run. */
export async function runPerl(): Promise<void> {
  await promisify(execFile)('perl', ['-e', '1']);
}
