import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { PhotoPath } from '../files/photo-path.ts';
import type { ScratchFolder } from '../files/scratch-folder.ts';
import { extensionOf } from '../formats/sniff-format.ts';

/**
 * Gives a file a path that exiftool takes for nothing else, for as long as `use` takes.
 *
 * exiftool is told of files line by line, as text. An absolute path never looks like an option, but a name with a line break would be two lines, and
 * one that is not UTF-8 no text: such a file is read through a symbolic link.
 */
export async function withPlainPath<T>(file: PhotoPath, scratch: ScratchFolder, use: (path: string) => Promise<T>): Promise<T> {
  const path = absolute(file);
  const text = path.toString('utf8');
  if (!/\p{Cc}/u.test(text) && Buffer.from(text).equals(path)) return await use(text);
  const name = `${randomUUID()}.${extensionOf(text).replace(/[^a-z0-9]/g, '')}`;
  try {
    return await use(await scratch.link(name, path));
  } finally {
    await scratch.remove(name);
  }
}

/** `resolve` for a path in bytes, without touching its parts. */
function absolute(file: PhotoPath): Buffer {
  if (typeof file === 'string') return Buffer.from(resolve(file));
  return file[0] === SLASH || process.platform === 'win32' ? file : Buffer.concat([Buffer.from(`${process.cwd()}/`), file]);
}

const SLASH = 0x2f;
