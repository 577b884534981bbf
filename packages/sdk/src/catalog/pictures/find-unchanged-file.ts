import { lstat } from 'node:fs/promises';
import { joinPathBytes } from '../../values/join-path-bytes.ts';

/** Where a photo lies, as it was when it was indexed. */
export interface StoredFilePlace {
  rootBytes: Uint8Array;
  pathBytes: Uint8Array;
  size: bigint;
  mtimeNs: bigint;
}

/** Formats that every decoder reads; of others, such as RAW, an analyzer might take the stamp inside for the photo. */
export const PLAIN_FORMAT = /^image\/(jpeg|png|webp|gif|tiff|avif)$/;

/** The path of the first that is as it was: another state of the photo would be embedded at the places where the faces once were. */
export async function findUnchangedFile(files: readonly StoredFilePlace[]): Promise<Uint8Array | 'changed' | 'missing'> {
  let isChanged = false;
  for (const { rootBytes, pathBytes, size, mtimeNs } of files) {
    const path = joinPathBytes(rootBytes, pathBytes);
    const now = await lstat(Buffer.from(path), { bigint: true }).catch(() => null);
    if (now?.size === size && now.mtimeNs === mtimeNs) return path;
    isChanged ||= now !== null;
  }
  return isChanged ? 'changed' : 'missing';
}
