import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
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

/** Fills the disk under a folder, but for some bytes, with the file that it names. */
export function fillDisk(folder: string, room: number): string {
  const filler = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  // Really written: a file system in memory gives no space for what is only reserved.
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - room), 1));
  return filler;
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
