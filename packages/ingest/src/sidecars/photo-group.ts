import { Buffer } from 'node:buffer';
import { stat } from 'node:fs/promises';
import { joinBytes } from '../files/photo-path.ts';
import { toFileEntry, type WalkedFile } from '../files/walk-files.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { type CompanionRole, companionRole, findCompanions, findPicture } from './companion-names.ts';
import type { Sidecars } from './find-sidecars.ts';
import { type PhotoWithSidecars, withSidecars } from './with-sidecars.ts';

/** A photo to scan, with the files of its name that belong to it. */
export interface PhotoGroup {
  picture: PhotoWithSidecars;
  companions: { file: FileEntry; role: CompanionRole }[];
  /** Names in the folder, byte for byte in Latin-1. */
  siblings: ReadonlySet<string>;
}

/** The group that a photo or film begins. */
export async function groupOf(walked: WalkedFile, asset?: Sidecars['asset']): Promise<PhotoGroup> {
  const { folder, name } = split(walked.file);
  const companions: PhotoGroup['companions'] = [];
  for (const { name: companion, role } of findCompanions(name, walked.siblings)) {
    const file = await entryOf(walked.file.root, folder, companion);
    if (file !== null) companions.push({ file, role });
  }
  return { picture: await withSidecars(walked, asset), companions, siblings: walked.siblings };
}

/** The picture that a walked file belongs to; null when it stands for itself. */
export async function pictureOf({ file, siblings }: WalkedFile): Promise<FileEntry | null> {
  const { folder, name } = split(file);
  const picture = companionRole(name) === null ? null : findPicture(name, siblings);
  return picture === null ? null : await entryOf(file.root, folder, picture);
}

function split({ pathBytes }: FileEntry): { folder: Buffer; name: string } {
  const path = Buffer.from(pathBytes);
  const slash = path.lastIndexOf('/');
  return { folder: path.subarray(0, Math.max(slash, 0)), name: path.toString('latin1', slash + 1) };
}

/** null for what is no file, or gone. */
async function entryOf(root: string, folder: Buffer, name: string): Promise<FileEntry | null> {
  const path = joinBytes(folder, Buffer.from(name, 'latin1'));
  const stats = await stat(joinBytes(Buffer.from(root), path), { bigint: true }).catch(() => null);
  return stats?.isFile() ? toFileEntry(root, path, stats) : null;
}
