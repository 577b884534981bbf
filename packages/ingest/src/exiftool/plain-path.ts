import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PhotoPath } from '../files/photo-path.ts';
import { extensionOf } from '../formats/sniff-format.ts';

/** Gives files names that exiftool takes for nothing else. */
export interface PlainPaths extends AsyncDisposable {
  /** An absolute path of the file for as long as `use` takes. */
  withPlainPath<T>(file: PhotoPath, use: (path: string) => Promise<T>): Promise<T>;
}

/**
 * exiftool is told of files line by line, as text. An absolute path never looks like an option, but a name with a line break would be two lines, and
 * one that is not UTF-8 no text: such a file is read through a symbolic link in a folder of our own.
 */
export function createPlainPaths(): PlainPaths {
  let folder: Promise<string> | undefined;
  return {
    async withPlainPath(file, use) {
      const path = absolute(file);
      const text = path.toString('utf8');
      if (!/\p{Cc}/u.test(text) && Buffer.from(text).equals(path)) return await use(text);
      folder ??= mkdtemp(join(tmpdir(), 'photoorg-exiftool-'));
      const link = join(await folder, `${randomUUID()}.${extensionOf(text).replace(/[^a-z0-9]/g, '')}`);
      await symlink(path, link);
      try {
        return await use(link);
      } finally {
        await rm(link, { force: true });
      }
    },
    async [Symbol.asyncDispose]() {
      if (folder !== undefined) await rm(await folder, { recursive: true, force: true });
    },
  };
}

/** `resolve` for a path in bytes, without touching its parts. */
function absolute(file: PhotoPath): Buffer {
  if (typeof file === 'string') return Buffer.from(resolve(file));
  return file[0] === SLASH || process.platform === 'win32' ? file : Buffer.concat([Buffer.from(`${process.cwd()}/`), file]);
}

const SLASH = 0x2f;
