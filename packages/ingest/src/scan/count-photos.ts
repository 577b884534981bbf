import { walkWithSiblings } from '../files/walk-files.ts';
import { hasPhotoExtension, needsExiftool } from '../formats/sniff-format.ts';
import { findPicture } from '../sidecars/companion-names.ts';

export interface CountPhotosOptions {
  root: string;
  /** Count what only exiftool reads, too, as a scan with it does. Default false. */
  exiftool?: boolean;
  signal?: AbortSignal;
}

/**
 * How many photos `scanPhotos` would look at: a walk without reading, for a progress bar's total.
 *
 * @example
 * ```ts
 * const total = await countPhotos({ root: '/photos' });
 * ```
 */
export async function countPhotos({ exiftool = false, ...options }: CountPhotosOptions): Promise<number> {
  let count = 0;
  for await (const { file, siblings } of walkWithSiblings({ ...options, onError: () => {} })) {
    const name = Buffer.from(file.pathBytes).toString('latin1').split('/').at(-1) ?? '';
    const isPhoto = hasPhotoExtension(name) || (exiftool && needsExiftool(name));
    if (isPhoto && findPicture(name, siblings) === null) count += 1;
  }
  return count;
}
