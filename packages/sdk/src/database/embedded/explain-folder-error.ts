import { PermissionDeniedError } from '../../errors/database-errors.ts';
import { asDiskFailure, diskError, nameFailure } from './disk-failure.ts';

const NOT_ALLOWED = new Set(['EACCES', 'EPERM', 'EROFS']);

/** A failed system call on the way to open a library's folder, as an error that says what to do; any other error as it is. */
export function explainFolderError(error: unknown, folder: string): unknown {
  const failure = nameFailure(error);
  if (!(failure instanceof Error) || !('syscall' in failure) || !('code' in failure)) return failure;
  if (NOT_ALLOWED.has(String(failure.code))) {
    return new PermissionDeniedError(`The folder ${folder} of the photo library cannot be written: ${failure.message}.`, {
      remedy: 'Give this user the right to write it, or copy it from a read-only medium to one that can be written.',
      cause: failure,
    });
  }
  const disk = asDiskFailure(failure);
  return disk ? diskError(disk, failure) : failure;
}
