import { execFileSync } from 'node:child_process';

/** Whether this user may make namespaces in which the machine looks like another one: root on Linux. */
export const canSeemAnotherMachine = (() => {
  try {
    execFileSync('unshare', ['--uts', '--mount', 'true'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
})();

/** A command that runs the one after it as if on a host of that name; its process number is the child's. */
export function onHost(name: string): string[] {
  return ['unshare', '--uts', 'sh', '-c', `hostname ${name} && exec "$@"`, 'sh'];
}

/** As if after another boot: the id in the file stands where the system has its own. */
export function withBootId(file: string): string[] {
  return ['unshare', '--mount', 'sh', '-c', `mount --bind '${file}' /proc/sys/kernel/random/boot_id && exec "$@"`, 'sh'];
}
