import { Buffer } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { joinBytes } from '../files/photo-path.ts';
import type { WalkedFile } from '../files/walk-files.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { findSidecars, type Sidecars } from './find-sidecars.ts';

/** A photo to scan, and the names of what lies beside it. */
export interface PhotoWithSidecars {
  /** Its `mtimeNs` is that of the newest of itself and its sidecars, so that a changed sidecar is a change. */
  file: FileEntry;
  ownMtimeNs: bigint;
  sidecars: Sidecars;
}

/** Finds the sidecars of a walked photo and dates it by the newest of them. */
export async function withSidecars({ file, siblings }: WalkedFile): Promise<PhotoWithSidecars> {
  const path = Buffer.from(file.pathBytes);
  const slash = path.lastIndexOf('/');
  const sidecars = findSidecars(path.toString('latin1', slash + 1), siblings);
  const folder = joinBytes(Buffer.from(file.root), path.subarray(0, Math.max(slash, 0)));
  let { mtimeNs } = file;
  for (const name of [...sidecars.xmp, sidecars.takeout]) {
    const time = name === null ? 0n : await mtimeOf(joinBytes(folder, Buffer.from(name, 'latin1')));
    if (time > mtimeNs) mtimeNs = time;
  }
  return { file: { ...file, mtimeNs }, ownMtimeNs: file.mtimeNs, sidecars };
}

/** 0 for a sidecar that went away meanwhile. */
async function mtimeOf(path: Buffer): Promise<bigint> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  return stats?.mtimeNs ?? 0n;
}
