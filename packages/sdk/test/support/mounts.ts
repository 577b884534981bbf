import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this user may mount file systems: root with CAP_SYS_ADMIN on Linux. */
export const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'photoorg-mount-'));
  try {
    mountMemory(folder);
    unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();

/** Mounts an empty file system in memory over a folder, as a disk that was plugged in. */
export function mountMemory(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'photoorg-test', folder], { stdio: 'pipe' });
}

/** Mounts a folder over itself so that nothing in it can be written, by root neither. */
export function mountReadOnly(folder: string): void {
  execFileSync('mount', ['--bind', folder, folder], { stdio: 'pipe' });
  execFileSync('mount', ['-o', 'remount,bind,ro', folder], { stdio: 'pipe' });
}

/** At once, though a decoder may keep files of it open for a while. */
export function unmount(folder: string): void {
  execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
}
