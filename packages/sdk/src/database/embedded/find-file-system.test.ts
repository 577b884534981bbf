import { describe, expect, test } from 'vitest';
import { findFileSystem, ofLinux, ofMac, ofWindows } from './find-file-system.ts';

/** As a NAS, a virtual machine and a desktop's containers show themselves. */
const mountinfo = `22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw
36 22 0:31 / /home rw,nosuid shared:12 master:3 - btrfs /dev/sda2 rw,subvol=/home
40 22 0:50 / /mnt/nas rw,relatime shared:20 - nfs4 nas:/volume1/photos rw,vers=4.2
41 22 0:51 / /mnt/family\\040photos rw - cifs //nas/photos rw,vers=3.1.1
42 22 0:52 / /home/mia/remote rw,nosuid - fuse.sshfs mia@host:/ rw
43 22 0:53 / /mnt/usb rw - fuseblk /dev/sdb1 rw
44 22 0:54 / /mnt/c rw - 9p C: rw
45 22 0:55 / /mnt/pool rw - fuse.mergerfs 1:2 rw
46 22 0:56 / /mnt/over rw - nfs4 nas:/old rw
47 22 8:1 / /mnt/over rw - xfs /dev/sda1 rw
`;

describe('the file system of a folder', () => {
  test.each([
    { path: '/srv/library', type: 'ext4', reach: 'local' },
    { path: '/home/mia/library', type: 'btrfs', reach: 'local' },
    { path: '/mnt/nas', type: 'nfs4', reach: 'network' },
    { path: '/mnt/nas/library', type: 'nfs4', reach: 'network' },
    { path: '/mnt/nas-of-mine', type: 'ext4', reach: 'local' },
    { path: '/mnt/family photos/x', type: 'cifs', reach: 'network' },
    { path: '/home/mia/remote/x', type: 'fuse.sshfs', reach: 'network' },
    { path: '/mnt/usb/x', type: 'fuseblk', reach: 'local' },
    { path: '/mnt/c/Users', type: '9p', reach: 'network' },
    { path: '/mnt/pool/x', type: 'fuse.mergerfs', reach: 'unknown' },
    { path: '/mnt/over/x', type: 'xfs', reach: 'local' },
  ])('on Linux: $path is $type, $reach', ({ path, type, reach }) => {
    expect(ofLinux(path, mountinfo)).toEqual({ type, reach });
  });

  const mountTable = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//mia@nas._smb._tcp.local/photos on /Volumes/photos (1) (smbfs, nodev, nosuid, mounted by mia)
/dev/disk4s1 on /Volumes/CARD (msdos, local, nodev, nosuid, noowners)
`;

  test.each([
    { path: '/Users/mia/.photoorg', type: 'apfs', reach: 'local' },
    { path: '/Volumes/photos (1)/library', type: 'smbfs', reach: 'network' },
    { path: '/Volumes/CARD/library', type: 'msdos', reach: 'local' },
  ])('on macOS: $path is $type, $reach', ({ path, type, reach }) => {
    expect(ofMac(path, mountTable)).toEqual({ type, reach });
  });

  test.each([
    { path: '\\\\nas\\photos\\library', reach: 'network' },
    { path: 'C:\\Users\\mia', reach: 'local' },
  ])('on Windows: $path is $reach', ({ path, reach }) => {
    expect(ofWindows(path)).toMatchObject({ reach });
  });

  test('that does not exist yet is that of the nearest one that does', () => {
    expect(findFileSystem('/proc/self/nothing/here').type).toBe(process.platform === 'linux' ? 'proc' : findFileSystem('/').type);
  });
});
