import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { IngestError } from '../model/ingest-error.ts';
import { displayPath, type PhotoPath } from './photo-path.ts';
import { unreadable } from './unreadable.ts';

/**
 * Makes sure that a folder of photos is there, before anything is done for it. Gives what the file system says of it.
 *
 * @throws {IngestError} `ROOT_NOT_FOUND`, `ROOT_NOT_A_DIRECTORY`, `FILE_UNREADABLE`
 * @example
 * ```ts
 * const { dev } = await checkRoot('/photos'); // throws when its disk is not mounted
 * ```
 */
export async function checkRoot(folder: PhotoPath): Promise<BigIntStats> {
  const root = displayPath(folder);
  let stats: BigIntStats;
  try {
    stats = await stat(folder, { bigint: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw unreadable(root, error);
    throw new IngestError('ROOT_NOT_FOUND', `There is no folder ${root}; check the path and that its disk is mounted.`, {
      cause: error,
    });
  }
  if (!stats.isDirectory())
    throw new IngestError('ROOT_NOT_A_DIRECTORY', `${root} is not a folder; name the folder that holds the photos.`);
  return stats;
}
