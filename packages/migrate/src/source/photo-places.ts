import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PhotoFileToSave } from '@photoorg/sdk';

/** What can be seen of a photo's file today. */
export interface PhotoPlace {
  absolutePath: string;
  /** Null when there is no file of that path now. */
  file: { size: number; mtimeNs: bigint; inode: bigint; modifiedAt: Date } | null;
}

/** Finds the files that the paths of an old library speak of. */
export class PhotoPlaces {
  readonly #base: string;
  readonly #root: string;

  /** `base`: where relative paths start. `root`: the folder under which the photos are filed in the new library. */
  constructor(base: string, root: string) {
    this.#base = resolve(base);
    this.#root = resolve(root);
  }

  /** With the photos' common folder as root, so that a later ingest of that folder finds the same places. */
  static ofPaths(base: string, paths: Iterable<string>): PhotoPlaces {
    let common: string | null = null;
    for (const path of paths) common = commonFolder(common, dirname(resolve(base, path)));
    return new PhotoPlaces(base, common ?? base);
  }

  async look(path: string): Promise<PhotoPlace> {
    const absolutePath = resolve(this.#base, path);
    const found = await stat(absolutePath, { bigint: true }).catch(() => null);
    if (!found?.isFile()) return { absolutePath, file: null };
    return {
      absolutePath,
      file: { size: Number(found.size), mtimeNs: found.mtimeNs, inode: found.ino, modifiedAt: found.mtime },
    };
  }

  /** The file row for a place. A file that is not there now is filed too, with no inode and the epoch as its time: the path stays known. */
  toFileRow(place: PhotoPlace, filesize: number): PhotoFileToSave {
    const inside = relative(this.#root, place.absolutePath);
    const isBelowRoot = !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
    const root = isBelowRoot ? this.#root : dirname(place.absolutePath);
    const path = relative(root, place.absolutePath);
    return {
      root,
      path,
      pathBytes: Buffer.from(path),
      size: place.file?.size ?? filesize,
      mtimeNs: place.file?.mtimeNs ?? 0n,
      inode: place.file?.inode ?? 0n,
    };
  }
}

/** SHA-256 of a file's content. */
export async function hashContent(file: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest();
}

function commonFolder(one: string | null, other: string): string {
  if (one === null) return other;
  const [left, right] = [one.split(sep), other.split(sep)];
  const end = left.findIndex((part, index) => part !== right[index]);
  return (end === -1 ? left : left.slice(0, end)).join(sep) || sep;
}
