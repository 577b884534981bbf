import { constants } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A folder of our own among the temporary files, for programs that take files only; gone after the block. */
export interface ScratchFolder extends AsyncDisposable {
  /** Puts a file there, and tells its path. */
  write(name: string, content: string | Uint8Array): Promise<string>;
  /** Gives a file anywhere another name, by a symbolic link there, and tells its path. */
  link(name: string, file: Buffer): Promise<string>;
  /** Copies a file there, by reference where the file system can, in place of an earlier copy, and tells its path. */
  copy(name: string, file: string): Promise<string>;
  read(name: string): Promise<Buffer>;
  remove(name: string): Promise<void>;
}

/** Makes the folder. Only its owner can look into it. */
export async function openScratchFolder(): Promise<ScratchFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-'));
  // A name alone: nothing outside is ever written.
  const inside = (name: string) => join(folder, basename(name));
  return {
    async write(name, content) {
      await writeFile(inside(name), content, { flag: 'wx' });
      return inside(name);
    },
    async link(name, file) {
      await symlink(file, inside(name));
      return inside(name);
    },
    async copy(name, file) {
      await copyFile(file, inside(name), constants.COPYFILE_FICLONE);
      return inside(name);
    },
    read: (name) => readFile(inside(name)),
    remove: (name) => rm(inside(name), { force: true }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
