import { Buffer } from 'node:buffer';
import { basename } from 'node:path';
import { type WalkedFile, walkWithSiblings } from '../files/walk-files.ts';
import { type WalkListedOptions, walkListed } from '../files/walk-listed.ts';
import { filenameDate } from '../shot-time/filename-date.ts';

/** Files are looked at folder by folder within so many, so that a folder is listed once for all of them. */
const FILES_AT_A_TIME = 500;

interface FoundFile {
  /** Byte for byte in Latin-1, below the root: a tenth of what the file's entry takes. */
  path: string;
  /** Milliseconds of the day in its name, or of its last change: what can be told without reading it. */
  at: number;
}

/** `walkWithSiblings` with the newest files first, which are those that people look for first. Walks everything before it tells of any. */
export async function* walkNewestFirst(
  options: Omit<WalkListedOptions, 'files'> & { under?: Uint8Array | undefined },
): AsyncGenerator<WalkedFile> {
  const found: FoundFile[] = [];
  for await (const { file } of walkWithSiblings(options)) {
    const local = filenameDate(basename(file.path))?.local;
    const at = local === undefined ? file.modifiedAt.getTime() : Date.parse(`${local}Z`);
    found.push({ path: Buffer.from(file.pathBytes).toString('latin1'), at });
  }
  found.sort((a, b) => b.at - a.at || (a.path < b.path ? -1 : 1));
  for (let start = 0; start < found.length; start += FILES_AT_A_TIME) {
    const files = found.slice(start, start + FILES_AT_A_TIME).map(({ path }) => Buffer.from(path, 'latin1'));
    yield* walkListed({ ...options, files });
  }
}
