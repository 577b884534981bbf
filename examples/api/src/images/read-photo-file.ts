import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Photo, PhotoFile, PhotoLibrary } from '@photoorg/sdk';
import { HttpProblem } from '../problems/http-problem.ts';

/** Bytes that one answer may hold in memory: the largest photos that are indexed. Films may have a hundred times as many. */
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * Bytes of the first file that still holds this photo. A file may have been edited since it was indexed, so the
 * content hash decides and not the name. Throws HttpProblem PHOTO_FILE_MISSING, and IMAGE_NOT_RENDERABLE for a film that would fill the memory.
 */
export async function readPhotoFile(library: PhotoLibrary, photo: Photo): Promise<Uint8Array> {
  if (photo.filesize > MAX_BYTES) {
    throw new HttpProblem('IMAGE_NOT_RENDERABLE', `It has ${photo.filesize} bytes, too many to be sent. Open it where it lies.`);
  }
  const files = (await library.photos.files(photo.photoId)).filter(({ size }) => size === photo.filesize);
  for (const file of files) {
    const bytes = await readIfThere(file);
    if (bytes && createHash('sha256').update(bytes).digest('hex') === photo.sha256) return bytes;
  }
  throw new HttpProblem(
    'PHOTO_FILE_MISSING',
    'Its files were moved, changed or are out of reach. Mount their folder or run "photoorg ingest" again.',
  );
}

/** The path is bytes: not every file name is text. */
async function readIfThere({ absolutePath }: PhotoFile): Promise<Uint8Array | null> {
  try {
    return await readFile(Buffer.from(absolutePath));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  }
}
