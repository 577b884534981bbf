import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Address of this package's sources, for programs to import. */
export const INDEX = new URL('../src/index.ts', import.meta.url).href;

/** Runs a module in a process of its own and gives what it prints. */
export async function runProgram(program: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const options = ['--conditions=@photoorg/source', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, options, { env });
  return stdout.trim();
}
