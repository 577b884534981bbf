import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Tells one process from every other that ever had, or will have, its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system says it; null where it cannot be asked. */
  readonly startedAt: string | null;
  /** Changes with every boot of the machine; null where there is none. */
  readonly bootId: string | null;
  /** Host and process-number namespace: a container's process 1 is not the host's. */
  readonly world: string;
}

let own: ProcessIdentity | undefined;

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  own ??= { pid: process.pid, startedAt: readStartTime(process.pid), bootId: readBootId(), world: readWorld() };
  return own;
}

/**
 * Whether that process still runs; null when there is no telling from here: it lives on another host or in another container, or
 * perhaps does, since machines may share a name. `diskIsLocal`: what it left lies where no other machine can have written.
 */
export function isRunning(identity: ProcessIdentity, { diskIsLocal }: { diskIsLocal: boolean }): boolean | null {
  const here = ownIdentity();
  if (identity.world !== here.world) return null;
  if (isNumberTaken(identity.pid)) {
    const startedAt = readStartTime(identity.pid);
    // Where start times cannot be asked (or not about another user's process), the number may have gone to another one.
    if (identity.startedAt === null || startedAt === null) return null;
    if (identity.startedAt === startedAt) return true;
  }
  const sameBoot = identity.bootId !== null && identity.bootId === here.bootId;
  return sameBoot || diskIsLocal ? false : null;
}

function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readStartTime(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // The command name, in brackets, may hold spaces and brackets; the start time is the 20th field after it (proc(5): field 22).
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
    }
    if (process.platform === 'win32') return null;
    return ask('ps', '-o', 'lstart=', '-p', String(pid));
  } catch {
    return null;
  }
}

function readBootId(): string | null {
  return readOrNull(() =>
    process.platform === 'darwin'
      ? ask('/usr/sbin/sysctl', '-n', 'kern.bootsessionuuid')
      : readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
  );
}

function readWorld(): string {
  const namespace = readOrNull(() => readlinkSync('/proc/self/ns/pid'));
  return namespace ? `${hostname()} ${namespace}` : hostname();
}

function ask(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', env: { LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

function readOrNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
