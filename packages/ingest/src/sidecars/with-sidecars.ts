import { Buffer } from 'node:buffer';
import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fingerprintOf } from '../files/fingerprint.ts';
import { joinBytes } from '../files/photo-path.ts';
import type { WalkedFile } from '../files/walk-files.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { findSidecars, hasSidecars, type Sidecars } from './find-sidecars.ts';

/** A photo to scan, and the names of what lies beside it. */
export interface PhotoWithSidecars {
  /** Its times are those of the newest of itself and its sidecars, and its fingerprint is of all of them, so that a changed sidecar is a change, however old. */
  file: FileEntry;
  ownMtimeNs: bigint;
  sidecars: Sidecars;
}

/** Finds the sidecars of a walked photo, and the state of it with them and with what its library says of it. */
export async function withSidecars({ file, siblings }: WalkedFile, asset?: Sidecars['asset']): Promise<PhotoWithSidecars> {
  const path = Buffer.from(file.pathBytes);
  const slash = path.lastIndexOf('/');
  const sidecars = { ...findSidecars(path.toString('latin1', slash + 1), siblings), ...(asset && { asset }) };
  const folder = joinBytes(Buffer.from(file.root), path.subarray(0, Math.max(slash, 0)));
  const found = { file, ownMtimeNs: file.mtimeNs, sidecars };
  if (!hasSidecars(sidecars)) return found;
  const beside = new Map<string, BigIntStats>();
  for (const name of [...sidecars.xmp, sidecars.takeout, sidecars.picasa]) {
    if (name === null || name === undefined) continue;
    // One that went away meanwhile is none.
    const stats = await stat(joinBytes(folder, Buffer.from(name, 'latin1')), { bigint: true }).catch(() => null);
    if (stats) beside.set(name, stats);
  }
  const all = [file, ...beside.values()];
  const newest = (times: bigint[]) => times.sort((a, b) => (a < b ? 1 : -1))[0]!;
  const group = {
    ...file,
    mtimeNs: newest(all.map(({ mtimeNs }) => mtimeNs)),
    ctimeNs: newest(all.map(({ ctimeNs }) => ctimeNs)),
    fingerprint: fingerprintOf({ size: BigInt(file.size), mtimeNs: file.mtimeNs }, beside, asset ? JSON.stringify(asset) : null),
  };
  return { ...found, file: group };
}
