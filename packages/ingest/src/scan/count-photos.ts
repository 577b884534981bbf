import { walkWithSiblings } from '../files/walk-files.ts';
import { hasPhotoExtension, needsExiftool } from '../formats/sniff-format.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import { findPicture } from '../sidecars/companion-names.ts';

export interface CountPhotosOptions {
  root: string;
  /** Count what only exiftool reads, too, as a scan with it does. Default false. */
  exiftool?: boolean;
  signal?: AbortSignal;
}

/**
 * How many photos `scanPhotos` would look at, as far as names tell: a walk without reading, for a progress bar's total.
 *
 * @example
 * ```ts
 * const total = await countPhotos({ root: '/photos' });
 * ```
 */
export async function countPhotos(options: CountPhotosOptions): Promise<number> {
  refuseUnknown('countPhotos', options, { root: true, exiftool: true, signal: true });
  const { exiftool = false, root, signal } = options;
  let count = 0;
  for await (const { file, siblings } of walkWithSiblings({ root, signal, onError: () => {} })) {
    const name = Buffer.from(file.pathBytes).toString('latin1').split('/').at(-1) ?? '';
    const isPhoto = hasPhotoExtension(name) || (exiftool && needsExiftool(name));
    if (isPhoto && findPicture(name, siblings) === null) count += 1;
  }
  return count;
}
