import { walkFiles } from './files/walk-files.ts';
import { hasPhotoExtension } from './formats/sniff-format.ts';

export interface CountPhotosOptions {
  root: string;
  signal?: AbortSignal;
}

/** How many files `scanPhotos` would look at: a walk without reading, for a progress bar's total. */
export async function countPhotos(options: CountPhotosOptions): Promise<number> {
  let count = 0;
  for await (const file of walkFiles({ ...options, onError: () => {} })) if (hasPhotoExtension(file.path)) count += 1;
  return count;
}
