import { execFile, execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const script = join(dirname(createRequire(import.meta.url).resolve('exiftool-vendored.pl')), 'bin', 'exiftool');

/** Whether exiftool, the reference for metadata, can run: it needs perl. */
export const hasPerl = (() => {
  try {
    execFileSync('perl', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Runs exiftool with one argument list per file, all in one process. */
export async function exiftool(...runs: string[][]): Promise<string> {
  const args = runs.flatMap((run, index) => (index === 0 ? run : ['-execute', ...run]));
  const { stdout } = await promisify(execFile)('perl', [script, ...args, '-common_args', '-charset', 'filename=utf8', '-q'], {
    maxBuffer: 1 << 28,
  });
  return stdout;
}
