import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { displayPath } from '../files/photo-path.ts';
import { IngestError } from '../model/ingest-error.ts';

/** A sidecar as it was read; what is written in its place must find it so again. */
export interface SidecarVersion {
  path: Buffer;
  /** null: there was none. */
  bytes: Buffer | null;
  mtimeNs: bigint;
  /** Permission bits for the new file. */
  mode: number;
}

/** Permissions of a new sidecar, before the umask: those of any document. */
const NEW_FILE_MODE = 0o666;

/** The permission bits of a file's mode. */
const PERMISSIONS = 0o777;

export async function readSidecar(path: Buffer): Promise<SidecarVersion> {
  const stats = await stat(path, { bigint: true }).catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw notWritable(path, error);
  });
  if (stats === null) return { path, bytes: null, mtimeNs: 0n, mode: NEW_FILE_MODE };
  const bytes = await readFile(path).catch((error: unknown) => {
    throw notWritable(path, error);
  });
  return { path, bytes, mtimeNs: stats.mtimeNs, mode: Number(stats.mode) & PERMISSIONS };
}

/**
 * Puts a new sidecar in the place of the one that was read: whole or not at all, also after a power cut. It is the only place in this package
 * that writes beside photos, and it writes nothing but sidecars.
 *
 * @returns the new file's time
 * @throws {IngestError} `SIDECAR_CHANGED`, `SIDECAR_NOT_WRITABLE`
 */
export async function writeSidecar(version: SidecarVersion, content: string | Uint8Array): Promise<bigint> {
  const { path, mode } = version;
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? Buffer.from('.') : path.subarray(0, Math.max(slash, 1));
  const temporary = Buffer.concat([path, Buffer.from(`.${randomUUID()}.tmp`)]);
  try {
    await using file = await open(temporary, 'wx', mode);
    await file.writeFile(content);
    await file.sync();
    await refuseWhenChanged(version);
    await rename(temporary, path);
    await syncFolder(folder);
    return (await stat(path, { bigint: true })).mtimeNs;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw IngestError.isInstance(error) ? error : notWritable(path, error);
  }
}

async function refuseWhenChanged({ path, bytes, mtimeNs }: SidecarVersion): Promise<void> {
  const now = await stat(path, { bigint: true }).catch(() => null);
  if (now === null ? bytes === null : now.mtimeNs === mtimeNs && Number(now.size) === bytes?.length) return;
  throw new IngestError('SIDECAR_CHANGED', `${displayPath(path)} was written by another program just now; nothing was changed.`, {
    remedy: 'Index the folder and export again.',
  });
}

/** Makes the new name durable; some file systems cannot, and need not. */
async function syncFolder(folder: Buffer): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    if (!isCode(error, 'EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP')) throw error;
  } finally {
    await handle?.close();
  }
}

function notWritable(path: Buffer, cause: unknown): IngestError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new IngestError('SIDECAR_NOT_WRITABLE', `Cannot write ${displayPath(path)} (${code}).`, {
    remedy: 'Allow writing to its folder, or leave this photo out; the photo itself is never written.',
    cause,
  });
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
