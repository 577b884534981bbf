import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Time for a test that starts process after process, on a machine that is busy with others. */
export const SEVERAL_PROCESSES_MILLIS = 300_000;

export interface RunningScript {
  child: ChildProcess;
  /** The next line of its standard output. */
  nextLine(): Promise<string>;
  /** Ends it as a power cut of the process would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Runs a script of this folder in a process of its own. */
export function runScript(name: string, ...args: string[]): RunningScript {
  return runScriptInside([], name, ...args);
}

/** Runs a script as the command that a wrapper, such as `unshare --uts`, ends in. */
export function runScriptInside(wrapper: readonly string[], name: string, ...args: string[]): RunningScript {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const [program, ...rest] = [...wrapper, process.execPath, '--conditions=@photoorg/source', script, ...args];
  const child = spawn(program!, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  // Not by "for await": leaving such a loop closes the pipe, and the script would end of that instead of the kill.
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    child,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended by itself.`);
      return value;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
