import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { keyOf } from './read-known-files.ts';

/**
 * The key of what `reread` names below the folder of a run, which lies `under` its root; a boolean stays as it is. Throws InvalidInputError for what is not
 * there: nothing would be read again, and nobody would learn of it.
 */
export async function placeToReread(reread: boolean | string, folder: string, under: Uint8Array): Promise<boolean | string> {
  if (typeof reread === 'boolean') return reread;
  if (typeof reread !== 'string') throw InvalidInputError.expected('true, false or a path', 'reread', reread);
  const place = resolve(folder, reread);
  const below = relative(folder, place);
  const isBelow = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  if (!isBelow || !(await stat(place).catch(() => null))) {
    throw InvalidInputError.expected(`a folder or a file in ${folder}`, 'reread', reread);
  }
  return [keyOf(under), keyOf(Buffer.from(below.replaceAll(sep, '/')))].filter((part) => part !== '').join('/');
}
