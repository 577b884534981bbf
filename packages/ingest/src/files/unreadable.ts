import { IngestError } from '../model/ingest-error.ts';
import { displayPath, type PhotoPath } from './photo-path.ts';

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'give the user that runs photoorg permission to read it',
  EPERM: 'give the user that runs photoorg permission to read it',
  ENOENT: 'it is gone; index the folder again',
  EIO: 'the disk or the network share reports an error; check it',
  EISDIR: 'it is a folder; name a file',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
};

/** Turns a `node:fs` error into `FILE_UNREADABLE`, with the remedy where the cause is known. */
export function unreadable(path: PhotoPath | Uint8Array, cause: unknown): IngestError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const remedy = REMEDIES[code] ?? 'check the disk and the permissions';
  return new IngestError('FILE_UNREADABLE', `Cannot read ${displayPath(path)} (${code}): ${remedy}.`, { cause });
}
