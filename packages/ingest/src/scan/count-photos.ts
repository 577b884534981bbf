import { walkWithSiblings } from '../files/walk-files.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import { findPicture } from '../sidecars/companion-names.ts';
import { findLeftOutKind } from './find-left-out-kind.ts';

export interface CountPhotosOptions {
  root: string;
  /** Count what only exiftool reads, too, as a scan with it does. Default false. */
  exiftool?: boolean;
  signal?: AbortSignal;
}

/**
 * How many photos `scanPhotos` would look at: a walk that reads the first bytes of files without a telling name, for a progress bar's total.
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
    if (findPicture(name, siblings) === null && (await findLeftOutKind(file, { exiftool })) === null) count += 1;
  }
  return count;
}
