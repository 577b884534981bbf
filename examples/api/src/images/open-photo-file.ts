import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import type { Photo, PhotoFile, PhotoLibrary } from '@photoorg/sdk';
import { HttpProblem } from '../problems/http-problem.ts';

/** Files whose content was compared although their time is another than the indexed one; the oldest are forgotten. */
const COMPARED_FILES_KEPT = 10_000;

/** By what a change of the file changes, whether it holds its photo. */
const compared = new Map<string, boolean>();

/** A pipe under the name of a photo would never open otherwise. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens the first file that still holds this photo; whoever calls closes it. A file may have been edited since it was indexed: one of
 * the indexed size and time is taken for what it was, as the next run would; of any other of that size the content decides. Throws
 * HttpProblem PHOTO_FILE_MISSING.
 */
export async function openPhotoFile(library: PhotoLibrary, photo: Photo): Promise<FileHandle> {
  const files = await library.photos.files(photo.photoId);
  for (const file of files.filter(({ kind, size }) => kind === 'original' && size === photo.filesize)) {
    const opened = await openIfItHolds(file, photo.sha256);
    if (opened) return opened;
  }
  throw new HttpProblem(
    'PHOTO_FILE_MISSING',
    'Its files were moved, changed or are out of reach. Mount their folder or run "photoorg ingest" again.',
  );
}

/** The path is bytes: not every file name is text. */
async function openIfItHolds({ absolutePath, size, mtimeNs }: PhotoFile, sha256: string): Promise<FileHandle | null> {
  const file = await orNullWhenOutOfReach(open(Buffer.from(absolutePath), READ));
  if (!file) return null;
  try {
    const stat = await file.stat({ bigint: true });
    if (stat.isFile() && stat.size === BigInt(size)) {
      const known = [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs, sha256].join(' ');
      if (stat.mtimeNs === mtimeNs || (await compare(known, file, sha256))) return file;
    }
  } catch (error) {
    await file.close();
    if (isOfFileSystem(error)) return null;
    throw error;
  }
  await file.close();
  return null;
}

async function compare(known: string, file: FileHandle, sha256: string): Promise<boolean> {
  const before = compared.get(known);
  if (before !== undefined) return before;
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) hash.update(chunk);
  const isSame = hash.digest('hex') === sha256;
  compared.set(known, isSame);
  if (compared.size > COMPARED_FILES_KEPT) compared.delete(compared.keys().next().value!);
  return isSame;
}

async function orNullWhenOutOfReach<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (isOfFileSystem(error)) return null;
    throw error;
  });
}

const isOfFileSystem = (error: unknown) => error instanceof Error && 'syscall' in error;
