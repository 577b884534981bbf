import { constants } from 'node:os';
import { DatabaseDiskError } from '../../errors/database-errors.ts';
import type { DiskFailure } from './worker-protocol.ts';

const FULL = 'ENOSPC';
/** ext4 makes itself read-only on errors; a disk that was pulled out says one of the others. */
const FAILING = new Set(['EIO', 'EROFS', 'ENXIO', 'ENODEV', 'ESTALE', 'EREMOTEIO', 'ENOTCONN', 'ETIMEDOUT']);

/**
 * A failed system call under a name that Emscripten knows. Of what Node has no name for, such as a quota that is used up or a file
 * system that found itself damaged, it would make no error at all, and PostgreSQL would take the write for done.
 */
export function nameFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return error;
  if (!/^(?:UNKNOWN|Unknown system error)/.test(String(error.code))) return error;
  return Object.assign(error, { code: error.errno === -constants.errno.EDQUOT ? FULL : 'EIO' });
}

/** What a failed system call says of the disk; null when it says nothing, as for a file that is not there. */
export function asDiskFailure(error: unknown): DiskFailure | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code === FULL || FAILING.has(error.code) ? { code: error.code, message: error.message } : null;
}

/** The failure as an error for the caller. */
export function diskError({ code, message }: DiskFailure, cause?: unknown): DatabaseDiskError {
  return new DatabaseDiskError(code === FULL ? 'full' : 'failing', message, { cause });
}
