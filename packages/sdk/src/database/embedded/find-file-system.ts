import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

export interface FileSystem {
  /** As the system calls it, such as `ext4`, `nfs4` or `fuse.sshfs`. */
  readonly type: string;
  /** `local`: only the running system can write to it. `network`: other machines can, or a host below this one. `unknown`: no telling. */
  readonly reach: 'local' | 'network' | 'unknown';
}

const LOCAL =
  /^(ext[234]|xfs|btrfs|zfs|bcachefs|f2fs|jfs|reiserfs|vfat|msdos|exfat|ntfs3?|fuseblk|hfs(plus)?|apfs|overlay|aufs|tmpfs|ramfs)$/;
/** Shared by machines, by a machine and its guests (9p, virtiofs), or by a desktop and its containers (fakeowner, grpcfuse). */
const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|afpfs|ncpfs|coda|9p|virtiofs|vboxsf|prl_fs|fakeowner|ceph|glusterfs|lustre|beegfs|gpfs|pvfs2|orangefs|ocfs2|gfs2|davfs|webdav)$|^fuse\.(sshfs|rclone|s3fs|gcsfuse|goofys|glusterfs|ceph|ceph-fuse|juicefs|mfs|davfs2?|smbnetfs|curlftpfs|vmhgfs-fuse|grpcfuse)$/;

/** The file system of a folder, or, while it does not exist, of the nearest folder above it that does. */
export function findFileSystem(folder: string): FileSystem {
  const path = realPathOfNearest(resolve(folder));
  if (process.platform === 'linux') return ofLinux(path, readFileSync('/proc/self/mountinfo', 'utf8'));
  if (process.platform === 'darwin') return ofMac(path, execFileSync('/sbin/mount', { encoding: 'utf8' }));
  if (process.platform === 'win32') return ofWindows(path);
  return { type: 'unknown', reach: 'unknown' };
}

/** By proc_pid_mountinfo(5): "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw". Of mounts over one another the last counts. */
export function ofLinux(path: string, mountinfo: string): FileSystem {
  const mounts = mountinfo.split('\n').flatMap((line) => {
    const [mount, type] = [line.split(' ')[4], line.split(' - ')[1]?.split(' ')[0]];
    return mount && type ? [{ mount: unescapeOctal(mount), type }] : [];
  });
  const { type = 'unknown' } = deepest(path, mounts) ?? {};
  return { type, reach: LOCAL.test(type) ? 'local' : NETWORK.test(type) ? 'network' : 'unknown' };
}

/** By mount(8): "//mia@nas/photos on /Volumes/photos (smbfs, nodev)"; what has `local` among its flags is a disk of this machine. */
export function ofMac(path: string, mountTable: string): FileSystem {
  const mounts = [...mountTable.matchAll(/ on (.+) \(([^()]+)\)$/gm)].map(([, mount, flags]) => {
    const [type = 'unknown', ...rest] = flags!.split(', ');
    return { mount: mount!, type, local: rest.includes('local') };
  });
  const found = deepest(path, mounts);
  if (!found) return { type: 'unknown', reach: 'unknown' };
  return { type: found.type, reach: found.local ? 'local' : NETWORK.test(found.type) ? 'network' : 'unknown' };
}

/** A drive letter of a share resolves to the share's own name, `\\server\share`. */
export function ofWindows(path: string): FileSystem {
  return path.startsWith('\\\\') ? { type: 'UNC path', reach: 'network' } : { type: 'drive', reach: 'local' };
}

function deepest<M extends { mount: string }>(path: string, mounts: readonly M[]): M | undefined {
  let found: M | undefined;
  for (const candidate of mounts) {
    const { mount } = candidate;
    const holds = path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`);
    if (holds && mount.length >= (found?.mount.length ?? 0)) found = candidate;
  }
  return found;
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

function realPathOfNearest(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path.endsWith(sep)) throw error;
    return realPathOfNearest(dirname(path));
  }
}
