import type { Photo, PhotoLibrary } from '@photoorg/sdk';
import { HttpProblem } from '../problems/http-problem.ts';
import { openPhotoFile } from './open-photo-file.ts';

/** Bytes that are read to be rendered: the largest photos that are indexed. Films may have a hundred times as many. */
const MAX_BYTES = 512 * 1024 * 1024;

/** All bytes of a photo's file. Throws HttpProblem PHOTO_FILE_MISSING, and IMAGE_NOT_RENDERABLE for what would fill the memory. */
export async function readPhotoFile(library: PhotoLibrary, photo: Photo): Promise<Uint8Array> {
  if (photo.filesize > MAX_BYTES) {
    throw new HttpProblem('IMAGE_NOT_RENDERABLE', `It has ${photo.filesize} bytes, too many to be rendered.`);
  }
  const file = await openPhotoFile(library, photo);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
